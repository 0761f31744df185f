import type { FieldProblem } from './errors';

const DEEPEST = 32;

/**
 * unreadable finds what no field of ours can hold and no library of ours survives: NUL characters, which PostgreSQL cannot
 * store; halves of characters, which are no text; names that every object has, such as `hasOwnProperty`, which the
 * validator takes for known; and nesting beyond any form of ours. Empty for ordinary JSON, which is walked in microseconds.
 */
export function unreadable(value: unknown): FieldProblem[] {
  const found: FieldProblem[] = [];
  walk(value, '', 0, found);
  return found;
}

function walk(value: unknown, field: string, depth: number, found: FieldProblem[]): void {
  if (typeof value === 'string') {
    if (!isText(value))
      found.push({ field, code: 'not-text', message: 'This holds characters that cannot be kept. Type it again' });
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if (depth >= DEEPEST) {
    found.push({ field: '', code: 'too-deep', message: 'This is nested too deeply' });
    return;
  }
  for (const name in value) {
    if (name in Object.prototype || !isText(name))
      found.push({ field, code: 'unknown-field', message: 'A field in this is not known' });
    else walk((value as Record<string, unknown>)[name], field ? `${field}.${name}` : name, depth + 1, found);
  }
}

/** With the u flag a surrogate is matched only where it stands alone. */
const UNFIT = /[\0\p{Surrogate}]/u;
const isText = (text: string): boolean => !UNFIT.test(text);
