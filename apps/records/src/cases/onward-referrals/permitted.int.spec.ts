import { RecordsModule } from '@concordat-app/records';
import { newId } from '@concordat/contracts';
import { eventually, startApp, type TestApp } from '@concordat/testing';
import { answer, caseX, refer } from '../../handed.testing';
import { org, PeersStandIn, staff } from '../../opened.testing';
import { Searching } from '../../search/searched.testing';

describe('a referral between agencies and the decision point', () => {
  const referrals = new PeersStandIn();
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp([RecordsModule], { CONCORDAT_URLS: await referrals.start() });
    await eventually(
      async () => (await app.sql('SELECT 1 FROM records.member WHERE manager_id IS NOT NULL')).length === 1,
    );
  });
  afterAll(async () => {
    await app.stop();
    await referrals.stop();
  });

  const offered = async () => {
    const made = await caseX(app, referrals);
    const { status, body } = await refer(app.as('amina'), made.caseId);
    expect([status, body.errors]).toEqual([201, undefined]);
    return { ...made, id: body.id as string };
  };
  const view = async (username: string, id: string) => app.as(username).get(`/api/records/onward-referrals/${id}`);
  const count = async (caseId: string) =>
    (await app.sql('SELECT 1 FROM records.onward_referral WHERE case_id = $1', [caseId])).length;

  it('REF-22, REF-23, REF-25: is decided before it is made; refused, there is no offer, and both sides name one decision', async () => {
    const { caseId, people } = await caseX(app, referrals);
    referrals.questions.length = 0;
    referrals.refuses = { outcome: 'DENY', reasons: ['ITEM_NOT_IN_SCOPE'] };
    const refused = await refer(app.as('amina'), caseId);
    referrals.refuses = { outcome: 'REVIEW', reasons: ['CONSENT_REASON_MISSING'] };
    const unclear = await refer(app.as('amina'), caseId);
    referrals.refuses = null;
    expect(refused.body).toMatchObject({
      ...{ status: 403, code: 'sharing.refused', reasons: ['ITEM_NOT_IN_SCOPE'], decision: expect.any(String) },
    });
    expect(unclear.body).toMatchObject({ status: 403, code: 'sharing.review', reasons: ['CONSENT_REASON_MISSING'] });
    expect(await count(caseId)).toBe(0);
    expect(referrals.questions[0]).toEqual({
      ...{ kind: 'DISCLOSE', sender: org('northbank-council'), recipients: [org('eastvale-nhs')] },
      actor: { userId: staff('amina'), orgId: org('northbank-council') },
      ...{ purpose: 'health-care', items: ['CONTACT', 'HEALTH', 'IDENTITY', 'NAME', 'RISK'], conditions: {} },
      subjects: [{ pid: people[0], about: 'VICTIM', match: 'EXACT', deceased: false }],
      ...{ method: 'CONCORDAT', classification: 'OFFICIAL-SENSITIVE', setting: 'OUTSIDE' },
      consent: { state: 'GIVEN' },
    });
    const acts = (await app.acts('records')).filter((a) => a.objects.some((o) => o.id === refused.body.decision));
    expect(acts).toMatchObject([
      { action: 'referral.offer', outcome: 'denied', decision: 'DENY', rule: 'stand-in@1.0.0' },
    ]);
    expect(acts[0]!.reasons).toEqual(expect.arrayContaining(['sharing.refused', 'ITEM_NOT_IN_SCOPE']));

    const { body } = await refer(app.as('amina'), caseId);
    const { permit, isa } = (await view('amina', body.id)).body;
    expect([isa, permit.isa, permit.flowId, permit.lineIds]).toEqual([
      ...['stand-in@1.0.0', 'stand-in@1.0.0', 'F1'],
      ['S1', 'R1'],
    ]);
    const offer = (await app.acts('records')).find((a) => a.objects.some((o) => o.id === permit.decisionId))!;
    expect(offer).toMatchObject({ action: 'referral.offer', outcome: 'done', decision: 'PERMIT' });
    const told = (await view('bevan', body.id)).body;
    expect([told.isa, told.permit]).toEqual(['stand-in@1.0.0', undefined]);
  });

  it('shows what was agreed only while an agreement allows it, and nothing when it cannot be decided', async () => {
    const { id } = await offered();
    await answer(app.as('bevan'), id, 'acceptance');
    const look = () => app.as('bevan').get(`/api/records/onward-referrals/${id}/case`);
    referrals.questions.length = 0;
    expect((await look()).status).toBe(200);
    expect(referrals.questions).toMatchObject([
      {
        kind: 'CONSULT',
        sender: org('northbank-council'),
        actor: { userId: staff('bevan'), orgId: org('eastvale-nhs') },
      },
    ]);
    referrals.refuses = { outcome: 'DENY', reasons: ['AGREEMENT_EXPIRED'] };
    const { body } = await look();
    referrals.refuses = null;
    expect(body).toMatchObject({ status: 403, code: 'sharing.refused', reasons: ['AGREEMENT_EXPIRED'] });
    const denial = (await app.acts('records')).findLast((a) => a.action === 'case.view' && a.outcome === 'denied')!;
    expect(denial).toMatchObject({ actor: staff('bevan'), decision: 'DENY', subjects: [] });
    const { caseId } = await caseX(app, referrals);
    referrals.down = true;
    expect((await look()).status).toBe(503);
    expect((await refer(app.as('amina'), caseId)).status).toBe(503);
    referrals.down = false;
    expect(await count(caseId)).toBe(0);
    expect((await look()).status).toBe(200);
  });

  it('is refused by the database when it carries no decision', async () => {
    const { id } = await offered();
    const copy = app.sql(
      `INSERT INTO records.onward_referral SELECT (jsonb_populate_record(r, '{"permit": null, "id": "${newId()}"}')).*
         FROM records.onward_referral r WHERE id = $1`,
      [id],
    );
    await expect(copy).rejects.toThrow('carries the decision that permits it');
  });

  describe('and a case that goes whole', () => {
    const [council, nhs] = [org('northbank-council'), org('eastvale-nhs')];
    const WHOLE = ['CONTACT', 'HEALTH', 'HISTORY', 'HOUSEHOLD', 'IDENTITY', 'NAME', 'RISK', 'WORK'];
    const at = (caseId: string, path: string) => `/api/records/cases/${caseId}${path}`;
    const joins = (caseId: string, more: object = {}, version = 1) =>
      app.as('amina').post(at(caseId, '/participations'), { orgId: nhs, level: 'reader', ...more }, { version });
    const offers = (caseId: string, more: object = {}) =>
      app
        .as('amina')
        .post(
          at(caseId, '/transfers'),
          { recipient: staff('bevan'), reason: 'She moved to Eastvale.', ...more },
          { version: 1 },
        );
    const answers = (id: string, step: string) =>
      app.as('bevan').post(`/api/records/transfers/${id}/${step}`, {}, { version: 1 });
    const deniedFor = async (reason: string) =>
      (await app.acts('records')).filter((a) => a.outcome === 'denied' && a.reasons?.includes(reason));
    const asked = async (reason: string, work: () => Promise<{ status: number; body: Record<string, unknown> }>) => {
      referrals.questions.length = 0;
      referrals.refuses = { outcome: 'DENY', reasons: [reason] };
      const { body } = await work();
      referrals.refuses = null;
      expect(body).toMatchObject({ status: 403, code: 'sharing.refused', reasons: [reason] });
      return body['decision'] as string;
    };

    it('an agency joins it only when that is permitted, for all that it may hold', async () => {
      const { caseId, people } = await caseX(app, referrals);
      const decision = await asked('PARTY_WITHDRAWN', () =>
        joins(caseId, {
          purpose: 'housing',
          consent: { answer: 'refused', ground: 'life', reason: 'He may kill her.' },
        }),
      );
      expect(referrals.questions).toMatchObject([
        {
          ...{ kind: 'DISCLOSE', sender: council, recipients: [nhs], purpose: 'housing', items: WHOLE },
          consent: { state: 'REFUSED', withoutReason: 'WOULD_PREJUDICE', refusalNote: expect.any(String) },
        },
      ]);
      expect(JSON.stringify(referrals.questions)).not.toContain('kill');
      expect(await deniedFor('PARTY_WITHDRAWN')).toMatchObject([
        { action: 'case.change-participation', decision: 'DENY', rule: 'stand-in@1.0.0', subjects: people },
      ]);
      expect((await deniedFor('PARTY_WITHDRAWN'))[0]!.objects.map((o) => o.id)).toContain(decision);
      expect((await app.as('bevan').get(at(caseId, ''))).status).toBe(404);

      // Of a preview nothing is asked: it shows the reference and the lead agency.
      expect((await joins(caseId, { level: 'preview' })).status).toBe(200);
      expect(referrals.questions).toHaveLength(1);
      expect((await joins(caseId, {}, 2)).status).toBe(200);
      expect(referrals.questions[1]).toMatchObject({
        purpose: 'safeguarding-adult',
        consent: { state: 'NOT_SOUGHT' },
      });
      const [part] = await app.sql<{ permit: { decisionId: string; isa: string } }>(
        "SELECT permit FROM records.participation WHERE case_id = $1 AND org_id = $2 AND level = 'reader'",
        [caseId, nhs],
      );
      expect(part!.permit.isa).toBe('stand-in@1.0.0');
      const [event] = await app.sql<{ data: object }>(
        `SELECT convert_from(body, 'UTF8')::jsonb->'data' AS data FROM records.outbox WHERE stream_id = $1 ORDER BY stream_version DESC LIMIT 1`,
        [caseId],
      );
      expect(event!.data).toMatchObject({ orgId: nhs, level: 'reader', decisionId: part!.permit.decisionId });
      expect((await joins(caseId, { purpose: 'anything', level: 'contributor' }, 3)).body.errors[0]).toMatchObject({
        field: 'purpose',
        code: 'not-in-list',
      });
    });

    it('it is offered, and accepted, only when both are permitted; so is what the agency that led it keeps', async () => {
      const { caseId } = await caseX(app, referrals);
      await asked('AGREEMENT_SUSPENDED', () => offers(caseId));
      expect(await app.sql('SELECT 1 FROM records.case_transfer WHERE case_id = $1', [caseId])).toEqual([]);
      referrals.questions.length = 0;
      const { body: made } = await offers(caseId, { keep: 'reader', purpose: 'health-care' });
      const both = [
        { kind: 'DISCLOSE', sender: council, recipients: [nhs], actor: { userId: staff('amina'), orgId: council } },
        { kind: 'CONSULT', sender: nhs, recipients: [council], actor: { userId: staff('amina'), orgId: council } },
      ];
      expect(referrals.questions).toMatchObject(both.map((b) => ({ ...b, purpose: 'health-care', items: WHOLE })));
      await asked('VERSION_MISMATCH', () => answers(made.id as string, 'acceptance'));
      expect(await deniedFor('VERSION_MISMATCH')).toMatchObject([{ action: 'transfer.accept', actor: staff('bevan') }]);
      expect((await app.as('bevan').get(at(caseId, ''))).status).toBe(404);
      expect((await app.as('amina').get(at(caseId, ''))).body).toMatchObject({ level: 'lead', version: 1 });

      referrals.questions.length = 0;
      expect((await answers(made.id as string, 'acceptance')).body.status).toBe('accepted');
      expect(referrals.questions).toMatchObject([
        { kind: 'CONSULT', sender: council, recipients: [nhs], actor: { orgId: nhs }, subjects: [{}, {}] },
        { kind: 'DISCLOSE', sender: nhs, recipients: [council], actor: { orgId: nhs }, purpose: 'health-care' },
      ]);
      const parts = await app.sql<{ level: string; permit: { isa: string } | null }>(
        'SELECT level, permit FROM records.participation WHERE case_id = $1 AND until IS NULL ORDER BY level',
        [caseId],
      );
      expect(parts.map((p) => [p.level, p.permit?.isa])).toEqual([
        ['lead', 'stand-in@1.0.0'],
        ['reader', 'stand-in@1.0.0'],
      ]);
      // Why it was done without consent is for those who lead the case.
      const shown = (await app.as('bevan').get(`/api/records/transfers/${made.id as string}`)).body;
      expect([shown.purpose, shown.isa, shown.permit, shown.consent]).toEqual([
        ...['health-care', 'stand-in@1.0.0', undefined, undefined],
      ]);
    });

    it('it is neither joined nor passed on when that cannot be decided', async () => {
      const { caseId } = await caseX(app, referrals);
      referrals.down = true;
      const statuses = [(await joins(caseId)).status, (await offers(caseId)).status];
      referrals.down = false;
      expect(statuses).toEqual([503, 503]);
      expect((await app.as('amina').get(at(caseId, ''))).body).toMatchObject({ version: 1, onOffer: false });
    });

    it('TRF-12: in bulk, each case is decided, and one that is refused says why', async () => {
      const { caseId } = await caseX(app, referrals);
      const change = { recipient: staff('bevan'), reason: 'They moved to Eastvale.' };
      referrals.refuses = { outcome: 'REVIEW', reasons: ['CONSENT_REASON_MISSING'] };
      const { body } = await app.as('amina').post('/api/records/bulk/transfers', { cases: { ids: [caseId] }, change });
      const seen = async () => (await app.as('amina').get(`/api/records/bulk/${body.id as string}`)).body;
      await eventually(async () => (await seen()).state === 'done', { timeoutMs: 20_000 });
      referrals.refuses = null;
      expect((await seen()).items).toMatchObject([{ state: 'refused', code: 'CONSENT_REASON_MISSING' }]);
      expect(await deniedFor('CONSENT_REASON_MISSING')).toMatchObject(
        expect.arrayContaining([expect.objectContaining({ action: 'transfer.offer', decision: 'REVIEW' })]),
      );
    });

    it('is looked at by an agency that was let in only while that is allowed, by every way to it', async () => {
      const participants = [council, org('harbour-housing')];
      const { caseId, subject } = await caseX(app, referrals, { participants });
      expect(
        (await joins(caseId, { consent: { answer: 'refused', ground: 'life', reason: 'He may kill her.' } })).status,
      ).toBe(200);
      const inCase = [
        ...['', '/timeline', '/chronology', '/chronology/merged', '/documents', '/notes', '/key-facts', '/links'],
        ...['/relationships', '/flags', '/approvals', '/ownership', '/restrictions'],
      ];
      const ways = [
        ...inCase.map((way) => at(caseId, way)),
        ...['', '/history'].map((way) => `/api/records/people/${subject}${way}`),
      ];
      const seen = async (username: string) => {
        const found: number[] = [];
        for (const way of ways) found.push((await app.as(username).get(way)).status);
        return found;
      };
      const all = (status: number) => ways.map(() => status);
      referrals.questions.length = 0;
      expect(await seen('bevan')).toEqual(all(200));
      expect(referrals.questions).toHaveLength(ways.length);
      expect(referrals.questions[0]).toMatchObject({
        ...{ kind: 'CONSULT', sender: council, recipients: [nhs], actor: { userId: staff('bevan'), orgId: nhs } },
        ...{ items: WHOLE, consent: { state: 'REFUSED', withoutReason: 'WOULD_PREJUDICE' } },
      });
      referrals.refuses = { outcome: 'DENY', reasons: ['PARENT_NOT_IN_FORCE'] };
      const refused = await seen('bevan');
      // Its lead holds it, and whoever has been in it since it opened has told what was in it.
      const held = [await seen('amina'), await seen('hana')];
      referrals.refuses = null;
      expect([refused, ...held]).toEqual([all(403), all(200), all(200)]);
      const denials = await deniedFor('PARENT_NOT_IN_FORCE');
      expect(denials).toHaveLength(ways.length);
      expect(denials.every((a) => a.actor === staff('bevan') && a.decision === 'DENY')).toBe(true);
      referrals.down = true;
      const undecided = await seen('bevan');
      referrals.down = false;
      expect([undecided, await seen('bevan')]).toEqual([all(503), all(200)]);
      const kept = await app.sql("SELECT 1 FROM records.participation WHERE sharing::text LIKE '%kill%'");
      expect(kept).toEqual([]);
    });

    it('whoever is refused still gets what their own agency put into it, and nothing else of it', async () => {
      const { caseId } = await caseX(app, referrals, { participants: [council, org('harbour-housing')] });
      expect((await joins(caseId, { level: 'contributor' })).status).toBe(200);
      const made: Record<string, string[]> = {};
      for (const username of ['amina', 'bevan']) {
        const as = app.as(username);
        const fact = { starts: '2026-03-01', category: 'contact', fact: `Seen by ${username}.` };
        const entry = await as.post(at(caseId, '/chronology'), fact);
        const note = await as.post(at(caseId, '/notes'), { text: `A note of ${username}` });
        const response = await fetch(`${app.url}${at(caseId, '/documents/uploads')}`, {
          method: 'POST',
          headers: {
            authorization: `Bearer ${await app.tokenFor(username)}`,
            'content-type': 'application/octet-stream',
            'idempotency-key': newId(),
          },
          body: `A letter of ${username}`,
        });
        const { id: uploadId } = (await response.json()) as { id: string };
        const kept = await as.post(at(caseId, '/documents'), { uploadId, title: `Letter of ${username}` });
        expect([entry.status, note.status, kept.status]).toEqual([201, 201, 201]);
        made[username] = [entry, note, kept].map(({ body }) => body.id as string);
      }
      const [ours, theirs] = [made['bevan']!, made['amina']!];
      const look = async (way: string) => app.as('bevan').get(at(caseId, way));
      const ids = ({ body }: { body: { items?: { id: string }[]; events?: { entries: { id: string }[] }[] } }) =>
        (body.items ?? body.events!.flatMap((e) => e.entries)).map(({ id }) => id);
      const lists = ['/chronology', '/notes', '/documents', '/chronology/merged', '/chronology/export'];
      for (const way of lists) expect([(await look(way)).body.withheld ?? []].flat()).toEqual([]);
      expect(ids(await look('/chronology')).sort()).toEqual([ours[0], theirs[0]].sort());

      referrals.refuses = { outcome: 'DENY', reasons: ['AGREEMENT_WITHDRAWN'] };
      for (const [i, way] of [0, 1, 2, 0, 0].map((n, at_) => [n, lists[at_]!] as const)) {
        const found = await look(way);
        expect([way, found.status, ids(found)]).toEqual([way, 200, [ours[i]]]);
        expect(JSON.stringify(found.body)).not.toMatch(/amina/);
        expect([found.body.withheld].flat()).toMatchObject([
          { code: 'sharing.refused', reasons: ['AGREEMENT_WITHDRAWN'], decision: expect.any(String) },
        ]);
      }
      expect((await look('/chronology/merged')).body.people).toEqual([]);
      expect((await look('/chronology?agency=' + council)).body.items).toEqual([]);
      const one = [
        ...[`/chronology/${theirs[0]}`, `/documents/${theirs[2]}`, `/documents/${theirs[2]}/content`],
        ...['', '/key-facts', '/as-it-stood?on=2026-03-02', '/timeline'],
      ];
      for (const way of one) expect([way, (await look(way)).status]).toEqual([way, 403]);
      for (const way of [`/chronology/${ours[0]}`, `/documents/${ours[2]}`])
        expect([way, (await look(way)).status]).toEqual([way, 200]);
      const token = { headers: { authorization: `Bearer ${await app.tokenFor('bevan')}` } };
      const content = await fetch(`${app.url}${at(caseId, `/documents/${ours[2]}/content`)}`, token);
      expect(await content.text()).toBe('A letter of bevan');
      const acts = (await app.acts('records')).filter((a) => a.reasons?.includes('own-only'));
      expect(acts.map(({ action }) => action)).toEqual(
        expect.arrayContaining(['chronology.view', 'note.list', 'document.list', 'chronology.export', 'document.open']),
      );
      expect(acts.every((a) => a.decision === 'DENY' && a.actor === staff('bevan'))).toBe(true);
      // What cannot be decided is not shown, one's own neither: nothing is known of why.
      referrals.refuses = null;
      referrals.down = true;
      const undecided = await look('/chronology');
      referrals.down = false;
      expect(undecided.status).toBe(503);
    });

    it('orders and next steps of their own are shown to whoever is refused, and those of others are not', async () => {
      const { caseId } = await caseX(app, referrals, { participants: [council, org('harbour-housing')] });
      expect((await joins(caseId, { level: 'contributor' })).status).toBe(200);
      const kept = async (username: string, agency: string) => {
        const as = app.as(username);
        const step = await as.post(at(caseId, '/key-facts/steps'), { text: `A step of ${username}`, agency });
        const order = { order: 'non-molestation', detail: `An order of ${username}` };
        const made = await as.post(at(caseId, '/key-facts/orders'), order);
        expect([step.status, made.status, made.body.errors]).toEqual([201, 201, undefined]);
      };
      const look = async () => {
        const { status, body } = await app.as('bevan').get(at(caseId, '/key-facts'));
        const { orders = [], steps = [] } = body as { orders?: { detail: string }[]; steps?: { text: string }[] };
        return { status, body, said: [...orders.map((o) => o.detail), ...steps.map((s) => s.text)].sort() };
      };
      await kept('amina', nhs); // what another agency asks of them is not theirs to take along
      const deny = { outcome: 'DENY' as const, reasons: ['AGREEMENT_SUSPENDED'] };
      referrals.refuses = deny;
      const nothing = await look();
      referrals.refuses = null;
      expect([nothing.status, nothing.body.code]).toEqual([403, 'sharing.refused']);
      await kept('bevan', nhs);
      expect((await look()).said).toHaveLength(4);
      expect((await look()).body.withheld).toBeNull();
      referrals.refuses = deny;
      const own = await look();
      referrals.refuses = null;
      expect([own.status, own.said]).toEqual([200, ['A step of bevan', 'An order of bevan']]);
      expect(own.body).toMatchObject({ withheld: { code: 'sharing.refused', reasons: ['AGREEMENT_SUSPENDED'] } });
      expect(JSON.stringify(own.body)).not.toMatch(/amina/);
      // Nothing of anybody else is in it, so nobody of the case was looked at but through what is their own.
      const act = (await app.acts('records')).findLast((a) => a.reasons?.includes('own-only'))!;
      expect(act).toMatchObject({ action: 'case.view', actor: staff('bevan'), decision: 'DENY', items: ['key-facts'] });
    });

    it('what was written in it is found by whoever was let in only while that is allowed, but for what they wrote themselves', async () => {
      const { caseId } = await caseX(app, referrals, { participants: [council, org('harbour-housing')] });
      expect((await joins(caseId, { level: 'contributor' })).status).toBe(200);
      const word = `quandary${newId().slice(0, 6)}`;
      const written: Record<string, string> = {};
      for (const username of ['amina', 'bevan'])
        written[username] = (await app.as(username).post(at(caseId, '/notes'), { text: `A ${word} of hers` })).body.id;
      const searching = new Searching(app);
      const texts = async (who: string) => {
        const { body } = await searching.answer(who, word);
        return [body.items.map((i) => i.id).sort(), body.count.texts];
      };
      const both = [[written['amina'], written['bevan']].sort(), { value: 2, more: false }];
      await eventually(async () => expect(await texts('bevan')).toEqual(both), { timeoutMs: 20_000 });
      referrals.refuses = { outcome: 'DENY', reasons: ['AGREEMENT_EXPIRED'] };
      const refused = [await texts('bevan'), await texts('amina')];
      referrals.refuses = null;
      expect(refused).toEqual([[[written['bevan']], { value: 1, more: false }], both]);
      referrals.down = true;
      const undecided = await texts('bevan');
      referrals.down = false;
      expect([undecided[0], (await texts('bevan'))[0]]).toEqual([[written['bevan']], both[0]]);
    });

    it('is refused by the database when a part, or an offer, carries no decision', async () => {
      const { caseId } = await caseX(app, referrals);
      await expect(
        app.sql(
          "INSERT INTO records.participation (case_id, org_id, level, since, changed_by) VALUES ($1, $2, 'reader', now(), $3)",
          [caseId, nhs, staff('amina')],
        ),
      ).rejects.toThrow('under the decision that permits it');
      await offers(caseId);
      await expect(
        app.sql('UPDATE records.case_transfer SET permit = NULL WHERE case_id = $1', [caseId]),
      ).rejects.toThrow('under the decision that permits it');
    });
  });
});
