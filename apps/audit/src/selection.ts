import { endOfDay, startOfDay } from '@concordat/clocks';
import {
  actionsOfKind,
  Invalid,
  type Action,
  type ActKind,
  type ActOutcome,
  type FieldProblem,
} from '@concordat/contracts';
import type { MentionKind } from './act-leaf';
import { agreementMention } from './under-agreement';

/** What a reader asked for, as the trail and an export both take it. */
export interface Asked {
  readonly case?: string;
  readonly person?: string;
  readonly user?: string;
  readonly agency?: string;
  /** The agreement's own id, without a version. */
  readonly agreement?: string;
  readonly kind?: ActKind;
  readonly from?: string;
  readonly to?: string;
  readonly action?: Action;
  readonly outcome?: ActOutcome;
}

/** Acts that name, in a certain way, one of some ids. */
export interface Handle {
  readonly kind: MentionKind;
  readonly ids: readonly string[];
}

/** Which acts: those that every handle finds, within the times (both included), of one of the actions and of that outcome. */
export interface Selection {
  readonly handles: readonly Handle[];
  readonly from?: Date;
  readonly to?: Date;
  readonly actions?: readonly Action[];
  readonly outcome?: ActOutcome;
  /** Restricted records that are closed to the reader: acts that concern one of them are not among those chosen. */
  readonly closed?: readonly string[];
}

/**
 * selectionOf reads what was asked. `sameCase` are the records that a case's trail includes: the case, and the referral
 * that it came from. The handle that is likely to find least comes first. @throws Invalid for a date that is none.
 */
export function selectionOf(asked: Asked, sameCase: readonly string[]): Selection {
  const handles: Handle[] = [];
  if (asked.person) handles.push({ kind: 's', ids: [asked.person] });
  if (asked.case) handles.push({ kind: 'o', ids: sameCase });
  if (asked.user) handles.push({ kind: 'u', ids: [asked.user] });
  if (asked.agreement) handles.push({ kind: 'g', ids: [agreementMention(asked.agreement)] });
  if (asked.agency) handles.push({ kind: 'a', ids: [asked.agency] });
  const problems: FieldProblem[] = [];
  const time = (field: 'from' | 'to'): Date | undefined => {
    const text = asked[field];
    if (text === undefined) return undefined;
    const at = instant(text, field === 'to');
    if (at === undefined)
      problems.push({ field, code: 'not-a-date', message: 'Give a date such as 2026-11-24, or a time in UTC' });
    return at;
  };
  const from = time('from');
  const to = time('to');
  if (from && to && from > to)
    problems.push({ field: 'to', code: 'before-from', message: 'The end must not be before the beginning' });
  if (problems.length > 0) throw new Invalid(problems);
  const { actions, outcome } = doing(asked);
  return {
    handles,
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
    ...(actions ? { actions } : {}),
    ...(outcome ? { outcome } : {}),
  };
}

/**
 * What was to have been done, and how it ended. Who read is who was let: a kind means what was done, unless an outcome is asked
 * for as well, and `refused` is whatever was not let.
 */
function doing({ kind, action, outcome }: Asked): Pick<Selection, 'actions' | 'outcome'> {
  if (kind === undefined) return { ...(action ? { actions: [action] } : {}), ...(outcome ? { outcome } : {}) };
  if (kind === 'refused') return { ...(action ? { actions: [action] } : {}), outcome: 'denied' };
  const actions = actionsOfKind(kind).filter((a) => action === undefined || a === action);
  return { actions, outcome: outcome ?? 'done' };
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?Z$/;

/** A day means the day in London, from its first instant to its last; a time is UTC and means itself. */
function instant(text: string, end: boolean): Date | undefined {
  try {
    if (DAY.test(text)) return end ? endOfDay(text) : startOfDay(text);
  } catch {
    return undefined;
  }
  const at = new Date(text);
  if (!TIME.test(text) || Number.isNaN(at.getTime())) return undefined;
  return at.toISOString().startsWith(text.slice(0, 10)) ? at : undefined; // 30 February is not a date
}

/**
 * assertBounded refuses an archive query that nobody could answer for: it names at least one date, and one user or one
 * complete subject (acceptance.md AUD-16). @throws Invalid `export.unbounded`.
 */
export function assertBounded(selection: Selection): void {
  const dated = selection.from !== undefined || selection.to !== undefined;
  const named = selection.handles.some((h) => h.kind !== 'a');
  if (dated && named) return;
  const message = 'Give at least one date, and one user, person, case or agreement';
  throw new Invalid([{ field: '', code: 'export.unbounded', message }], 'export.unbounded');
}
