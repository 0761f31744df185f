import type { FieldProblem } from '@concordat/contracts';
import { Conflict, IllegalTransition, Invalid, NotFound, RuleBroken } from '@concordat/platform';
import type { RegisteredArea, RegisteredOrganisation, RegisterName, RegisterView } from '../apis/register';
import type { Submitted } from '../design/submitted';
import { typeChoices, WHY_NOT } from './words';

/** What a register is called, and the field that only its records have. */
export interface RegisterWords {
  readonly name: RegisterName;
  readonly one: string;
  readonly title: string;
  readonly field: 'type' | 'leadOrg';
  readonly fieldLabel: string;
}
const REGISTERS: Readonly<Record<RegisterName, RegisterWords>> = {
  organisations: {
    ...{ name: 'organisations', one: 'organisation', title: 'Organisations' },
    ...{ field: 'type', fieldLabel: 'Kind of organisation' },
  },
  areas: {
    ...{ name: 'areas', one: 'area', title: 'Areas' },
    ...{ field: 'leadOrg', fieldLabel: 'Organisation that triages for it' },
  },
};

/** The register of this name. Throws NotFound. */
export function registerOf(name: string | undefined): RegisterWords {
  if (name !== 'organisations' && name !== 'areas') throw new NotFound('page');
  return REGISTERS[name];
}

/** The records of a register. */
export const recordsOf = (
  view: RegisterView,
  { name }: RegisterWords,
): readonly (RegisteredOrganisation | RegisteredArea)[] => view[name];

/** What there is to choose for the field that only these records have: kinds, or organisations that are open. */
export const choicesFor = ({ field }: RegisterWords, { organisations }: RegisterView, held = '') => [
  ...(field === 'type'
    ? typeChoices
    : organisations
        .filter(({ id, active }) => active || id === held)
        .map(({ id, name }) => ({ value: id, text: name }))),
];

/** What a record's own field says, in words. */
export function fieldInWords(record: RegisteredOrganisation | RegisteredArea, view: RegisterView): string {
  const value = 'type' in record ? record.type : record.leadOrg;
  const words = typeChoices.find((type) => type.value === value)?.text;
  return words ?? view.organisations.find(({ id }) => id === value)?.name ?? 'Not known';
}

/** What a form says of a record. Without `coded`, the code is not asked for: it stays what it was. */
export function readRecord(
  sent: Submitted,
  { one, field }: RegisterWords,
  coded: boolean,
): { body: Record<string, string>; problems: FieldProblem[] } {
  const asked = ['name', ...(coded ? ['code'] : []), field];
  const body = Object.fromEntries(asked.map((each) => [each, sent.text(each)?.trim() ?? '']));
  const missing = asked.filter((each) => !body[each]);
  return { body, problems: missing.map((each) => ({ field: each, code: 'required', message: messageFor(each, one) })) };
}

/** What the identity service refused, beside the fields of the form; what has no field of its own by `otherwise`. */
export function recordProblems(error: unknown, one: string, otherwise = 'name'): FieldProblem[] {
  if (error instanceof Invalid)
    return (error.details.errors ?? []).map(({ field, code }) => ({ field, code, message: messageFor(field, one) }));
  const known = error instanceof RuleBroken || error instanceof IllegalTransition || error instanceof Conflict;
  if (!known || !WHY_NOT[error.code]) throw error;
  const field = error.code.endsWith('.code-taken') ? 'code' : otherwise;
  return [{ field, code: error.code, message: WHY_NOT[error.code]! }];
}

function messageFor(field: string, one: string): string {
  if (field === 'code')
    return 'Enter a code of 2 to 63 characters: a letter first, then small letters, digits and hyphens';
  if (field === 'type') return 'Select the kind of organisation';
  if (field === 'leadOrg') return 'Select the organisation that triages for the area';
  return `Enter the name of the ${one}, at most 200 characters`;
}
