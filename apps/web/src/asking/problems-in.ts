import { Invalid, TooMany, type FieldProblem } from '@concordat/platform';

/** What is wrong, at its field: what was typed stays. Throws whatever is neither. */
export function problemsIn(error: unknown): readonly FieldProblem[] {
  if (error instanceof Invalid) return error.details.errors ?? [];
  if (error instanceof TooMany)
    return [
      {
        field: 'toOrg',
        code: error.code,
        message: 'You or your agency have asked this too often within the hour. Wait, or ask by telephone',
      },
    ];
  throw error;
}
