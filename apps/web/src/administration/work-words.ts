import type { LongWork } from '../apis/long-works';
import { wordsOf } from '../design/filters';

const KINDS: Readonly<Record<string, string>> = {
  'export-cases': 'Export of cases',
  'export-people': 'Export of people',
  'bulk-assign': 'Cases given to a colleague',
  'bulk-transfer': 'Cases offered to another agency',
  'bulk-refer': 'Cases referred to another agency',
  'bulk-flag': 'Flags put on cases',
  import: 'Import',
  erasure: 'Erasure',
  'quarterly-pack': 'Pack for a board',
  minutes: 'Minutes of a meeting',
  rebuild: 'Figures counted anew',
};
export const kindOfWork = (kind: string): string => KINDS[kind] ?? wordsOf(kind);

/** Long enough that a claim has lapsed and a sweep has come by twice: work that stands still for longer needs a look. */
const STILL_MS = 5 * 60_000;

/** How a piece of work stands at `now`, in words. Pure. */
export function stateOfWork(work: LongWork, now: Date): { text: string; colour: string } {
  if (work.state === 'running' || work.state === 'matching') {
    const moved = new Date(work.movedAt ?? work.askedAt).getTime();
    return now.getTime() - moved > STILL_MS
      ? { text: 'Stands still', colour: 'red' }
      : { text: 'Under way', colour: 'blue' };
  }
  if (work.state === 'failed') return { text: 'Failed', colour: 'red' };
  return work.state === 'done' ? { text: 'Done', colour: 'green' } : { text: wordsOf(work.state), colour: 'grey' };
}

/** `3 of 12`, `12`, or nothing where there is nothing to count. */
export const progressOf = ({ done, total }: LongWork): string =>
  total === null ? String(done) : total === 0 ? '' : `${done} of ${total}`;

const WHY: Readonly<Record<string, string>> = {
  'member.unknown': 'Whoever asked is not a member any more',
  'role.not-entitled': 'Whoever asked may not do this any more',
  'rebuild.differed': 'The figures were not the same as before, and have been put right',
};
export const whyOf = ({ code }: LongWork): string | null => (code === null ? null : (WHY[code] ?? code));
