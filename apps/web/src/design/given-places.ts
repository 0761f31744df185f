import type { FieldProblem } from '@concordat/platform';

/** Something that is wrong within what was given: where, in its own names, and what. */
export interface Placed {
  readonly place: string;
  readonly message: string;
}

/** Problems of the parts of what was given as `content`, each by its place as the file writes it: `Party, 2: CatalogueID`. Pure. */
export const placed = (problems: readonly FieldProblem[]): Placed[] =>
  problems
    .filter(({ field }) => /^content(?:\.|$)/.test(field))
    .map(({ field, message }) => ({ place: placeOf(field.replace(/^content\.?/, '')), message }));

const placeOf = (path: string): string =>
  path === ''
    ? 'The whole'
    : path
        .split('.')
        .map((part, i) => (/^\d+$/.test(part) ? `, ${Number(part) + 1}` : i > 0 ? `: ${part}` : part))
        .join('');

/** What is said above of things that are wrong within what was given. Pure. */
export const summed = (found: readonly Placed[], what: string): FieldProblem[] =>
  found.length === 0
    ? []
    : [
        {
          field: 'content',
          code: 'given.wrong',
          message:
            found.length === 1
              ? `One thing is wrong in the ${what}`
              : `${found.length} things are wrong in the ${what}`,
        },
      ];
