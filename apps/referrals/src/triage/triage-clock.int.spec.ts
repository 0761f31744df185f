import { eventually, startApp, type Caller, type TestApp } from '@concordat/testing';
import { actsAbout, eventsOf, example, referred } from '../referred.testing';
import { ReferralsModule } from '../referrals.module';
import { TriageClockService } from './triage-clock.service';

const PASSED = 'referrals.triage-clock-passed.v1';

describe('the triage clock', () => {
  let app: TestApp;
  let amina: Caller;
  let clocks: TriageClockService;
  beforeAll(async () => {
    app = await startApp([ReferralsModule]);
    amina = app.as('amina');
    clocks = app.running.app.get(TriageClockService, { strict: false });
  });
  afterAll(() => app?.stop());

  const rated = () => referred(app, [[amina, 'ratings', { colour: 'red' }]]);
  const pull = (id: string) =>
    app.sql("UPDATE referrals.referral SET due_at = clock_timestamp() - interval '1 second' WHERE id = $1", [id]);
  const passed = async (id: string) => (await eventsOf(app, id)).filter((e) => e.type === PASSED);

  it('fires once, however often and at once it is told to, with one event and one act (D2)', async () => {
    const { id, path, version } = await rated();
    await pull(id);
    const fired = await Promise.all(Array.from({ length: 6 }, () => clocks.pass(id, 1)));
    expect(fired.filter(Boolean)).toHaveLength(1);
    expect(await passed(id)).toEqual([
      expect.objectContaining({
        data: expect.objectContaining({ referralId: id, colour: 'red', dueAt: expect.any(String) }),
      }),
    ]);
    expect((await actsAbout(app, id)).filter((a) => a.action === 'referral.pass-clock')).toEqual([
      expect.objectContaining({ outcome: 'done', actorRole: 'system' }),
    ]);
    const { body } = await amina.get(path);
    expect(body).toMatchObject({ version, overdue: true, status: 'rated' });
    expect(body.history[0]).toMatchObject({ what: 'clock-passed', to: 'red' });
    const decided = await amina.post(`${path}/decisions`, { outcome: 'accept' }, { version }); // nobody is put out by the clock
    expect(decided.status).toBe(201);
  });

  it('does not fire early, for another version, or once triage has ended', async () => {
    const early = await rated();
    expect(await clocks.pass(early.id, 1)).toBe(false);
    await pull(early.id);
    expect(await clocks.pass(early.id, 2)).toBe(false);
    await amina.post(
      `${early.path}/decisions`,
      { outcome: 'no-further-action', reason: 'duplicate' },
      { version: early.version },
    );
    expect(await clocks.pass(early.id, 1)).toBe(false);
    expect(await passed(early.id)).toEqual([]);
    expect((await actsAbout(app, early.id)).map((a) => a.action)).not.toContain('referral.pass-clock');
  });

  it('starts afresh with another colour', async () => {
    const { id, path, version } = await rated();
    await pull(id);
    expect(await clocks.pass(id, 1)).toBe(true);
    await amina.post(`${path}/ratings`, { colour: 'green', rationale: 'He was arrested' }, { version });
    expect((await amina.get(path)).body).toMatchObject({ overdue: false, colour: 'green' });
    await pull(id);
    expect(await clocks.pass(id, 2)).toBe(true);
    expect(await passed(id)).toHaveLength(2);
  });

  it('is found by the sweep alone, without any job (D3)', async () => {
    const several = [await rated(), await rated(), await rated()];
    await app.sql('DELETE FROM referrals.job_outbox');
    for (const { id } of several) await pull(id);
    await clocks.sweep();
    await clocks.sweep();
    for (const { id } of several) expect(await passed(id)).toHaveLength(1);
  });

  it('is punctual by its job', async () => {
    const { id, path, version } = await referred(app, [], example());
    await app.sql(
      "UPDATE referrals.referral SET received_at = received_at - interval '4 hours' + interval '1 second' WHERE id = $1",
      [id],
    );
    await amina.post(`${path}/ratings`, { colour: 'red' }, { version });
    expect(await passed(id)).toEqual([]);
    await eventually(async () => (await passed(id)).length === 1, { timeoutMs: 8_000 });
  });
});
