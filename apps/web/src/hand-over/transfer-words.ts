import type { KeptPart } from '@concordat/contracts';
import type { Names } from '../apis/directory';
import type { Owner, Transfer } from '../apis/transfers';
import { dateTimeOf } from '../design/filters';

const KEPT: Readonly<Record<KeptPart, string>> = {
  contributor: 'It goes on working on the case',
  reader: 'It goes on reading the case',
  nothing: 'It sees the case no more',
};
export const KEPT_PARTS = Object.entries(KEPT).map(([value, text]) => ({ value, text }));
export const KEPT_DEFAULT: KeptPart = 'contributor';

const HOW: Readonly<Record<Owner['how'], string>> = {
  opened: 'Opened the case',
  assigned: 'Was given the case',
  transferred: 'Took over the case',
};

/** What a transfer's agency keeps, in words. */
export const keptText = (code: string | undefined): string =>
  code && Object.hasOwn(KEPT, code) ? KEPT[code as KeptPart] : '';

/** The staff that a transfer names. */
export const staffIn = (t: Transfer) => [t.fromId, t.toId, t.answeredBy, t.endedBy];

/** Whom a case goes to, in words. */
export const takerOf = (t: Transfer, names: Names): string =>
  t.outsideBody ?? `${names.person(t.toId)}, ${names.organisation(t.toOrg)}`;

/** When it was asked for or offered, whichever came last. */
export const madeAt = (t: Transfer): string => t.offeredAt ?? t.requestedAt ?? '';

/** A transfer as rows: the parties, what was said, and how it came out. */
export function transferRows(t: Transfer, names: Names): { key: string; value: string }[] {
  const when = (at: string | null, by: string | null): string =>
    at ? [dateTimeOf(at), by ? names.person(by) : ''].filter(Boolean).join(', by ') : '';
  const rows: [string, string | null][] = [
    ['Case', t.reference],
    ['Owner', `${names.person(t.fromId)}, ${names.organisation(t.fromOrg)}`],
    ['To', takerOf(t, names)],
    ['Asked for', t.requestedAt && dateTimeOf(t.requestedAt)],
    ['Why they asked', t.requestReason],
    ['Offered', t.offeredAt && dateTimeOf(t.offeredAt)],
    ['Why', t.requestReason === t.reason ? null : t.reason],
    ['What the owner’s agency keeps', t.offeredAt ? keptText(t.keep) : null],
    ['Agreement', t.isa ?? null],
    ['Answered', when(t.answeredAt, t.answeredBy)],
    ['Reason given', t.answerReason],
    ['Taken back', when(t.endedAt, t.endedBy)],
  ];
  return rows.flatMap(([key, value]) => (value ? [{ key, value }] : []));
}

/** Who owned a case since when, the newest first. */
export const ownersShown = (owners: readonly Owner[], names: Names) =>
  owners.toReversed().map((o) => ({
    who: `${names.person(o.ownerId)}, ${names.organisation(o.orgId)}`,
    from: o.from,
    to: o.to,
    how: HOW[o.how],
  }));
