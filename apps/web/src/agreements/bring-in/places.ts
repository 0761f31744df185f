import type { FieldProblem } from '@concordat/platform';

/** Something that is wrong within what was given: where, in its own names, and what. */
export interface Placed {
  readonly place: string;
  readonly message: string;
}

/** Problems of the parts of what was given as `content`, each by its place as the file writes it: `Party, 2: CatalogueID`. Pure. */
export const placed = (problems: readonly FieldProblem[]): Placed[] =>
  problems
    .filter(({ code }) => code.startsWith('policy.'))
    .map(({ field, message }) => ({ place: placeOf(field.replace(/^content\.?/, '')), message }));

const placeOf = (path: string): string =>
  path === ''
    ? 'The whole'
    : path
        .split('.')
        .map((part, i) => (/^\d+$/.test(part) ? `, ${Number(part) + 1}` : i > 0 ? `: ${part}` : part))
        .join('');
