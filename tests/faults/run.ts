import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { collect } from './evidence/collect';
import type { Evidence } from './evidence/evidence';
import { healedBy, type Healed } from './evidence/healed';
import { pinPolicy } from './evidence/ledger';
import { comesToRest } from './evidence/rest';
import type { Planned } from './fault';
import type { Protection } from './inside/settings';
import { check } from './invariants/check';
import type { Finding } from './invariants/finding';
import { Canaries } from './load/canaries';
import { Client } from './load/client';
import { History } from './load/history';
import { Operations } from './load/operations';
import { Population } from './load/population';
import { PersonaTokens } from './load/tokens';
import { WebhookConsumer } from './load/webhook-consumer';
import { witness } from './load/witness';
import type { Options } from './options';
import { costs, outagesOf, type Cost } from './outages';
import { Inflictor, type Inflicted } from './platform/inflict';
import { mend } from './platform/mend';
import type { Platform } from './platform/platform';
import { Random } from './random';

/** How long everything may take to come to rest after the last fault was healed. A miss is a failure of liveness. */
const REST_MS = 120_000;
/** How long clients go on asking after a command whose outcome they do not know, once the faults are over. */
const SETTLE_MS = 30_000;

/** Long enough for the witness to look once more. */
const WITNESS_MS = 1_500;

export interface Result {
  readonly findings: readonly Finding[];
  readonly evidence: Evidence;
  readonly inflicted: readonly Inflicted[];
  readonly costs: readonly Cost[];
  readonly healed: readonly Healed[];
  /** Processes that ended without being asked to. */
  readonly unasked: readonly string[];
  readonly seconds: { readonly load: number; readonly rest: number };
  /** What came to rest last, which is where the time went. */
  readonly lastToRest: string;
}

/** What a run needs beside its options. `damage` is done once everything is at rest: what a control breaks by hand. */
export interface Course {
  readonly schedule: readonly Planned[];
  readonly without: readonly Protection[];
  readonly damage?: (platform: Platform) => Promise<void>;
  readonly restMs?: number;
  /** What to do after the load and before waiting: such as making a loss look old enough to be healed. */
  readonly afterLoad?: (platform: Platform) => Promise<void>;
}

export interface Place {
  readonly dir: string;
  readonly built: (path: string) => string;
  readonly say: (line: string) => void;
}

/** run puts load and faults on a platform that is ready, heals it, waits until all is at rest, and checks what is left. */
export async function run(platform: Platform, options: Options, course: Course, place: Place): Promise<Result> {
  const { dir, say } = place;
  const random = new Random(options.seed);
  const canaries = new Canaries(random.fork('canaries'));
  const history = new History(join(dir, 'history.jsonl'));
  const tokens = new PersonaTokens(platform.tokens, () => `${platform.directUrlOf('identity')}/api/identity/me`);
  await Promise.all((['referrer', 'lead', 'auditor', 'administrator'] as const).map((persona) => tokens.of(persona)));
  const policy = await pinPolicy(platform.directUrlOf('audit'), dir);
  const example = JSON.parse(readFileSync('packs/demo/referral.example.json', 'utf8')) as Record<string, unknown>;
  const consumer = new WebhookConsumer(platform, random.fork('consumer'));
  await consumer.subscribe(tokens);
  const operations = new Operations(new Population(), canaries, example);

  const [stop, giveUp, looked] = [new AbortController(), new AbortController(), new AbortController()];
  const [start, origin] = [performance.now(), Date.now()];
  const clients = Array.from({ length: options.clients }, (_, i) =>
    new Client(i, random.fork(`client ${i}`), operations, history, {
      urlOf: (service) => platform.urlOf(service),
      tokens,
    }).run(stop.signal, giveUp.signal),
  );
  const watching = witness(() => `${platform.urlOf('audit')}/api/audit/checkpoint`, history, looked.signal);
  const inflictor = new Inflictor(platform, random.fork('choices'), (line) =>
    say(`${((Date.now() - origin) / 1000).toFixed(1).padStart(7)} s  ${line}`),
  );
  const inflicting = course.schedule.map(async ({ atMs, fault }) => {
    await delay(Math.max(0, start + atMs - performance.now()));
    await inflictor.inflict(fault);
  });
  await delay(options.seconds * 1000);
  await Promise.all(inflicting);
  const unwell = await mend(platform, course.restMs ?? REST_MS);
  stop.abort();
  setTimeout(() => giveUp.abort(), SETTLE_MS).unref();
  await Promise.all(clients);
  say('the load is over and everything was mended; waiting for rest');
  consumer.recover();
  await course.afterLoad?.(platform);
  const rested = performance.now();
  const { restless, last } = await comesToRest(platform, course.restMs ?? REST_MS);
  const rest = (performance.now() - rested) / 1000;
  // The witness looks until everything is sealed: what is cut off then can be missed by somebody.
  await delay(WITNESS_MS);
  looked.abort();
  await watching;
  await course.damage?.(platform);
  const outages = outagesOf(inflictor.done);
  const verifier = place.built('tools/verify-ledger/main.js');
  const evidence = await collect({
    ...{ platform, history, canaries, tokens, outages, policy, verifier, dir, say },
    webhooks: await consumer.evidence(),
    faults: inflictor.done,
    restless: [unwell, restless].filter((each) => each !== null).join('; ') || null,
  });
  await consumer.close();
  history.close();
  return {
    findings: check(evidence),
    evidence,
    inflicted: inflictor.done,
    costs: costs(history.lines, inflictor.done, origin, start),
    healed: await healedBy(platform),
    unasked: [...platform.children.values()].flatMap((child) =>
      child.unasked.map(
        ({ code, signal, at }) =>
          `${child.spec.name} ended with ${code ?? signal} at ${((at - origin) / 1000).toFixed(1)} s`,
      ),
    ),
    seconds: { load: options.seconds, rest: Math.round(rest * 10) / 10 },
    lastToRest: last,
  };
}
