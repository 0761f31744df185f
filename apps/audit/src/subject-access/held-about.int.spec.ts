import { newId } from '@concordat/contracts';
import { startApp, type TestApp } from '@concordat/testing';
import { allSealed, deliver, makeAct } from '../acts.testing';
import { AuditModule } from '../audit.module';

describe('what the ledger tells somebody of who used what is held about them', () => {
  let app: TestApp;
  const [person, other, police, council] = [newId(), newId(), newId(), newId()];
  beforeAll(async () => {
    app = await startApp([AuditModule]);
    const key = app.running.process.detailKey;
    const at = { occurredAt: '2026-11-20T12:00:00.000Z', actorOrg: police };
    await deliver(app, [
      makeAct(key, 1n, { ...at, subjects: [person] }),
      makeAct(key, 2n, { ...at, subjects: [person] }),
      makeAct(key, 3n, { ...at, subjects: [person], action: 'chronology.export', recipients: [{ org: council }] }),
      makeAct(key, 4n, { ...at, subjects: [person], outcome: 'denied', actorOrg: council }),
      makeAct(key, 5n, { ...at, subjects: [other], actorOrg: council }),
    ]);
    await allSealed(app, 'referrals', 5n);
  });
  afterAll(() => app.stop());

  const ask = (as: 'records' | 'referrals', id: string) => app.asService(as).get(`/api/audit/held-about/${id}`);

  it('is by agency, day and act, once each, with whom it was disclosed to, and never by member of staff', async () => {
    const { status, body } = await ask('records', person);
    expect(status).toBe(200);
    expect(body.items).toHaveLength(1);
    expect(body.items[0].text.split('\n')).toEqual([
      `20 November 2026: Export: chronology, by ${police}, to ${council}`,
      `20 November 2026: View: case, by ${police}`,
    ]);
    expect((await ask('records', newId())).body.items).toEqual([]);
    const act = (await app.acts('audit')).find((a) => a.action === 'access-request.gather' && a.outcome === 'done')!;
    expect(act).toMatchObject({ subjects: [person], actorRole: 'service' });
  });

  it('is for the records service alone', async () => {
    expect((await ask('referrals', person)).status).toBe(404);
    for (const who of ['erin', 'kit', 'amina'])
      expect([who, (await app.as(who).get(`/api/audit/held-about/${person}`)).status]).toEqual([who, 404]);
  });
});
