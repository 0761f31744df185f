import type { FieldProblem } from '@concordat/contracts';
import { randomUUID } from 'node:crypto';
import type { Submitted } from './submitted';

type Values = Readonly<Record<string, string | readonly string[]>>;

/** A form as a template shows it. */
export interface Form {
  readonly values: Values;
  /** Messages by field. */
  readonly errors: Readonly<Record<string, string>>;
  /** For the error summary, in the order in which they were found; each leads to its field. */
  readonly errorList: readonly { readonly text: string; readonly href: string }[];
  readonly version: number;
  readonly key: string;
}

export interface FormParts {
  readonly values?: Values;
  readonly problems?: readonly FieldProblem[];
  readonly version?: number;
  /** The field that stands for another: for problems of something that has no field of its own. */
  readonly fieldOf?: (path: string) => string;
}

/** formOf makes a form to show: with a new key, what to fill in, and what was wrong with it last time. */
export function formOf({ values = {}, problems = [], version = 0, fieldOf = (path) => path }: FormParts = {}): Form {
  const errors: Record<string, string> = {};
  for (const { field, message } of problems) errors[fieldOf(field)] ??= message;
  const errorList = Object.entries(errors).map(([field, text]) => ({ text, href: `#${field}` }));
  return { values, errors, errorList, version, key: randomUUID() };
}

/** The form as it was sent, with what was wrong. The key stays: nothing was done under it. */
export const formAgain = (sent: Submitted, problems: readonly FieldProblem[], parts: FormParts = {}): Form => ({
  ...formOf({ ...parts, values: sent.values, problems, version: parts.version ?? sent.version }),
  // A key that was answered with a refusal is spent: the platform answers the same to it again.
  key: randomUUID(),
});

const DATES = new Set(['on', 'from', 'to', 'at', 'value', 'dueDate', 'verifiedOn']);

/** fieldsOf names every value of a content by its path, and each date by its day, month and year as well. */
export function fieldsOf(content: unknown, prefix = ''): Record<string, string | readonly string[]> {
  if (content === null || content === undefined) return {};
  if (Array.isArray(content)) {
    if (content.every((item) => typeof item === 'string'))
      return { [prefix]: content, [`${prefix}*`]: content.join('\n') };
    return Object.assign({}, ...content.map((item, i) => fieldsOf(item, `${prefix}.${i}`))) as Record<string, string>;
  }
  if (typeof content === 'object') {
    const parts = Object.entries(content).map(([name, value]) => fieldsOf(value, prefix ? `${prefix}.${name}` : name));
    return Object.assign({}, ...parts) as Record<string, string>;
  }
  const text = leafOf(content);
  return { [prefix]: text, ...(DATES.has(prefix.slice(prefix.lastIndexOf('.') + 1)) ? dateParts(prefix, text) : {}) };
}

function leafOf(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'number' ? String(value) : typeof value === 'string' ? value : '';
}

/** Day, month and year of a civil date, as far as they are known, without leading zeros. */
export function dateParts(name: string, value: string): Record<string, string> {
  const [year, month, day] = value.split('-');
  const part = (n: string | undefined): string => (n === undefined ? '' : String(Number(n)));
  return /^\d{4}(-\d\d){0,2}$/.test(value)
    ? { [`${name}-day`]: part(day), [`${name}-month`]: part(month), [`${name}-year`]: year ?? '' }
    : {};
}
