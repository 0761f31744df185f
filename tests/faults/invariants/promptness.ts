import type { Evidence, Outage } from '../evidence/evidence';
import { Examination, type Finding } from './finding';

/** A sweep runs every ten seconds (events.md D3); on a busy machine it may take a few more. */
const TARGET_MS = 15_000;

/**
 * I9: every triage clock fired once, not early, and in time but for outages. What the register has of them is told of by events,
 * which outages hold up: of these that they fired, once and not early.
 */
export function deadlines({ clocks, register, outages, takenAt }: Evidence): Finding {
  const i9 = new Examination('I9', 'every deadline fired once, not early, within its target plus outages');
  for (const { referral, dueAt, stoppedAt, firedAt, firedStopped } of clocks) {
    const what = `the clock of ${referral}`;
    const [first] = firedAt;
    if (first === undefined) {
      const until = stoppedAt ?? takenAt;
      if (dueAt > until) continue; // it was not due, or stopped before: nothing to examine
      i9.look(until > dueAt + allowed(outages, dueAt, until) && `${what} was due and never fired`);
    } else if (firedAt.length > 1) i9.look(`${what} fired ${firedAt.length} times`);
    else if (first < dueAt) i9.look(`${what} fired ${dueAt - first} ms early`);
    else if (firedStopped > 0) i9.look(`${what} fired after it was stopped`);
    else i9.look(first > dueAt + allowed(outages, dueAt, first) && `${what} fired ${first - dueAt} ms late`);
  }
  for (const { id, dueAt, firedAt, pending, firings } of register) {
    const what = `the deadline ${id} of the register`;
    if (pending) i9.look(`${what} was due and never fired`);
    else if (firings !== (firedAt === null ? 0 : 1)) i9.look(`${what} fired ${firings} times`);
    else i9.look(firedAt !== null && firedAt < dueAt && `${what} fired ${dueAt - firedAt} ms early`);
  }
  return i9.finding();
}

/** The target, and what of the time between was lost to outages. Those that overlap count once. */
function allowed(outages: readonly Outage[], from: number, to: number): number {
  let lost = 0;
  let counted = from;
  for (const outage of [...outages].sort((a, b) => a.from - b.from)) {
    const start = Math.max(outage.from, counted);
    const end = Math.min(outage.to, to);
    if (end <= start) continue;
    lost += end - start;
    counted = end;
  }
  return TARGET_MS + lost;
}

/** So many of a run's faults may meet each other in a way that keeps one of them from being inflicted. */
const MISSED_SHARE = 0.2;

/** L3: the faults of the schedule were inflicted. Without that, everything else holds for nothing. */
export function tookHold({ faults }: Evidence): Finding {
  const l3 = new Examination('L3', 'the faults were inflicted as planned, but for a fifth at most');
  const missed = faults.filter((f) => f.trouble !== null);
  for (const { says, trouble } of faults)
    l3.look(trouble !== null && missed.length > faults.length * MISSED_SHARE && `${says}: ${trouble}`);
  return l3.finding();
}

/** I12: no canary got out. */
export function personalData({ searched, canariesAtHome }: Evidence): Finding {
  const i12 = new Examination('I12', 'no seeded name, birth date or NHS number in topics, queues or logs');
  if (canariesAtHome === 0) i12.look('the canaries are not even where they belong');
  if (!searched.some((s) => s.bytes > 0)) i12.look('nothing was searched');
  for (const { place, found } of searched)
    i12.look(found.length > 0 && `${place} holds ${found.length} canaries, such as the one of ${found[0]}`);
  return i12.finding();
}

/** Liveness: everything came to rest within the limit, after the last fault was healed. */
export function rest({ restless }: Evidence): Finding {
  const l2 = new Examination('L2', 'with every fault healed, everything came to rest within the limit');
  l2.look(restless);
  return l2.finding();
}
