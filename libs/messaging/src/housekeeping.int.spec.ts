import { newId } from '@concordat/contracts';
import { createLogger } from '@concordat/platform';
import { eventually } from '@concordat/testing';
import { Housekeeping, KEPT_DAYS } from './housekeeping';
import { Rig } from './rig.contract';
import { EmbeddedTransport } from './transports/embedded';

describe('Housekeeping', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.build({ open: () => new EmbeddedTransport() });
  });
  afterAll(() => rig?.destroy());

  const keys = async (): Promise<string[]> =>
    (await rig.referrals.query<{ key: string }>('SELECT key FROM idempotency ORDER BY key')).map((r) => r.key);

  it('forgets the keys of commands older than they may be sent again, however many, and no others', async () => {
    await rig.referrals.query(
      `INSERT INTO idempotency (actor_id, key, request_digest, reply, created_at)
       SELECT $1::uuid, 'old-' || n, '\\x00'::bytea, '{}'::json, now() - make_interval(days => $2::int, secs => 1) FROM generate_series(1, 2500) n
       UNION ALL SELECT $1::uuid, 'young', '\\x00'::bytea, '{}'::json, now() - make_interval(days => $2::int) + interval '1 minute'`,
      [newId(), KEPT_DAYS],
    );
    const housekeeping = new Housekeeping('referrals', rig.referrals.pool, createLogger('rig', 'silent'));
    housekeeping.start();
    try {
      await eventually(async () => expect(await keys()).toEqual(['young']));
    } finally {
      await housekeeping.stop();
    }
  });
});
