import { startApp, type Caller, type TestApp } from '@concordat/testing';
import { randomUUID } from 'node:crypto';
import {
  actsAbout as aboutIn,
  AMINA,
  eventsOf as eventsIn,
  referred as referredIn,
  type StepTaken,
} from '../referred.testing';
import { ReferralsModule } from '../referrals.module';

describe('triage: colours', () => {
  let app: TestApp;
  let amina: Caller;
  beforeAll(async () => {
    app = await startApp([ReferralsModule]);
    amina = app.as('amina');
  });
  afterAll(() => app?.stop());

  const referred = (...steps: StepTaken[]) => referredIn(app, steps);
  const rated = () => referred([amina, 'ratings', { colour: 'red' }]);
  const actsAbout = (id: string) => aboutIn(app, id);
  const eventsOf = (id: string) => eventsIn(app, id);

  describe('a rating', () => {
    it('sets the clock of its colour, is stamped with the pack, and leaves an event, a job and one act', async () => {
      const { id, path, version } = await referred();
      const answer = await amina.post(`${path}/ratings`, { colour: 'red' }, { version });
      expect(answer).toMatchObject({ status: 200, body: { id, version: 2, status: 'rated', receipt: { version: 2 } } });
      const { body } = await amina.get(path);
      const received = new Date(body.receivedAt);
      expect(body).toMatchObject({
        colour: 'red',
        scheme: 'northbank',
        dueAt: new Date(received.getTime() + 4 * 3_600_000).toISOString(),
        dueFor: 'decide',
        overdue: false,
        ratings: [
          {
            colour: 'red',
            by: AMINA,
            pack: expect.stringMatching(/^england-wales@/),
            rule: 'northbank.red@1',
            scheme: 'northbank',
          },
        ],
      });
      expect((await eventsOf(id)).at(-1)).toMatchObject({
        type: 'referrals.referral-rated.v1',
        data: { colour: 'red', dueAt: body.dueAt },
      });
      const act = (await actsAbout(id)).filter((a) => a.action === 'referral.rate');
      expect(act).toEqual([
        expect.objectContaining({
          outcome: 'done',
          decision: 'red',
          rule: 'northbank.red@1',
          subjects: expect.any(Array),
        }),
      ]);
      expect(act[0]!.subjects).toHaveLength(3);
    });

    it('changes with a rationale only, and the history holds both (TRI-15, TRI-16)', async () => {
      const { path, version } = await rated();
      const bare = await amina.post(`${path}/ratings`, { colour: 'amber' }, { version });
      expect(bare).toMatchObject({ status: 422, body: { errors: [{ field: 'rationale', code: 'required' }] } });
      const changed = await amina.post(
        `${path}/ratings`,
        { colour: 'amber', rationale: 'He is in custody' },
        { version },
      );
      expect(changed).toMatchObject({ status: 200, body: { version: 3 } });
      const { body } = await amina.get(path);
      expect(body.ratings).toMatchObject([
        { colour: 'red' },
        { colour: 'amber', previous: 'red', rationale: 'He is in custody' },
      ]);
      expect(body.history.map((h: { what: string }) => h.what)).toEqual(['rated', 'rated', 'received']);
    });

    it('of the same colour changes nothing (AUD-8)', async () => {
      const { id, path, version } = await rated();
      expect(await amina.post(`${path}/ratings`, { colour: 'red' }, { version })).toMatchObject({
        status: 200,
        body: { version },
      });
      expect(await eventsOf(id)).toHaveLength(2);
    });

    it.each([
      [{ colour: 'puce' }],
      [{ colour: 7 }],
      [{}],
      [{ colour: 'red', status: 'accepted' }],
      [{ colour: 'red', rationale: ' ' }],
      [null],
      [[]],
    ])('refuses %j (TRI-17, TRI-21)', async (body) => {
      const { path, version } = await referred();
      expect((await amina.post(`${path}/ratings`, body === null ? 'null' : body, { version })).status).toBe(422);
    });

    it('by two at once is one 200 and one 409, and the fields that differ are named', async () => {
      const { id, path, version } = await referred();
      const both = await Promise.all([
        amina.post(`${path}/ratings`, { colour: 'red' }, { version }),
        amina.post(`${path}/ratings`, { colour: 'green' }, { version }),
      ]);
      expect(both.map((a) => a.status).sort()).toEqual([200, 409]);
      expect(both.find((a) => a.status === 409)!.body).toMatchObject({
        code: 'referral.changed',
        currentVersion: 2,
        differing: ['status', 'colour', 'dueAt', 'ratings'],
      });
      expect(await eventsOf(id)).toHaveLength(2);
    });

    it('answers the same key with the same reply, though the version has moved on', async () => {
      const { path, version } = await referred();
      const key = randomUUID();
      const first = await amina.post(`${path}/ratings`, { colour: 'red' }, { version, key });
      const again = await amina.post(`${path}/ratings`, { colour: 'red' }, { version, key });
      expect(again).toMatchObject({ status: 200, body: first.body });
      expect((await amina.post(`${path}/ratings`, { colour: 'green' }, { version, key })).body.code).toBe(
        'idempotency-key.reused',
      );
    });
  });
});
