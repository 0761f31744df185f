import { Unavailable } from '@concordat/platform';
import { eventually } from '@concordat/testing';
import { Rig } from './rig.contract';
import { EmbeddedTransport } from './transports/embedded';

describe('Worker', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.build({ open: () => new EmbeddedTransport() });
    await rig.start();
  });
  afterAll(() => rig?.destroy());

  it('waits for a part of the system for as long as it is away, and parks nothing (C5)', async () => {
    const id = await rig.submit();
    let tries = 0;
    rig.interfere = (event) => {
      if (event.streamId === id && event.version === 2n && ++tries <= 12)
        throw new Unavailable('service.unreachable', 'Another part of the system cannot be reached');
    };
    await rig.accept(id);
    const hasten = `UPDATE inbox SET next_attempt_at = '-infinity' WHERE stream_id = $1`;
    await eventually(
      async () => {
        await rig.records.query(hasten, [id]);
        expect(tries).toBe(13);
      },
      { timeoutMs: 20_000 },
    );
    await rig.shows(id, ['1 submitted', '2 accepted']);
    expect(await rig.cursor(id)).toEqual({ last: 2, parked: null });
  });

  it('lets others go on when one of a batch fails again and again for a passing reason, and parks nothing (C5)', async () => {
    const ids = await Promise.all(Array.from({ length: 9 }, () => rig.submit()));
    for (const id of ids) await rig.shows(id, ['1 submitted']);
    await rig.records.worker.stop();
    for (const id of ids) await rig.rate(id);
    const [culprit, ...others] = ids as [string, ...string[]];
    let healed = false;
    rig.interfere = (event) => {
      if (event.streamId === culprit && event.version === 2n && !healed) throw new Unavailable('busy', 'Not now');
    };
    await eventually(async () =>
      expect(await rig.records.query('SELECT 1 FROM inbox WHERE stream_id = ANY($1)', [ids])).toHaveLength(9),
    );
    rig.records.worker.start();
    for (const id of others) await rig.shows(id, ['1 submitted', '2 rated']);
    expect(await rig.cursor(culprit)).toEqual({ last: 1, parked: null });
    healed = true;
    await rig.shows(culprit, ['1 submitted', '2 rated']);
    expect(await rig.cursor(culprit)).toEqual({ last: 2, parked: null });
  });

  it('lets go on what a version before could not read and it can, on record, and nothing else that is parked (C6)', async () => {
    const [unknown, broken] = [await rig.submit(), await rig.submit()];
    for (const id of [unknown, broken]) await rig.shows(id, ['1 submitted']);
    await rig.records.worker.stop();
    for (const id of [unknown, broken]) await rig.rate(id);
    // As the version before leaves them.
    const park = 'UPDATE stream_cursor SET parked_reason = $2, parked_at = now() WHERE stream_id = $1';
    await rig.records.query(park, [unknown, 'event.unknown-type']);
    await rig.records.query(park, [broken, 'handler.failed']);
    await eventually(async () =>
      expect(
        await rig.records.query('SELECT 1 FROM inbox WHERE stream_id = ANY($1)', [[unknown, broken]]),
      ).toHaveLength(2),
    );
    rig.records.worker.start();
    await rig.shows(unknown, ['1 submitted', '2 rated']);
    expect(await rig.cursor(broken)).toEqual({ last: 1, parked: 'handler.failed' });
    const released = (await rig.acts(rig.records)).filter((a) => a.data.action === 'stream.release');
    expect(released.map((a) => [a.data.actorRole, a.data.objects])).toEqual([
      ['system', [{ t: 'stream', id: unknown, ver: '2' }]],
    ]);
  });
});
