import { newId } from '@concordat/contracts';
import type { TestApp } from '@concordat/testing';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ago, deskOf, org, person, REVIEWS } from '../reviews/desk.testing';

/** The decision point, as far as reviews ask it: it permits items that `permits` names as `sender recipient item`. */
export class DecisionsStandIn {
  readonly questions: { kind: string; sender: string; recipients: string[]; items: string[]; purpose: string }[] = [];
  permits = new Set<string>();
  leaves = false;
  down = false;
  private server: Server | null = null;

  /** Answers where it is, as CONCORDAT_URLS says it. */
  async start(): Promise<string> {
    this.server = createServer((request, reply) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        if (request.url !== '/api/sharing/decisions')
          return void reply.end(JSON.stringify({ heads: [], next: null, items: [] }));
        const asked = JSON.parse(Buffer.concat(parts).toString('utf8')) as DecisionsStandIn['questions'][number];
        this.questions.push(asked);
        const permit = asked.items.every((item) => this.permits.has(`${asked.sender} ${asked.recipients[0]} ${item}`));
        const decision = permit
          ? { outcome: 'PERMIT', reasons: [], isa: 'stand-in@1.0.0' }
          : { outcome: this.leaves ? 'REVIEW' : 'DENY', reasons: ['AGREEMENT_UNKNOWN'], isa: null };
        reply.writeHead(this.down ? 503 : 200, { 'content-type': 'application/json' });
        reply.end(JSON.stringify({ id: newId(), decision }));
      });
    });
    await new Promise<void>((r) => this.server!.listen(0, '127.0.0.1', r));
    return `sharing=http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): Promise<void> {
    return new Promise((r) => (this.server ? this.server.close(() => r()) : r()));
  }
}

const [COUNCIL, POLICE, NHS] = [org('northbank-council'), org('northbank-police'), org('eastvale-nhs')];

/** The combined chronology over HTTP with the acts that it leaves, on the app that the context's own tests have started. */
export function chronologyTests(running: () => TestApp, decisions: DecisionsStandIn): void {
  describe('the combined chronology', () => {
    const { lastAct, done, registered, seen, take } = deskOf(running);
    const item = (more: object = {}) => ({
      ...{ date: ago(400), event: 'SecretEvent', people: ['Alice'], theme: 'Calls', source: 'P-1', seen: 'yes' },
      ...{ decision: 'No further action', informs: ['CHRONOLOGY'], ...more },
    });
    const view = async (id: string, username = 'jo', query = '') =>
      (await running().as(username).get(`${REVIEWS}/${id}/chronology${query}`)).body;
    const events = (of: { events: { items: { event: string; orgId: string }[] }[] }) =>
      of.events.map((e) => e.items.map((i) => i.event));

    it('takes an item only when sharing permits it, and shows each reader what may be shown at that moment', async () => {
      const id = await registered();
      for (const [username, seat] of [
        ['gwen', 'police'],
        ['carys', 'health'],
      ] as const)
        await done(id, 'members', { userId: person(username), seat });
      const give = (body: object, username: string) => take(id, 'chronology/items', body, username);
      expect((await give(item({ informs: [] }), 'gwen')).body.errors[0].field).toBe('informs');
      expect((await give(item({ informs: ['SECRETS'] }), 'gwen')).body.errors[0].code).toBe('not-in-list');
      expect((await give(item(), 'gwen')).body).toMatchObject({
        ...{ code: 'chronology.not-permitted', reasons: ['AGREEMENT_UNKNOWN'] },
      });
      expect(await lastAct('review.give-evidence')).toMatchObject({ outcome: 'failed', actor: person('gwen') });
      decisions.leaves = true;
      expect((await give(item(), 'gwen')).body.code).toBe('chronology.for-a-person');
      decisions.down = true;
      expect((await give(item(), 'gwen')).status).toBe(503);
      [decisions.leaves, decisions.down] = [false, false];
      expect((await view(id)).events).toEqual([]);
      const [kept] = await running().sql<{ n: string }>(
        'SELECT count(*) AS n FROM reviews.chronology_item WHERE review_id = $1',
        [id],
      );
      expect(Number(kept!.n)).toBe(0);

      const permits = (from: string, to: string, ...items: string[]) =>
        items.forEach((i) => decisions.permits.add(`${from} ${to} ${i}`));
      permits(POLICE, COUNCIL, 'CHRONOLOGY');
      permits(NHS, COUNCIL, 'CHRONOLOGY', 'HEALTH');
      expect((await give(item(), 'gwen')).status).toBe(200);
      expect(await lastAct('review.give-evidence')).toMatchObject({
        ...{ outcome: 'done', recipients: [{ org: COUNCIL }], items: ['CHRONOLOGY'] },
      });
      expect((await lastAct('review.give-evidence'))?.objects).toContainEqual(
        expect.objectContaining({ t: 'decision' }),
      );
      expect(decisions.questions.at(-1)).toMatchObject({
        ...{ kind: 'DISCLOSE', sender: POLICE, recipients: [COUNCIL], purpose: 'DEATH-REVIEW' },
      });
      expect(JSON.stringify(decisions.questions)).not.toContain('SecretEvent');
      const more = { event: 'Seen at the clinic', source: 'N-1', theme: 'Health', date: ago(398), seen: 'no' };
      expect((await give(item({ ...more, informs: ['HEALTH', 'CHRONOLOGY'] }), 'carys')).status).toBe(200);
      expect((await give(item({ event: 'Housing asked', source: 'C-1', date: ago(300) }), 'jo')).status).toBe(200);

      expect(events(await view(id))).toEqual([['SecretEvent'], ['Seen at the clinic'], ['Housing asked']]);
      expect(await lastAct('review.view-chronology')).toMatchObject({ outcome: 'done' });
      // Gwen sees her agency’s own. What the council may not pass on to it is not shown, and is counted.
      const gwens = await view(id, 'gwen');
      expect([events(gwens), gwens.hidden]).toEqual([[['SecretEvent']], 2]);
      permits(COUNCIL, POLICE, 'CHRONOLOGY');
      expect(events(await view(id, 'gwen'))).toEqual([['SecretEvent'], ['Housing asked']]);
      expect(events(await view(id, 'jo', `?agency=${NHS}`))).toEqual([['Seen at the clinic']]);
      expect(events(await view(id, 'jo', '?theme=Calls&person=Alice'))).toHaveLength(2);
      expect((await view(id)).gaps).toMatchObject([{ days: 97 }]);
      expect((await running().as('viktor').get(`${REVIEWS}/${id}/chronology`)).status).toBe(404);

      // Frozen, joined afterwards, and frozen again.
      const [one, other] = (await view(id)).events.flatMap((e: { items: { id: string }[] }) => e.items);
      await done(id, 'chronology/versions', {});
      expect(await lastAct('review.freeze-chronology')).toMatchObject({ items: ['version.1'] });
      const joining = { one: one.id, other: other.id, why: 'One night' };
      expect((await take(id, 'chronology/same-events', joining, 'gwen')).body.code).toBe('review.forbidden');
      await done(id, 'chronology/same-events', joining);
      expect(await lastAct('review.link-entries')).toMatchObject({ outcome: 'done', actor: person('jo') });
      expect((await take(id, 'chronology/same-events', joining)).body.code).toBe('chronology.joined-already');
      const [joined] = (await view(id)).events;
      expect([joined.items.length, joined.contradictions]).toEqual([2, ['dates', 'seen']]);
      expect((await view(id, 'jo', '?version=1')).events).toHaveLength(3);
      expect((await running().as('jo').get(`${REVIEWS}/${id}/chronology?version=9`)).status).toBe(404);
      const { document } = await seen(id);
      expect([document.chronologyChanges, document.chronologies[0].changes]).toEqual([4, 3]);

      // Gwen puts right what her agency has told; nobody else can, and version 1 has what was said then.
      const correction = (more: object = {}) => ({
        ...item({ event: 'It was two calls', why: 'Read again' }),
        ...more,
      });
      const correct = (body: object, username: string) => take(id, 'chronology/corrections', body, username);
      expect((await correct(correction({ corrects: one.id }), 'jo')).body.errors[0].field).toBe('corrects');
      expect((await correct(correction({ corrects: one.id, why: ' ' }), 'gwen')).body.errors[0].field).toBe('why');
      expect((await correct(correction({ corrects: one.id, informs: ['HEALTH'] }), 'gwen')).body.code).toBe(
        'chronology.not-permitted',
      );
      expect((await correct(correction({ corrects: one.id }), 'gwen')).status).toBe(200);
      expect((await correct(correction({ corrects: one.id }), 'gwen')).body.errors[0].field).toBe('corrects');
      const corrected = await view(id);
      expect(events(corrected)[0]).toEqual(['It was two calls', 'Seen at the clinic']);
      expect(corrected.former).toMatchObject([{ id: one.id, event: 'SecretEvent' }]);
      expect(events(await view(id, 'jo', '?version=1'))[0]).toEqual(['SecretEvent']);
      await expect(
        running().sql(
          `INSERT INTO reviews.chronology_item SELECT $2, review_id, 99, org_id, record, decision_id, by_id, at, $3
             FROM reviews.chronology_item WHERE id = $1`,
          [one.id, newId(), other.id],
        ),
      ).rejects.toThrow('own_correction');

      // What the police have recorded in a case comes in at once, decided for all of it, and once.
      const entry = (more: object = {}) => ({
        ...{ entryId: newId(), date: ago(380), event: 'A visit', source: 'CA-1', comment: 'Late', ...more },
      });
      const taking = (entries: object[], informs = ['CHRONOLOGY']) =>
        take(id, 'chronology/takings', { entries, informs }, 'gwen');
      expect((await taking([])).body.errors[0].field).toBe('entries');
      expect((await taking([entry(), entry({ date: ago(-1) })])).body.errors[0].field).toBe('entries.1.date');
      expect((await taking([entry()], ['HEALTH'])).body.code).toBe('chronology.not-permitted');
      const asked = decisions.questions.length;
      const one380 = entry();
      expect((await taking([one380, entry({ event: 'Another visit', date: '2020' })])).status).toBe(200);
      expect(decisions.questions.length).toBe(asked + 1);
      expect(await lastAct('review.give-evidence')).toMatchObject({ outcome: 'done', items: ['CHRONOLOGY'] });
      expect((await taking([one380])).body.errors[0].code).toBe('taken-already');
      const all = (await view(id, 'gwen')).events.flatMap((e: { items: object[] }) => e.items) as object[];
      expect(all).toContainEqual(
        expect.objectContaining({ event: 'A visit', takenFrom: one380.entryId, seen: 'not-recorded', comment: 'Late' }),
      );

      // An agreement that has ended shows nothing from that moment; nor does a decision point that does not answer.
      decisions.permits.delete(`${NHS} ${COUNCIL} HEALTH`);
      expect(events(await view(id))).toEqual([['Another visit'], ['It was two calls'], ['A visit'], ['Housing asked']]);
      decisions.down = true;
      expect(events(await view(id))).toEqual([['Housing asked']]);
      decisions.down = false;
      expect((await running().as('gwen').get(`${REVIEWS}/${id}/chronology/export`)).status).toBe(403);
      expect(events((await running().as('jo').get(`${REVIEWS}/${id}/chronology/export`)).body)).toHaveLength(4);
      expect(await lastAct('review.export-chronology')).toMatchObject({ outcome: 'done', actor: person('jo') });
      const [row] = await running().sql<{ id: string }>('SELECT id FROM reviews.chronology_item WHERE org_id = $1', [
        POLICE,
      ]);
      await expect(
        running().sql(
          `INSERT INTO reviews.chronology_item SELECT $2, review_id, 99, org_id, record, NULL, by_id, at FROM reviews.chronology_item WHERE id = $1`,
          [row!.id, newId()],
        ),
      ).rejects.toThrow('needs a decision');
    });

    it('of a kind that takes no evidence is refused', async () => {
      const dates = [{ code: 'application', date: ago(1) }];
      const id = await registered({ kind: 'northbank-asb-case-review', dates });
      expect((await take(id, 'chronology/items', item())).body.code).toBe('chronology.not-taken');
    });
  });
}
