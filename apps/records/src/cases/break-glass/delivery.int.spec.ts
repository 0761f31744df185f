import { AuditModule } from '@concordat-app/audit';
import { RecordsModule } from '@concordat-app/records';
import { addDays, civilDate } from '@concordat/clocks';
import { eventually, startApp, type TestApp } from '@concordat/testing';
import { opened, PeersStandIn, staff } from '../../opened.testing';

describe('the alert of an emergency opening', () => {
  const referrals = new PeersStandIn();
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp([RecordsModule, AuditModule], { CONCORDAT_URLS: await referrals.start() });
  });
  afterAll(async () => {
    await app.stop();
    await referrals.stop();
  });

  it('BRK-7: when it cannot be delivered access stands, and it is tried again until it is delivered, once', async () => {
    const { caseId } = await opened(app, referrals);
    const amina = app.as('amina');
    const { reference } = (await amina.get(`/api/records/cases/${caseId}`)).body as { reference: string };
    const terms = {
      kind: 'colleague',
      named: [staff('amina')],
      reviewOn: addDays(civilDate(new Date()), 30),
      reason: 'x',
    };
    const restricted = await amina.post(`/api/records/cases/${caseId}/restrictions`, terms, { version: 1 });
    expect(restricted.status).toBe(201);
    // Nothing of this context's gets to whoever is to be told.
    await app.sql(`CREATE FUNCTION audit.unreachable() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'unreachable'; END $$;
      CREATE TRIGGER unreachable BEFORE INSERT ON audit.inbox FOR EACH ROW WHEN (NEW.source = 'records') EXECUTE FUNCTION audit.unreachable()`);
    const asked = { case: reference, ground: 'life-at-risk', reason: 'A call from the house' };
    const { status, body } = await app.as('tomas').post('/api/records/break-glass', asked);
    expect(status).toBe(201);
    expect((await app.as('tomas').get(`/api/records/cases/${caseId}`)).status).toBe(200);
    // The notice itself is a row of the same transaction: the owner's leads see it whatever becomes of the event.
    const notices = (await amina.get('/api/records/break-glass?limit=100')).body.items as { id: string }[];
    expect(notices.map((n) => n.id)).toContain(body.id);
    const delivered = () =>
      app.sql<{ version: number }>(
        "SELECT last_version::int AS version FROM audit.stream_cursor WHERE source = 'records' AND stream_id = $1",
        [body.id],
      );
    expect(await delivered()).toEqual([]);
    await app.sql('DROP TRIGGER unreachable ON audit.inbox; DROP FUNCTION audit.unreachable()');
    await eventually(async () => (await delivered()).length > 0, { timeoutMs: 60_000 });
    expect(await delivered()).toEqual([{ version: 1 }]);
    expect(await app.sql('SELECT 1 FROM records.outbox WHERE stream_id = $1', [body.id])).toHaveLength(1);
  }, 90_000);
});
