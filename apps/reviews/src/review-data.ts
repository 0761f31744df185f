import type { FieldProblem } from '@concordat/contracts';
import type { ReviewData, ReviewDataField, ReviewDataGroup } from '@concordat/packs';
import type { Recorded } from './review';

/** Answers to the questions of a group, about the incident or one of its people. A later entry takes the place of an earlier. */
export interface DataEntry extends Recorded {
  readonly group: string;
  /** Which of several people, from 1 on; 1 where there is one only. */
  readonly ordinal: number;
  readonly answers: Readonly<Record<string, string>>;
}

export const NOT_KNOWN = 'not-known';
const MONTH = /^(19|20)\d{2}(-(0[1-9]|1[0-2]))?$/;
const LONGEST = 200;

/** Whether something can be the answer to a field. Not known is one to every field. Pure. */
function isAnswer({ kind, choices = [] }: ReviewDataField, value: string): boolean {
  if (value === NOT_KNOWN) return true;
  switch (kind) {
    case 'answer':
      return value === 'yes' || value === 'no';
    case 'choice':
      return choices.some(({ code }) => code === value);
    case 'month':
      return MONTH.test(value);
    case 'text':
      return value.length <= LONGEST;
  }
}

/** answersIn is what was answered at all: a blank is no answer. Pure. */
export const answersIn = (given: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(given).flatMap(([code, value]) => (value.trim() ? [[code, value.trim()]] : [])));

/** dataProblems says why answers cannot be kept: to a question that the group has not, or none of its answers. Pure. */
export function dataProblems({ fields }: ReviewDataGroup, answers: Readonly<Record<string, string>>): FieldProblem[] {
  return Object.entries(answers).flatMap(([code, value]) => {
    const field = fields.find((f) => f.code === code);
    if (field && isAnswer(field, value)) return [];
    const message =
      field?.kind === 'month'
        ? 'Enter a month such as 2026-03, or a year. Not the day'
        : 'Choose an answer of the list';
    return [{ field: `answers.${code}`, code: 'not-in-list', message }];
  });
}

/** The answers in force of each group and person, in the order of the form. Pure. */
export function entriesInForce({ groups }: ReviewData, entries: readonly DataEntry[]): DataEntry[] {
  return groups.flatMap(({ code, several }) => {
    const own = entries.filter((e) => e.group === code && (several || e.ordinal === 1));
    const ordinals = [...new Set(own.map(({ ordinal }) => ordinal))].sort((a, b) => a - b);
    return ordinals.map((ordinal) => own.findLast((e) => e.ordinal === ordinal)!);
  });
}

export interface MissingData {
  readonly group: string;
  readonly ordinal: number;
  /** Titles of the questions without an answer. */
  readonly fields: readonly string[];
}

/** missingData is every question that nobody has answered; of a group in which nobody is entered, all of its questions. Pure. */
export function missingData(form: ReviewData, entries: readonly DataEntry[]): MissingData[] {
  const inForce = entriesInForce(form, entries);
  return form.groups.flatMap(({ code, fields }) => {
    const own = inForce.filter(({ group }) => group === code);
    const asked = own.length > 0 ? own : [{ ordinal: 1, answers: {} as Readonly<Record<string, string>> }];
    return asked.flatMap(({ ordinal, answers }) => {
      const open = fields.filter((f) => answers[f.code] === undefined).map(({ title }) => title);
      return open.length > 0 ? [{ group: code, ordinal, fields: open }] : [];
    });
  });
}

/**
 * dataRows is a table of one review, its head first: a row for each person, with the answers about the incident before theirs. What
 * nobody has answered is empty, which is not the same as not known. Pure.
 */
export function dataRows(form: ReviewData, reference: string, entries: readonly DataEntry[]): string[][] {
  const inForce = entriesInForce(form, entries);
  const common = form.groups.filter(({ several }) => !several);
  const people = form.groups.filter(({ several }) => several);
  const columns = new Map(people.flatMap(({ fields }) => fields.map((f) => [f.code, f] as const)));
  const head = [
    ...['Review', 'Form', 'Version'],
    ...common.flatMap(({ fields }) => fields.map(({ title }) => title)),
    ...['Person', 'Number'],
    ...[...columns.values()].map(({ title }) => title),
  ];
  const before = common.flatMap(({ code, fields }) => {
    const answers = inForce.find(({ group }) => group === code)?.answers ?? {};
    return fields.map((f) => answers[f.code] ?? '');
  });
  const rows = people.flatMap(({ code, title }) =>
    inForce
      .filter(({ group }) => group === code)
      .map(({ ordinal, answers }) => [
        title,
        String(ordinal),
        ...[...columns.keys()].map((column) => answers[column] ?? ''),
      ]),
  );
  const begun = [reference, form.id, String(form.version), ...before];
  const empty = ['', '', ...[...columns.keys()].map(() => '')];
  return [head, ...(rows.length > 0 ? rows : [empty]).map((row) => [...begun, ...row])];
}
