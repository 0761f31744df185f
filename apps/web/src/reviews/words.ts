import type { ClockForce } from '@concordat/contracts';
import type { ReviewClock } from '../apis/reviews';
import { civilDateOf } from '../design/filters';

/** Where a time limit comes from, always in words beside it: what is not confirmed never looks like law. */
export const FORCES: Readonly<Record<ClockForce, { text: string; colour: string; hint: string }>> = {
  law: { text: 'Law', colour: 'purple', hint: 'Set by statute' },
  guidance: { text: 'National guidance', colour: 'blue', hint: 'Set by national guidance' },
  local: { text: 'Local procedure', colour: 'grey', hint: 'Set by this area' },
  unverified: {
    text: 'Not confirmed',
    colour: 'yellow',
    hint: 'Not confirmed against official text. It is no legal deadline',
  },
};

const UNITS = {
  month: 'month',
  workingDay: 'working day',
  calendarDay: 'day',
  period: 'month reporting period',
  asap: '',
};

/** How long a limit is, in words: `6 months after`, `1 month beginning with`, `As soon as possible after`. */
export function lengthOf({
  unit,
  value,
  mode,
}: {
  unit: ReviewClock['unit'];
  value?: number | null;
  mode: string;
}): string {
  if (unit === 'asap') return 'As soon as possible after';
  if (!value) return 'Not set by this area, after';
  if (unit === 'period') return `By the end of the next ${value}-month period after`;
  return `${value} ${UNITS[unit]}${value === 1 ? '' : 's'} ${mode === 'after' ? 'after' : 'beginning with'}`;
}

/** How a clock stands, in words and not by colour alone. */
export function standingOf(clock: ReviewClock): { text: string; colour: string } {
  if (clock.unset) return { text: 'Not set by this area', colour: 'grey' };
  switch (clock.status) {
    case 'overdue':
      return { text: `Overdue by ${days(clock.daysOverOriginal, clock)}`, colour: 'red' };
    case 'met':
      return { text: 'Met', colour: 'green' };
    case 'metLate':
      return { text: 'Met late', colour: 'orange' };
    case 'unanchored':
      return { text: 'Cannot be computed', colour: 'yellow' };
    case 'notApplicable':
      return { text: 'Does not arise', colour: 'grey' };
    case 'running':
      if (clock.mayBeLate) return { text: 'May be overdue', colour: 'orange' };
      return clock.paused ? { text: 'Paused', colour: 'blue' } : { text: 'Running', colour: 'blue' };
  }
}

/** Against the latest date: what is agreed later is overdue from then on. */
function days(overOriginal: number | null, { due, original }: ReviewClock): string {
  const agreed = due && original ? (Date.parse(due.latest) - Date.parse(original.latest)) / 86_400_000 : 0;
  const count = (overOriginal ?? 0) - agreed;
  return `${count} day${count === 1 ? '' : 's'}`;
}

/** By when, with how exactly that is known. */
export function dueText({ due, unit, status, unset, from }: ReviewClock): string {
  if (unset) return 'No date';
  if (status === 'unanchored') return `“${from}” is not recorded`;
  if (unit === 'asap') return 'As soon as possible';
  if (!due) return 'No date';
  return due.earliest === due.latest
    ? civilDateOf(due.latest)
    : `Between ${civilDateOf(due.earliest)} and ${civilDateOf(due.latest)}`;
}

/** Days used against the original limit: `120 of 183 days`. */
export function usedText({ daysUsed, daysAllowed }: ReviewClock): string {
  if (daysUsed === null) return '';
  return daysAllowed === null ? `${daysUsed} days old` : `${daysUsed} of ${daysAllowed} days`;
}

/** What a change of a review was. */
export const CHANGES: Readonly<Record<string, string>> = {
  registered: 'Registered',
  date: 'Date recorded',
  'dates-allowed': 'Dates out of order explained',
  notice: 'Notice recorded',
  confirmation: 'Confirmed',
  decision: 'Decision recorded',
  step: 'Step taken',
  pause: 'Paused',
  resumption: 'Resumed',
  extension: 'Later date agreed',
  'member-named': 'Somebody named',
  'member-released': 'Somebody no longer named',
  'panel-appointed': 'Somebody appointed to the panel',
  'independence-declared': 'Independence declared',
  'appointment-ended': 'Appointment ended',
  complaint: 'Complaint added to the ledger',
  meeting: 'Meeting recorded',
  'meeting-planned': 'Meeting planned',
  'meeting-called-off': 'Meeting called off',
  apology: 'Apologies sent',
  terms: 'Terms of reference drafted',
  'agencies-asked': 'Agencies asked',
  'person-mapped': 'Somebody protected',
  'file-scanned': 'A file looked through',
  'hit-cleared': 'Something found said to be nothing',
  'file-released': 'A file released',
  'file-withdrawn': 'A file withdrawn',
  'quality-letter': 'Quality letter recorded',
  'quality-answer': 'A point of the quality letter answered',
  'publication-decided': 'Decided on publication',
  'central-copy': 'A central copy recorded',
  'copy-acknowledged': 'A central copy acknowledged',
  published: 'Published',
  linked: 'Another review linked',
  'management-review': 'Individual management review taken further',
  'kinds-tested': 'Every kind of review tested',
  'kind-moved': 'Moved to another version of its kind',
  'quality-submission': 'The package sent to the quality panel',
  'family-person': 'Somebody entered in the family log',
  'family-contact': 'A contact with the family recorded',
  'chronology-item': 'Evidence given by an agency',
  'chronology-linked': 'Two entries found to be one event',
  'chronology-frozen': 'The combined chronology frozen',
  'chronology-corrected': 'An entry of the chronology corrected',
  appeal: 'An appeal received',
  'appeal-decided': 'An appeal decided',
  'outcome-letter': 'A letter written',
  'outcome-letter-sent': 'A letter sent',
  'data-kept': 'Data for a central body recorded',
  'agency-returned': 'An agency’s answer recorded',
  'agency-chased': 'An agency that has not answered followed up',
};

export const ANSWERS: Readonly<Record<string, string>> = { yes: 'Yes', no: 'No', unknown: 'Not known' };
