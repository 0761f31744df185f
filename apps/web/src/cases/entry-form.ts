import type { FieldProblem } from '@concordat/platform';
import type { EntryContent } from '../apis/chronology';
import type { Titled } from '../apis/practice';
import { dateParts } from '../design/form';
import { nameOf } from '../design/referral-sections';
import { compact, type Submitted } from '../design/submitted';
import type { OpenedCase } from './opened';

/** Reads an entry from a form. What cannot be read is among the form's errors. */
export function readEntry(sent: Submitted, { record }: Pick<OpenedCase, 'record'>) {
  const body = compact({
    starts: sent.date('starts', { partial: true, what: 'The date' }),
    ends: sent.date('ends', { partial: true, what: 'The last date' }),
    about: sent.ticked('about'),
    category: sent.text('category'),
    fact: sent.text('fact'),
    comment: sent.text('comment'),
    sourceRef: sent.text('sourceRef'),
    people: sent.list('people'),
    thirdParty: sent.ticked('thirdParty'),
    sensitive: sent.ticked('sensitive'),
    cameFrom:
      record.referralId !== null && sent.ticked('fromReferral')
        ? [{ kind: 'referral', id: record.referralId }]
        : undefined,
  });
  if (!body.starts && !sent.errors.some((e) => e.field === 'starts-day'))
    sent.wrong('starts-day', 'required', 'Enter when it happened, as exactly as it is known');
  if (!body.category) sent.wrong('category', 'required', 'Select what the entry is about');
  if (!body.fact) sent.wrong('fact', 'required', 'Enter what happened');
  return body;
}

/** An entry as the fields of the form show it. */
export const valuesOf = (entry: EntryContent): Record<string, string | readonly string[]> => ({
  ...dateParts('starts', entry.starts),
  ...dateParts('ends', entry.ends ?? ''),
  about: entry.about ? 'yes' : '',
  category: entry.category,
  fact: entry.fact ?? '',
  comment: entry.comment ?? '',
  sourceRef: entry.sourceRef ?? '',
  people: entry.people ?? [],
  thirdParty: entry.thirdParty ? 'yes' : '',
  sensitive: entry.sensitive ? 'yes' : '',
  fromReferral: (entry.cameFrom ?? []).length > 0 ? 'yes' : '',
});

const MESSAGES: Readonly<Record<string, string>> = {
  'starts date.in-future': 'When it happened must not be after today',
  'ends date.before-start': 'The last date must not be before the first',
  'category not-in-list': 'Select what the entry is about',
  'people person.unknown': 'Select people of this case',
  'fact too-long': 'What happened must be 10,000 characters or fewer',
  'comment too-long': 'The comment must be 10,000 characters or fewer',
  'sourceRef too-long': 'The reference must be 200 characters or fewer',
  'reason too-long': 'The reason must be 2,000 characters or fewer',
};

/** What records found wrong, in the words of the form. */
export const inWords = (problems: readonly FieldProblem[]): FieldProblem[] =>
  problems.map((p) => ({ ...p, message: MESSAGES[`${p.field} ${p.code}`] ?? p.message }));

/** The field that stands for another. */
export const entryField = (path: string): string => (path === 'starts' || path === 'ends' ? `${path}-day` : path);

/** What the form offers. */
export const choicesFor = ({ record }: Pick<OpenedCase, 'record'>, categories: readonly Titled[]) => ({
  categories: categories.map((c) => ({ value: c.code, text: c.title })),
  people: record.people.map((p) => ({ value: p.id, text: nameOf(p) })),
  /** A case that was brought in was opened by none. */
  hasReferral: record.referralId !== null,
});
