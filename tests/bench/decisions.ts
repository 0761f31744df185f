import { loadPacks } from '@concordat/packs';
import { decide, Declarations, Register, type DecisionRequest } from '@concordat/sharing';
import { parseArgs } from 'node:util';
import { isExpressible } from './decisions/cedar';
import { Generator } from './decisions/generator';
import { CedarSlices } from './decisions/slices';
import { round } from './load';
import type { Result } from './result';

const AGREEMENTS = 500;
/** As many as give each pair of them a handful of agreements, as agencies of a region have. */
const ORGANISATIONS = 60;
/** How often something is not as it should be: so that a good part is permitted, and every rule refuses something. */
const FAULT = 0.02;
const SEED = 20_261_129;
/** Turns that the two take, one after the other. */
const TURNS = 20;

/**
 * Decisions a second of one core, with reasons, among 500 agreements; and the same requests given to Cedar, in turns. Both must say the
 * same of each: whether it is permitted. What Cedar has no notion of is left out of the requests, as `decisions/cedar.ts` says.
 */
export async function decisions(argv: readonly string[]): Promise<Result> {
  const { values } = parseArgs({
    args: argv.filter((a) => a !== '--json'),
    options: { requests: { type: 'string', default: '100000' } },
    allowPositionals: true,
  });
  const wanted = Number(values.requests);
  const law = loadPacks('packs/england-wales').sharingLaw();
  const generator = new Generator(SEED, FAULT, ORGANISATIONS);
  const world = generator.world(AGREEMENTS, law);
  const requests: DecisionRequest[] = [];
  while (requests.length < wanted) {
    const request = generator.request(world);
    if (isExpressible(request)) requests.push(request);
  }
  const register = Register.of(world.agreements, law);
  const standing = { register, declarations: Declarations.of(world.declarations), auditDurable: true };
  const slices = new CedarSlices(world);
  const named = requests.map((request) => slices.prepare(request));

  const ours = (request: DecisionRequest): boolean => decide(request, standing).outcome === 'PERMIT';
  warmUp(requests, named, ours, slices);
  let [permitted, differ, ourMs, theirMs] = [0, 0, 0, 0];
  const share = Math.ceil(requests.length / TURNS);
  for (let turn = 0; turn < TURNS; turn++) {
    const part = requests.slice(turn * share, (turn + 1) * share);
    const began = performance.now();
    const said = part.map(ours);
    const between = performance.now();
    const theirs = part.map((request, i) => slices.decide(request, named[turn * share + i]!));
    theirMs += performance.now() - between;
    ourMs += between - began;
    said.forEach((each, i) => {
      if (each) permitted++;
      if (each !== theirs[i]) differ++;
    });
  }
  if (differ > 0) throw new Error(`Of ${requests.length} requests, ${differ} are decided otherwise by Cedar`);
  const times = each(requests, (request) => void ours(request));
  const theirTimes = each(requests, (request, i) => void slices.decide(request, named[i]!));
  const perSecond = (ms: number): number => Math.round(requests.length / (ms / 1000));
  return {
    name: 'decisions',
    metrics: {
      ...{ agreements: AGREEMENTS, versions: world.agreements.length, requests: requests.length, permitted },
      ...{ perSecond: perSecond(ourMs), p50us: at(times, 0.5), p99us: at(times, 0.99) },
    },
    baseline: {
      ...{ cedarPerSecond: perSecond(theirMs), cedarP50us: at(theirTimes, 0.5), cedarP99us: at(theirTimes, 0.99) },
      ...{ cedarSlices: slices.size },
    },
    ratio: { toCedar: round(theirMs / ourMs) },
  };
}

function warmUp(
  requests: readonly DecisionRequest[],
  named: readonly string[],
  ours: (request: DecisionRequest) => boolean,
  slices: CedarSlices,
): void {
  for (let i = 0; i < Math.min(20_000, requests.length); i++) {
    ours(requests[i]!);
    if (i < 5_000) slices.decide(requests[i]!, named[i]!);
  }
}

/** How long each took by itself, in microseconds, the shortest first. */
function each(
  requests: readonly DecisionRequest[],
  decided: (request: DecisionRequest, i: number) => void,
): Float64Array {
  const times = new Float64Array(requests.length);
  requests.forEach((request, i) => {
    const began = process.hrtime.bigint();
    decided(request, i);
    times[i] = Number(process.hrtime.bigint() - began) / 1_000;
  });
  return times.sort();
}

const at = (times: Float64Array, part: number): number => round(times[Math.floor(times.length * part)] ?? 0);
