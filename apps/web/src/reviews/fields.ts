import type { FieldProblem } from '@concordat/contracts';

/** One of several that a field offers. */
export interface Choice {
  readonly value: string;
  readonly text: string;
}
/** A field of a form that `record/page.njk` shows. */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly kind: 'text' | 'long' | 'choice' | 'choices' | 'date' | 'known-date' | 'tick';
  readonly hint?: string;
  readonly choices?: readonly Choice[];
}

const hinted = (hint?: string) => (hint ? { hint } : {});
export const text = (name: string, label: string, hint?: string): Field => ({
  ...{ name, label, kind: 'text' },
  ...hinted(hint),
});
export const long = (name: string, label: string, hint?: string): Field => ({
  ...{ name, label, kind: 'long' },
  ...hinted(hint),
});
export const date = (name: string, label: string, hint?: string): Field => ({
  ...{ name, label, kind: 'date' },
  ...hinted(hint),
});
export const choice = (name: string, label: string, choices: readonly Choice[], hint?: string): Field => ({
  ...{ name, label, kind: 'choice', choices },
  ...hinted(hint),
});
export const choices = (name: string, label: string, of: readonly Choice[], hint?: string): Field => ({
  ...{ name, label, kind: 'choices', choices: of },
  ...hinted(hint),
});
export const tick = (name: string, label: string): Field => ({ name, label, kind: 'tick' });

/** Words of the platform that say what is wrong and not of what: they stand beside a field, and in a summary tell nothing. */
const OF_NOTHING = /^(This |Choose one of the list|Use at most |The date must be )/;
/** Codes of what is wrong with a field that is blank. */
const BLANK = new Set(['required', 'is-string', 'not-in-list', 'not-a-date', 'wrong-form', 'not-an-id']);

/**
 * labelled says of which question each problem is, where its message does not: `Answer: When was it sent?`. `values` are those
 * that were sent, by which a question that was left out is told from one that was answered wrongly. Pure.
 */
export function labelled(
  problems: readonly FieldProblem[],
  fields: readonly Field[],
  values: Readonly<Record<string, string | readonly string[]>>,
): FieldProblem[] {
  const filled = (name: string): boolean =>
    Object.entries(values).some(([at, value]) => (at === name || at.startsWith(`${name}-`)) && value.length > 0);
  const placeOf = ({ field }: FieldProblem): number =>
    fields.findIndex(({ name }) => name === field || `${name}-day` === field);
  // In the order of the form: whoever reads the summary goes down the page, and not up and down.
  const placed = [...problems].sort((a, b) => (placeOf(a) + 1 || Infinity) - (placeOf(b) + 1 || Infinity) || 0);
  return placed.map((problem) => {
    const field = fields[placeOf(problem)];
    if (!field || !OF_NOTHING.test(problem.message)) return problem;
    const told = (what: string): FieldProblem => ({ ...problem, message: `${what}: ${field.label}` });
    if (BLANK.has(problem.code) && !filled(field.name)) return told('Answer');
    if (problem.code === 'not-a-date') return told('Enter a real date, like 27 3 2025');
    if (problem.code === 'too-long') return told(problem.message);
    return problem;
  });
}
