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
});
