import {
  classifications,
  regimes,
  subjectKinds,
  type Classification,
  type Regime,
  type SubjectKind,
} from '../agreement';
import { shortCode } from '../law';
import type { Outcome } from '../problem';
import {
  distinct,
  flag,
  fromText,
  instant,
  instantOf,
  list,
  matching,
  oneOf,
  readAs,
  record,
  type Shape,
  type Spot,
} from '../reading';

export const kinds = ['DISCLOSE', 'CONSULT', 'ASK_KNOWN'] as const;
export const matches = ['EXACT', 'POSSIBLE', 'NONE'] as const;
export const settings = ['MEETING', 'OUTSIDE'] as const;
export const consentStates = ['GIVEN', 'REFUSED', 'WITHDRAWN', 'NOT_SOUGHT'] as const;
/** Why consent was not sought or could be done without; the law table says what each means. */
export const withoutReasons = ['CANNOT_GIVE', 'CANNOT_REASONABLY_OBTAIN', 'WOULD_PREJUDICE'] as const;

export interface Subject {
  readonly pid: string;
  readonly about: SubjectKind;
  readonly match: (typeof matches)[number];
  readonly deceased: boolean;
}

export interface BreakGlassBasis {
  readonly regime?: Regime;
  readonly art6?: string;
  readonly rliCondition?: string;
  readonly art9?: string;
  readonly sch1?: readonly string[];
  readonly art10?: boolean;
  readonly sch8?: readonly string[];
}

/** Sharing in an emergency against or without an agreement. What is absent makes it incomplete, not malformed. */
export interface BreakGlass {
  readonly reason?: string;
  readonly basis?: BreakGlassBasis;
  readonly authoriser?: { readonly userId: string; readonly orgId: string };
  readonly expiresAt?: string;
}

/** May these items about these people go from `sender` to `recipients`? For CONSULT and ASK_KNOWN `sender` holds the data. */
export interface DecisionRequest {
  readonly requestId: string;
  readonly at: string;
  readonly kind: (typeof kinds)[number];
  /** READ when absent. */
  readonly action?: string;
  readonly agreementId: string;
  readonly version?: string;
  readonly contentHash?: string;
  readonly sender: string;
  readonly recipients: readonly string[];
  /** BREAK_GLASS MUST stand among the permissions only while the actor's step-up is fresh. */
  readonly actor: { readonly userId: string; readonly orgId: string; readonly permissions: readonly string[] };
  readonly purpose: string;
  readonly items: readonly string[];
  readonly conditions: Readonly<Record<string, boolean>>;
  readonly subjects: readonly Subject[];
  readonly method: string;
  readonly classification: Classification;
  readonly setting: (typeof settings)[number];
  readonly meetingId?: string;
  /** Why the recipient's public task needs the data (PUBLIC_TASK_RESPONSE). */
  readonly statement?: string;
  readonly consent: {
    readonly state: (typeof consentStates)[number];
    readonly withoutReason?: (typeof withoutReasons)[number];
    readonly refusalNote?: string;
  };
  readonly publicInterestRef?: string;
  /** Where the sender has the items from, when they are not its own. */
  readonly origin?: {
    readonly orgId: string;
    readonly agreementId?: string;
    readonly version?: string;
    readonly flowId?: string;
    readonly consentRef?: string;
  };
  readonly breakGlass?: BreakGlass;
}

const MAX_BYTES = 256 * 1024;
export const MOST_NAMES = 500;
/** Printable ASCII without quote and backslash, so that canonical JSON writes it as it stands. */
export const NAME = /^[!#-[\]-~][ !#-[\]-~]{0,199}$/;

const name = matching(NAME, 'printable letters, digits and signs, 200 at most');
const note: Shape<string> = (value, spot) =>
  isNote(value) ? value : spot.report('text-wrong', 'must be a text of 1 to 4000 characters');
/** isNote: some text, not blank, which canonical JSON can write. */
export const isNote = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= 4000 && value.trim() !== '' && !/\p{Surrogate}/u.test(value);
const few =
  <T>(shape: Shape<readonly T[]>): Shape<readonly T[]> =>
  (value, spot: Spot) =>
    Array.isArray(value) && value.length > MOST_NAMES
      ? spot.report('too-many', `must hold ${MOST_NAMES} or fewer`)
      : shape(value, spot);
const names = (least: number): Shape<readonly string[]> => few(distinct(list(name, least), (each) => each));
const law: Shape<string> = (value, spot) => {
  const read = name(value, spot);
  return read === undefined ? undefined : shortCode(read);
};
const laws = few(list(law));

const conditions: Shape<Readonly<Record<string, boolean>>> = (value, spot) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return spot.report('type-wrong', 'must be an object');
  const entries = Object.entries(value);
  if (entries.length > MOST_NAMES) return spot.report('too-many', `must hold ${MOST_NAMES} or fewer`);
  const read = entries.map(([key, fact]) => (name(key, spot) === undefined ? undefined : flag(fact, spot.at(key))));
  return read.includes(undefined) ? undefined : (value as Readonly<Record<string, boolean>>);
};

const shape = record(
  {
    requestId: name,
    at: instant,
    kind: oneOf(kinds),
    agreementId: name,
    sender: name,
    recipients: names(1),
    actor: record({ userId: name, orgId: name, permissions: few(list(name)) }),
    purpose: name,
    items: names(1),
    conditions,
    subjects: few(list(record({ pid: name, about: oneOf(subjectKinds), match: oneOf(matches), deceased: flag }))),
    method: name,
    classification: oneOf(classifications),
    setting: oneOf(settings),
    consent: record({ state: oneOf(consentStates) }, { withoutReason: oneOf(withoutReasons), refusalNote: note }),
  },
  {
    action: name,
    version: name,
    contentHash: name,
    meetingId: name,
    statement: note,
    publicInterestRef: name,
    origin: record({ orgId: name }, { agreementId: name, version: name, flowId: name, consentRef: name }),
    breakGlass: record(
      {},
      {
        reason: name,
        basis: record(
          {},
          { regime: oneOf(regimes), art6: law, rliCondition: law, art9: law, sch1: laws, art10: flag, sch8: laws },
        ),
        authoriser: record({ userId: name, orgId: name }),
        expiresAt: instant,
      },
    ),
  },
) as Shape<DecisionRequest>;

/**
 * parseDecisionRequest reads a request from untrusted JSON, text or value: the whole request, or every problem with its path
 * and a code beginning `request.`. The decision point itself answers REQUEST_INVALID to exactly what this refuses.
 */
export function parseDecisionRequest(input: unknown): Outcome<DecisionRequest> {
  const value = typeof input === 'string' ? fromText('request', MAX_BYTES, input) : { value: input };
  return 'problem' in value ? { ok: false, problems: [value.problem] } : readAs('request', shape, value.value);
}

/** timeOf gives a request's moment in milliseconds, NaN when it is none. */
export const timeOf = instantOf;
