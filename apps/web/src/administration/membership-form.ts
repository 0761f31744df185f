import { Conflict, IllegalTransition, Invalid, RuleBroken, type FieldProblem } from '@concordat/platform';
import type { Area } from '../apis/identity';
import type { Part } from '../apis/members';
import type { Submitted } from '../design/submitted';
import { WHY_NOT } from './words';

const FIELDS: Readonly<Record<string, string>> = {
  'staff.username-taken': 'username',
  'staff.subject-taken': 'subject',
};
const MESSAGES: Readonly<Record<string, string>> = {
  roles: 'Select at least one role',
  areas: 'Select areas of this partnership',
  name: 'Enter their name, at most 200 characters',
  username: 'Enter 2 to 63 characters: a letter first, then small letters, digits, dots and hyphens',
  subject: 'Enter what the identity provider calls them, at most 255 characters',
};

/** Which of somebody's areas the visitor may give and take, and which stay as they are. Pure. */
export function areasToChange(all: readonly Area[], covered: readonly Area[], held: readonly string[]) {
  const mine = new Set(covered.map(({ id }) => id));
  return {
    choices: all
      .filter(({ id, active }) => mine.has(id) && (active !== false || held.includes(id)))
      .map(({ id, name }) => ({ value: id, text: name })),
    staying: all.filter(({ id }) => held.includes(id) && !mine.has(id)),
  };
}

/** What a form says somebody shall be: what may not be changed stays. */
export function readPart(sent: Submitted, staying: readonly Area[]): { part: Part; problems: FieldProblem[] } {
  const part = { roles: sent.list('roles'), areas: [...sent.list('areas'), ...staying.map(({ id }) => id)] };
  const none = { field: 'roles', code: 'required', message: MESSAGES['roles']! };
  return { part, problems: part.roles.length === 0 ? [none] : [] };
}

/** What the identity service refused, beside the fields of the form. Throws what no field can answer. */
export function problemsOf(error: unknown): FieldProblem[] {
  if (error instanceof Invalid)
    return (error.details.errors ?? []).map(({ field, code, message }) => {
      const name = field.split('.')[0]!;
      return { field: name, code, message: MESSAGES[name] ?? message };
    });
  if (error instanceof RuleBroken || error instanceof IllegalTransition || error instanceof Conflict)
    if (WHY_NOT[error.code])
      return [{ field: FIELDS[error.code] ?? 'roles', code: error.code, message: WHY_NOT[error.code]! }];
  throw error;
}
