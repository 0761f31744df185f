import type { Outcome } from '../problem';
import { list, matching, readAs, record, text, type Shape } from '../reading';
import { uri } from './policy';
import { open } from './records';
import type { PersonAsked } from './request';
import { heard, type MaisTable } from './vocabulary';

/** A Patient of FHIR R4, as far as a question needs one; whatever else one has is not looked at. */
interface Patient {
  readonly identifier?: readonly { readonly system: string; readonly value: string }[];
  readonly name?: readonly { readonly family?: string; readonly given?: readonly string[]; readonly use?: string }[];
  readonly birthDate?: string;
  readonly address?: readonly { readonly postalCode?: string }[];
}

const partialDay = matching(/^(?:19|20|21)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$/, 'a date of FHIR');
const patient = open<Patient>(
  { resourceType: matching(/^Patient$/, 'Patient') },
  {
    identifier: list(open({ system: uri, value: text })),
    name: list(open({}, { family: text, given: list(text), use: text })),
    birthDate: partialDay,
    address: list(open({}, { postalCode: text })),
  },
);
const anything: Shape<unknown> = (value) => value ?? null;
/** Parameters of FHIR: each is told by its name, in whatever order. */
const query = record(
  {
    resourceType: matching(/^Parameters$/, 'Parameters'),
    parameter: list(open<Readonly<Record<string, unknown>>>({ name: text }), 1),
  },
  { id: text, meta: anything },
);

/** Of whom another system asks by `$person-info-query` (MAIS exchange 0.3), and for what. */
export interface PersonInfoAsked {
  readonly person: PersonAsked;
  /** A purpose as the pack names it; a reason that nobody has mapped stands as it came. */
  readonly purpose: string;
}

/**
 * personInfoAsked reads the Parameters of the operation from untrusted JSON: `resource`, a Patient, and `reason`, the address of what
 * it is asked under, such as a section of a statute. Every problem has its path and a code beginning `request.`. Pure.
 */
export function personInfoAsked(input: unknown, table: MaisTable): Outcome<PersonInfoAsked> {
  const whole = readAs('request', query, input);
  if (!whole.ok) return whole;
  const at = (name: string): number => whole.value.parameter.findIndex((each) => each['name'] === name);
  const given = (name: string, member: string): unknown => whole.value.parameter[at(name)]?.[member];
  const missing = (['resource', 'reason'] as const).filter((name) => at(name) < 0);
  if (missing.length > 0)
    return {
      ok: false,
      problems: missing.map((name) => ({
        path: 'parameter',
        code: 'request.field-missing',
        message: `has no ${name}`,
      })),
    };
  const who = readAs('request', patient, given('resource', 'resource'));
  const why = readAs('request', uri, given('reason', 'valueUri'));
  const problems = [
    ...placed(who, `parameter[${at('resource')}].resource`),
    ...placed(why, `parameter[${at('reason')}].valueUri`),
  ];
  if (!who.ok || !why.ok) return { ok: false, problems };
  return {
    ok: true,
    value: { person: personOf(who.value, table), purpose: heard('purpose', table.purposes, why.value) },
  };
}

const placed = (read: Outcome<unknown>, at: string) =>
  read.ok ? [] : read.problems.map((p) => ({ ...p, path: p.path ? `${at}.${p.path}` : at }));

function personOf({ identifier, name, birthDate, address }: Patient, table: MaisTable): PersonAsked {
  const nhs = identifier?.find(({ system }) => system === table.systems.nhsNumber)?.value;
  const [called] = [...(name ?? [])].sort((a, b) => Number(b.use === 'official') - Number(a.use === 'official'));
  const where = address?.find(({ postalCode }) => postalCode !== undefined)?.postalCode;
  return {
    ...(nhs ? { nhsNumber: nhs } : {}),
    ...(called?.given?.length ? { given: called.given.join(' ') } : {}),
    ...(called?.family ? { family: called.family } : {}),
    ...(birthDate ? { dateOfBirth: birthDate } : {}),
    ...(where ? { postcode: where } : {}),
  };
}

/** Whom to turn to, where somebody is known. */
export interface PersonInfoContact {
  readonly organisation: string;
  readonly name?: string;
  readonly email?: string;
  readonly telephone?: string;
}

/** personInfoAnswer is the answer of the operation: a match with whom to turn to, or none and nothing else. Pure. */
export function personInfoAnswer(contact: PersonInfoContact | null) {
  const match = { name: 'match', valueBoolean: contact !== null };
  if (contact === null) return { resourceType: 'Parameters', parameter: [match] };
  const { organisation, name, email, telephone } = contact;
  const telecom = [
    ...(email ? [{ system: 'email', value: email }] : []),
    ...(telephone ? [{ system: 'phone', value: telephone }] : []),
  ];
  const resource = {
    resourceType: 'Organization',
    name: organisation,
    ...(telecom.length > 0 ? { telecom } : {}),
    ...(name ? { contact: [{ name: { text: name } }] } : {}),
  };
  return { resourceType: 'Parameters', parameter: [match, { name: 'contact', resource }] };
}
