import { AuditModule } from '@concordat-app/audit';
import { RecordsModule } from '@concordat-app/records';
import { eventually, startApp, type TestApp } from '@concordat/testing';
import { answer, caseX, refer } from './handed.testing';
import { org, PeersStandIn, staff } from './opened.testing';

interface End {
  eventId: string;
  actor: string;
  action: string;
}
interface Disclosed {
  id: string;
  state: string;
  differs: string[];
  from: string;
  recipient: string;
  isa: string;
  flowId: string;
  sent: End | null;
  received: End | null;
}

describe('both ends of a disclosure', () => {
  const referrals = new PeersStandIn();
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp([RecordsModule, AuditModule], { CONCORDAT_URLS: await referrals.start() });
  });
  afterAll(async () => {
    await app.stop();
    await referrals.stop();
  });

  const [council, nhs] = [org('northbank-council'), org('eastvale-nhs')];
  const told = async (caseId: string, more = ''): Promise<Disclosed[]> =>
    (await app.as('erin').get(`/api/audit/trail/disclosures?case=${caseId}${more}`)).body.items as Disclosed[];
  /** What is told of a case once it is told so: entries are sealed a moment after their act. */
  const stands = (caseId: string, expected: object) =>
    eventually(
      async () => {
        const items = await told(caseId);
        expect(items).toEqual([expect.objectContaining(expected)]);
        return items[0]!;
      },
      { timeoutMs: 20_000 },
    );
  const leafOf = async ({ eventId }: End) => {
    const { body } = await app.as('erin').get(`/api/audit/entries/${eventId}`);
    return JSON.parse(Buffer.from(body.entry as string, 'base64').toString()) as Record<string, unknown>;
  };
  const referred = async () => {
    const { caseId } = await caseX(app, referrals);
    const { status, body } = await refer(app.as('amina'), caseId);
    expect([status, body.errors]).toEqual([201, undefined]);
    return { caseId, id: body.id as string };
  };

  it.each([['acceptance', {}] as const, ['decline', { note: 'She moved.' }] as const])(
    'of a referral are on record once it is answered (%s), under one id, and commit to the same',
    async (step, body) => {
      const { caseId, id } = await referred();
      const from = { from: council, recipient: nhs, isa: 'stand-in@1.0.0', flowId: 'F1', differs: [] };
      await stands(caseId, { ...from, state: 'AWAITED', received: null });
      expect((await answer(app.as('bevan'), id, step, body)).status).toBe(200);
      const { id: disclosure, sent, received } = await stands(caseId, { ...from, state: 'MATCHED' });
      expect([sent!.actor, received!.actor]).toEqual([staff('amina'), staff('bevan')]);
      const [there, here] = [await leafOf(sent!), await leafOf(received!)];
      expect(there).toMatchObject({ op: 'DISCLOSURE', payloadCommit: expect.stringMatching(/^[0-9a-f]{64}$/) });
      expect(here).toMatchObject({ actorOrg: nhs, rule: 'stand-in@1.0.0', payloadCommit: there['payloadCommit'] });
      expect(here['op']).toBe(step === 'acceptance' ? 'COLLECTION' : 'DECISION');
      expect(JSON.stringify([there, here])).not.toContain(disclosure);
      for (const [who, end] of [
        ['amina', sent!],
        ['bevan', received!],
      ] as const) {
        const proof = async () => (await app.as(who).get(`/api/audit/receipts/${end.eventId}`)).status;
        await eventually(async () => expect(await proof()).toBe(200)); // each has the proof of its own
      }
    },
  );

  it('differ when what was offered is not what was answered', async () => {
    const { caseId, id } = await referred();
    await app.sql("UPDATE records.onward_referral SET view = 'reach' WHERE id = $1", [id]);
    expect((await answer(app.as('bevan'), id, 'acceptance')).status).toBe(200);
    await stands(caseId, { state: 'MISMATCHED', differs: ['payload'] });
    expect(await told(caseId, '&unmatched=true')).toHaveLength(1);
  });

  it('of a case are on record once it has changed hands, or whoever was let in has looked at it', async () => {
    const { caseId } = await caseX(app, referrals);
    const at = `/api/records/cases/${caseId}`;
    const part = { orgId: nhs, level: 'reader' };
    expect((await app.as('amina').post(`${at}/participations`, part, { version: 1 })).status).toBe(200);
    await stands(caseId, { from: council, recipient: nhs, state: 'AWAITED' });
    expect((await app.as('amina').get(at)).status).toBe(200); // its lead holds it: nothing came by this
    const { body: seen } = await app.as('carys').get(at);
    expect([seen.level, seen.letInBy]).toEqual(['reader', undefined]);
    const { received } = await stands(caseId, { state: 'MATCHED', recipient: nhs });
    expect(received).toMatchObject({ actor: staff('carys'), action: 'case.view' });

    const other = (await caseX(app, referrals)).caseId;
    const offer = { recipient: staff('bevan'), reason: 'She moved.', keep: 'reader' };
    const made = await app.as('amina').post(`/api/records/cases/${other}/transfers`, offer, { version: 1 });
    expect([made.status, made.body.errors]).toEqual([201, undefined]);
    await stands(other, { from: council, recipient: nhs, state: 'AWAITED' });
    const path = `/api/records/transfers/${made.body.id as string}/acceptance`;
    expect((await app.as('bevan').post(path, {}, { version: 1 })).status).toBe(200);
    const both = await stands(other, { from: council, recipient: nhs, state: 'MATCHED', differs: [] });
    expect((await leafOf(both.received!))['op']).toBe('COLLECTION');
    expect(await told(other, '&unmatched=true')).toEqual([]);
  });

  it('are for auditors; asking is on record, and what cannot be asked is refused', async () => {
    const at = '/api/audit/trail/disclosures';
    expect((await app.as('amina').get(`${at}?all=true`)).status).toBe(403);
    expect((await app.as('erin').get(at)).body).toMatchObject({ status: 422, code: 'trail.unbounded' });
    expect((await app.as('erin').get(`${at}?all=true&unmatched=no`)).status).toBe(422);
    const { body } = await app.as('erin').get(`${at}?all=true&limit=1`);
    expect([body.items.length, body.next]).toEqual([1, expect.any(String)]);
    const act = (await app.acts('audit')).findLast((a) => a.action === 'trail.read' && a.outcome === 'done')!;
    expect(act).toMatchObject({ items: ['disclosures'], detail: { asked: { all: 'true' } } });
  });
});
