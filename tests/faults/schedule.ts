import { failpoints } from '@concordat/platform';
import { describeFault, services, type Edge, type Fault, type NetworkEffect, type Planned, type Target } from './fault';
import type { Options } from './options';
import { Random } from './random';

/** The first seconds are left alone: there must be something to lose. So are the last, so that each fault meets load. */
const LEAD_MS = 2_500;
const TAIL_MS = 1_500;
/** Faults closer together than this would only ever meet a platform that is down. */
const LEAST_APART_MS = 2_500;
/** Longer than the session of a Kafka consumer (10 s): its partitions are given to others, and it wakes up expelled. */
const PAST_SESSION_MS = 13_000;

type Plan = Pick<Options, 'mode' | 'seed' | 'seconds' | 'brokers'> & { readonly like?: string | null };

/**
 * schedule says which faults happen when. The same seed, mode and length give the same schedule. Every failpoint comes first
 * into the choice, then one fault of each other kind, then anything, for as long as there is time.
 */
export function schedule(plan: Plan): Planned[] {
  const random = new Random(`${plan.seed}/schedule`);
  const room = plan.seconds * 1000 - LEAD_MS - TAIL_MS;
  const wished = (fault: Fault): boolean => !plan.like || describeFault(fault).includes(plan.like);
  const must = (plan.mode === 'embedded' ? embeddedMust(random) : servicesMust(random, plan)).filter(wished);
  const may = plan.mode === 'embedded' ? embeddedAny : servicesAny;
  const count = Math.max(1, Math.floor(room / LEAST_APART_MS));
  const wanted = Math.min(count, Math.max(must.length, Math.floor(room / 4_000)));
  const chosen = must.slice(0, wanted);
  for (let tries = 0; chosen.length < wanted && tries < 10_000; tries++) {
    const fault = may(random, plan);
    if (wished(fault)) chosen.push(fault);
  }
  const apart = room / wanted;
  return random
    .shuffled(chosen)
    .map((fault, i) => ({ atMs: Math.round(LEAD_MS + apart * (i + random.next() * 0.4)), fault }));
}

function embeddedMust(random: Random): Fault[] {
  const node = 'all-in-one' as const;
  const points = failpoints.filter((point) => point !== 'before-offset-commit');
  return [
    ...points.map((point) => failpointIn(random, node, point)),
    ...random.shuffled<Fault>([
      { kind: 'kill', target: node, downMs: random.between(0, 1_500) },
      { kind: 'terminate', target: node, downMs: random.between(0, 1_000) },
      { kind: 'kill', target: 'postgres', downMs: random.between(0, 1_000) },
      { kind: 'kill-backend' },
      { kind: 'pause', target: node, forMs: random.between(1_000, 5_000) },
      { kind: 'pause', target: 'postgres', forMs: random.between(1_000, 5_000) },
      { kind: 'republish', context: 'referrals', last: random.between(5, 60) },
      ...effects(random).map((does) => network(random, 'client->all-in-one', does)),
      ...effects(random).map((does) => network(random, 'all-in-one->postgres', does)),
    ]),
  ];
}

function embeddedAny(random: Random): Fault {
  const must = embeddedMust(random);
  return random.pick(must);
}

function servicesMust(random: Random, plan: Plan): Fault[] {
  const brokers = Array.from({ length: plan.brokers }, (_, i): Target => `kafka-${i}`);
  const long = plan.seconds >= 60;
  return [
    ...failpoints
      .filter((point) => point !== 'between-inboxes')
      .map((point, i) => failpointIn(random, i % 2 === 0 ? 'referrals' : 'records', point)),
    { kind: 'usurp', target: 'referrals', forMs: random.between(2_000, 4_000) },
    ...random.shuffled<Fault>([
      ...services.map((target): Fault => ({ kind: 'kill', target, downMs: random.between(0, 2_000) })),
      { kind: 'terminate', target: random.pick(services), downMs: random.between(0, 1_000) },
      { kind: 'kill', target: 'postgres', downMs: random.between(0, 1_000) },
      { kind: 'kill-backend' },
      { kind: 'kill', target: random.pick(brokers), downMs: random.between(500, 3_000) },
      { kind: 'kill', target: 'redis', downMs: random.between(0, 2_000) },
      { kind: 'pause', target: random.pick(['records', 'audit']), forMs: long ? PAST_SESSION_MS : 4_000 },
      { kind: 'pause', target: random.pick([...brokers, 'postgres', 'redis']), forMs: random.between(1_000, 5_000) },
      { kind: 'flush-redis' },
      { kind: 'republish', context: random.pick(['referrals', 'records']), last: random.between(5, 60) },
      { kind: 'forget-offsets', group: random.pick(['records', 'audit']) },
      ...effects(random).map((does) => network(random, random.pick(serviceEdges), does)),
    ]),
  ];
}

function servicesAny(random: Random, plan: Plan): Fault {
  return random.pick(servicesMust(random, plan));
}

const serviceEdges: readonly Edge[] = [
  'client->referrals',
  'client->records',
  'referrals->postgres',
  'records->postgres',
  'audit->postgres',
  'referrals->kafka',
  'records->kafka',
  'audit->kafka',
  'notifications->postgres',
  'notifications->kafka',
  'referrals->redis',
  'records->referrals',
  'records->identity',
  'referrals->identity',
];

const failpointIn = (random: Random, target: Target, point: (typeof failpoints)[number]): Fault => ({
  kind: 'failpoint',
  target,
  point,
  nth: random.between(3, point === 'after-commit' || point === 'inside-commit' ? 60 : 25),
});

const effects = (random: Random): NetworkEffect[] => [
  { effect: 'latency', ms: random.between(50, 400) },
  { effect: 'reset' },
  { effect: 'half-open' },
  { effect: 'one-way', lost: random.pick(['requests', 'replies']) },
  { effect: 'byte-limit', bytes: random.between(200, 20_000) },
];

const network = (random: Random, edge: Edge, does: NetworkEffect): Fault => ({
  kind: 'network',
  edge,
  does,
  forMs: random.between(800, 3_500),
});
