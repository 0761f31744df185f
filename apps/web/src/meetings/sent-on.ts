import { Conflict, IllegalTransition, Invalid, RuleBroken, type FieldProblem } from '@concordat/platform';
import { WHY_NOT } from './words';

/**
 * Tries something that a form asked for. Answers what was wrong with it, or null when it was done; what is about no field is said
 * at the form. Whatever else fails is thrown.
 */
export async function tried(what: () => Promise<unknown>): Promise<readonly FieldProblem[] | null> {
  try {
    await what();
    return null;
  } catch (error) {
    if (error instanceof Invalid) return error.details.errors ?? [];
    if (error instanceof RuleBroken || error instanceof IllegalTransition || error instanceof Conflict)
      return [{ field: 'form', code: error.code, message: WHY_NOT[error.code] ?? 'This cannot be done now' }];
    throw error;
  }
}
