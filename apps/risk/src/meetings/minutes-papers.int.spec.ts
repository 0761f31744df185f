import { newId } from '@concordat/contracts';
import { eventually, startApp, type TestApp } from '@concordat/testing';
import { org, staff } from '../assessments/told.testing';
import { forumSetUp } from '../forums/northbank.testing';
import { RiskModule } from '../risk.module';
import { Conferring } from './conferring.testing';
import { DecisionsStandIn } from './decisions.testing';
import { MinutesPapersRunner } from './minutes-papers.runner';

const [COUNCIL, HOUSING] = [org('northbank-council'), org('harbour-housing')];

/** Each with the acts that it leaves: `lastAct` is the last of an action among `app.acts`. */
describe('minutes as a PDF', () => {
  let app: TestApp;
  let at: Conferring;
  let meeting: string;
  let itemId: string;
  let here: Awaited<ReturnType<Conferring['place']>>;
  const others = new DecisionsStandIn();

  beforeAll(async () => {
    const sharing = await others.start();
    app = await startApp([RiskModule], { CONCORDAT_URLS: `${sharing},${sharing.replace('sharing', 'records')}` });
    at = new Conferring(app);
    here = await at.place();
    others.permits.add(COUNCIL);
    const forumId = await forumSetUp(app);
    meeting = (await at.post('idris', `/forums/${forumId}/meetings`, { heldOn: at.today })).body.id as string;
    await at.refer('hana', forumId, here);
    itemId = (await at.meeting('idris', meeting)).items[0].id;
    for (const step of ['close-referrals', 'issue-agenda']) await at.stepped('idris', meeting, step);
    const told = { answer: 'known', words: 'He has no keys any more', informs: ['RISK'] };
    expect((await at.put('wren', `/agenda-items/${itemId}/research`, told, 0)).status).toBe(200);
    await at.stepped('gwen', meeting, 'open-session', { statementRead: true });
    for (const who of ['gwen', 'idris', 'wren']) await at.sign(who, meeting);
    await at.post('gwen', `/agenda-items/${itemId}/openings`, {}, 1);
    expect((await at.hear('gwen', itemId, { decision: 'plan-agreed' }, 2)).status).toBe(200);
    await at.stepped('idris', meeting, 'end-session');
  });
  afterAll(async () => {
    await app.stop();
    await others.stop();
  });

  const sweep = () => app.running.app.get(MinutesPapersRunner, { strict: false }).sweep();
  const request = async (who: string) => {
    const { status, body } = await at.post(who, `/meetings/${meeting}/minutes-papers`);
    expect([status, body.code]).toEqual([202, undefined]);
    return body.id as string;
  };
  const paper = async (who: string, id: string) => (await at.get(who, `/minutes-papers/${id}`)).body;
  const done = (who: string, id: string) => eventually(async () => (await paper(who, id)).state === 'done');
  const file = async (who: string, id: string) => {
    const headers = { authorization: `Bearer ${await app.tokenFor(who)}` };
    return fetch(`${app.url}/api/risk/minutes-papers/${id}/file`, { headers });
  };

  it('is made as a job for whoever asked, part by part, waits for who knows the names, and is decided again when it is fetched', async () => {
    // Minutes in draft are of whoever leads.
    expect((await at.post('wren', `/meetings/${meeting}/minutes-papers`)).status).toBe(404);
    others.down = true;
    const id = await request('idris');
    expect(await at.lastAct('minutes-paper.request')).toMatchObject({ outcome: 'done' });
    expect(await paper('idris', id)).toMatchObject({ meetingId: meeting, state: 'running', parts: 2 });
    await eventually(async () => (await at.lastAct('meeting.read-minutes'))?.objects.some((o) => o.id === id));
    expect((await paper('idris', id)).state).toBe('running');
    others.down = false;
    await app.sql(`UPDATE risk.minutes_paper SET requested_at = now() - interval '1 minute' WHERE id = $1`, [id]);
    await sweep();
    await done('idris', id);
    expect(await paper('idris', id)).toMatchObject({ written: 2, parts: 2 });
    // It says who people are, and so it is sealed.
    const [{ bytes }] = (await app.sql('SELECT bytes FROM risk.minutes_paper_file WHERE paper_id = $1', [id])) as [
      { bytes: Buffer },
    ];
    expect(bytes.includes('%PDF')).toBe(false);
    const fetched = await file('idris', id);
    expect(fetched.headers.get('content-disposition')).toBe(`attachment; filename="minutes-${at.today}.pdf"`);
    expect(
      Buffer.from(await fetched.arrayBuffer())
        .subarray(0, 8)
        .toString(),
    ).toBe('%PDF-1.7');
    expect(await at.lastAct('minutes-paper.download')).toMatchObject({
      subjects: expect.arrayContaining([here.subject, here.other]),
    });
    expect([(await file('gwen', id)).status, (await at.get('gwen', `/minutes-papers/${id}`)).status]).toEqual([
      404, 404,
    ]);
    const { items } = (await at.get('idris', `/meetings/${meeting}/minutes-papers`)).body;
    expect(items.map((each: { id: string }) => each.id)).toEqual([id]);
    expect((await at.lastAct('minutes-paper.view')).objects).toContainEqual({ t: 'minutes-paper', id });
    // How far it came is told to administrators: not of which meeting it is, and to nobody else.
    const overseen = (await at.get('lena', '/work')).body.items as { id: string }[];
    expect(overseen).toMatchObject([{ id, kind: 'minutes', state: 'done', done: 2, total: 2 }]);
    expect(JSON.stringify(overseen)).not.toContain(meeting);
    expect((await at.get('idris', '/work')).status).toBe(403);
    expect((await at.lastAct('work.oversee')).outcome).toBe('denied');

    // An agreement ended: what an agency held is shown no more, on paper either.
    const asOf = others.permits;
    others.permits = new Set();
    const outdated = await file('idris', id);
    expect([outdated.status, ((await outdated.json()) as { code: string }).code]).toEqual([
      422,
      'minutes-paper.outdated',
    ]);
    others.permits = asOf;
    await app.sql('UPDATE risk.minutes_paper SET expires_at = now() WHERE id = $1', [id]);
    await sweep();
    expect([(await paper('idris', id)).state, (await file('idris', id)).status]).toEqual(['expired', 404]);
    expect(await at.lastAct('minutes-paper.end')).toMatchObject({ outcome: 'done', items: ['expired'] });
  });

  it('has no file for somebody who has left, nor once a case in it is erased', async () => {
    const [gone, left] = [newId(), await request('gwen')];
    await app.sql(
      `INSERT INTO risk.minutes_paper (id, meeting_id, state, user_id, org_id, parts, correlation_id, purpose, path, requested_at)
       VALUES ($1, $2, 'running', $3, $4, 2, $5, 'safeguarding', '/', now() - interval '1 minute')`,
      [gone, meeting, staff('idris'), HOUSING, newId()],
    );
    await sweep();
    expect(await app.sql('SELECT state, code FROM risk.minutes_paper WHERE id = $1', [gone])).toEqual([
      { state: 'failed', code: 'member.unknown' },
    ]);
    await done('gwen', left);
    await at.records.tell(here.caseId, 'case-erased', {
      ...{
        caseId: here.caseId,
        decisionId: newId(),
        rule: 'r',
        ruleVersion: 1,
        people: [here.subject],
        at: new Date(),
      },
    });
    expect((await file('gwen', left)).status).toBe(404);
  });
});
