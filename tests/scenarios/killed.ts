import { Visitors } from '@concordat-app/all-in-one';
import { eventually } from '@concordat/testing';
import { setTimeout as delay } from 'node:timers/promises';
import { pin, proveTheLedger, type Pinned } from '../../tools/demo/proof';
import type { Platform } from '../../tools/services/platform';
import type { Services } from '../../tools/services/start';
import { gapsOf, settled } from './curtain';
import { effectsOf, keptOf } from './kept';
import { Load } from './load';
import { mode, sharedPlatform } from './platform';

/** In one process, that process with everything in it; in services, each in turn. */
const VICTIMS = mode === 'embedded' ? ['all-in-one'] : ['identity', 'referrals', 'records', 'audit'];
const BURST = mode === 'embedded' ? 200 : 60;
const OUTAGE_MS = 20_000;

describe(`what was acknowledged, under kill -9 (${mode})`, () => {
  let platform: Platform;
  let pinned: Pinned;

  beforeAll(async () => {
    platform = await sharedPlatform();
    pinned = await pin(new Visitors(platform).as('erin'));
  }, 180_000);

  /** Each command answered for is there once with its event, its effects and its entry, and nothing else is. */
  async function allIsKept({ acknowledged }: Load): Promise<void> {
    await settled(platform);
    const n = acknowledged.length;
    expect(await keptOf(platform, acknowledged)).toEqual({ keys: n, events: n, entries: n });
    const ids = acknowledged.filter((a) => a.action === 'submit').map((a) => a.referralId);
    const cases = acknowledged.filter((a) => a.action === 'accept').length;
    expect(new Set(ids).size).toBe(ids.length);
    expect(await effectsOf(platform, ids)).toEqual({
      ...{ referrals: ids.length, findable: ids.length, applied: ids.length },
      ...{ cases, shared: cases },
    });
    expect(await gapsOf(platform)).toEqual({ streams: 0, acts: 0, log: 0, twice: 0 });
  }

  // What they were answered for is looked for once, when each has died: to settle takes longer than to die.
  let deaths: Load | undefined;
  it.each(VICTIMS)(
    `is answered for in the end when %s dies in the middle of ${BURST} concurrent referrals`,
    async (victim) => {
      const load = (deaths ??= new Load(platform));
      await load.arrive();
      const before = load.acknowledged.length;
      const sending = load.burst(BURST);
      await eventually(() => load.acknowledged.length >= before + BURST / 4, { timeoutMs: 60_000, everyMs: 1 });
      expect(load.underWay).toBeGreaterThan(0);
      await platform.kill(victim, 'SIGKILL');
      await platform.start(victim);
      await sending;
      expect(load.acknowledged.length - before).toBeGreaterThanOrEqual(BURST);
    },
    150_000,
  );

  it(`is neither lost nor doubled by the death of ${VICTIMS.join(', ')}`, async () => {
    expect(deaths!.acknowledged.length).toBeGreaterThanOrEqual(BURST * VICTIMS.length);
    await allIsKept(deaths!);
  }, 150_000);

  // In one process there is no broker to lose.
  if (mode === 'services') {
    it(`is neither lost nor doubled when Kafka is gone for ${OUTAGE_MS / 1000} s under load`, async () => {
      const { kafka } = platform as Services;
      const load = new Load(platform);
      await load.arrive();
      let going = true;
      const sending = load.steadily(4, () => going);
      await eventually(() => load.acknowledged.length >= 20, { timeoutMs: 60_000 });
      await kafka!.kill();
      const before = load.acknowledged.length;
      await delay(OUTAGE_MS); // the outage itself is the condition
      expect(load.acknowledged.length).toBeGreaterThan(before); // a dead broker keeps nobody from referring
      await kafka!.start();
      await eventually(() => load.acknowledged.length >= before + 40, { timeoutMs: 60_000 });
      going = false;
      await sending;
      await allIsKept(load);
    }, 240_000);
  }

  it('leaves a log that verifies offline, from the checkpoint of before', async () => {
    // An export reaches as far as the last signed checkpoint, which comes some seconds after the entries.
    await eventually(
      async () => {
        const note = await (await fetch(platform.urlOf('/api/audit/checkpoint'))).text();
        expect(Number(note.split('\n')[1])).toBeGreaterThan(BURST);
      },
      { timeoutMs: 30_000 },
    );
    expect(await proveTheLedger(new Visitors(platform).as('erin'), pinned)).toBeGreaterThan(BURST);
  }, 60_000);
});
