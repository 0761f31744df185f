import type { ViewItem } from '@concordat/contracts';
import type { Names } from '../apis/directory';
import type { HandOverPractice, OnwardReferral } from '../apis/hand-over';
import type { Titled } from '../apis/practice';
import { dateTimeOf } from '../design/filters';
import { PART_TITLES } from '../design/person-parts';
import type { Submitted } from '../design/submitted';

const OTHER_ITEMS: Readonly<Record<Exclude<ViewItem, keyof typeof PART_TITLES>, string>> = {
  relationships: 'How they are related',
  'safe-contact': 'Safe ways to make contact',
  'staff-risk': 'Risk to staff',
};
const ITEMS: Readonly<Record<ViewItem, string>> = { ...PART_TITLES, ...OTHER_ITEMS };

/** What a view shows, in one line. */
export const itemsText = (items: readonly ViewItem[]): string => items.map((i) => ITEMS[i].toLowerCase()).join(', ');

export const titleIn = (list: readonly Titled[], code: string | undefined): string =>
  code === undefined ? '' : (list.find((t) => t.code === code)?.title ?? code);

export const choicesOf = (list: readonly Titled[]) =>
  list.map(({ code, title, hint }) => ({ value: code, text: title, ...(hint ? { hint } : {}) }));

export const CONSENT = [
  { value: 'given', text: 'Yes' },
  { value: 'refused', text: 'No' },
  { value: 'not-asked', text: 'They were not asked' },
];

/** Whom a referral went to, in words. */
export const recipientOf = (r: OnwardReferral, names: Names): string =>
  r.outsideBody ?? `${names.person(r.toId)}, ${names.organisation(r.toOrg)}`;

/** The staff that a referral names. */
export const staffOf = (r: OnwardReferral) => [r.fromId, r.toId, r.answeredBy, r.endedBy];

/** A referral as rows: the parties and dates, then what was offered, as far as it is shown to the visitor's side. */
export function rowsOf(r: OnwardReferral, names: Names, practice: HandOverPractice): { key: string; value: string }[] {
  const when = (at: string | null, by: string | null): string =>
    at ? [dateTimeOf(at), by ? names.person(by) : ''].filter(Boolean).join(', by ') : '';
  const rows: [string, string | number | null | undefined][] = [
    ['From', `${names.person(r.fromId)}, ${names.organisation(r.fromOrg)}`],
    ['To', recipientOf(r, names)],
    ['Sent', dateTimeOf(r.offeredAt)],
    ['Answer by', r.state === 'offered' && r.respondBy ? dateTimeOf(r.respondBy) : ''],
    ['Case', r.reference],
    ['How soon', titleIn(practice.urgencies, r.urgency)],
    ['Why', r.reason],
    ['Purpose', titleIn(practice.purposes, r.purpose)],
    ['Legal basis', titleIn(practice.legalBases, r.legalBasis)],
    ['Agreement', r.isa],
    ['What is shown', r.items ? `${titleIn(practice.views, r.view)}: ${itemsText(r.items)}` : ''],
    ['Of how many people', r.people],
    ['Did the person agree?', CONSENT.find((c) => c.value === r.consent?.answer)?.text],
    ['Ground for sharing without consent', titleIn(practice.consentGrounds, r.consent?.ground)],
    ['Why without consent', r.consent?.reason],
    ['Answered', when(r.answeredAt, r.answeredBy)],
    ['Reason given', r.answerReason],
    ['Ended', when(r.endedAt, r.endedBy)],
    ['Note at the end', r.endNote],
  ];
  return rows.flatMap(([key, value]) => (value ? [{ key, value: String(value) }] : []));
}

/** What is looked over before it is sent, and the fields that hold it: for `check.njk`. */
export const lookedOver = (sent: Submitted, rows: readonly (readonly [string, string | undefined])[]) => ({
  answers: rows.flatMap(([key, value]) => (value ? [{ key, value }] : [])),
  fields: Object.entries(sent.values).flatMap(([name, value]) =>
    (typeof value === 'string' ? [value] : value).map((each) => ({ name, value: each })),
  ),
});
