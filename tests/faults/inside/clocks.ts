import { Practice } from '../../../apps/referrals/src/practice';
import { patch } from './patch';

/** Triage clocks of seconds instead of hours, so that many run out within a run. When one is due is the database's matter. */
export function shortClocks([from, to]: readonly [number, number]): void {
  patch(Practice.prototype, 'decideBy', () => () => ({
    dueAt: new Date(Date.now() + 1000 * (from + Math.random() * (to - from))),
    rule: 'faults@1',
  }));
}
