import { distinct, flag, list, matching, oneOf, type Shape, record, readAs, text, whole } from './reading';
import { agencyTypes, regimes, type AgencyType, type Regime } from './agreement';
import type { Outcome } from './problem';

/** A code of the law table. `verified: false` until somebody has checked it against the statute in force. */
export interface LawCode {
  readonly code: string;
  readonly title: string;
  readonly verified: boolean;
}

/** What must be true of an act for a gateway to carry it. A gateway without a limit carries whatever cites it. */
export type GatewayLimit =
  | { readonly kind: 'recipients'; readonly types: readonly AgencyType[] }
  | { readonly kind: 'depersonalised' }
  | { readonly kind: 'no-patient-information' }
  | { readonly kind: 'death-review' };

export interface Gateway extends LawCode {
  /** False for a power that is not in force: no line may rely on it. */
  readonly selectable: boolean;
  readonly limit?: GatewayLimit;
}

/** A lawful basis of a sender, in full. */
export interface EmergencyBasis {
  readonly regime: Regime;
  readonly art6?: string;
  readonly art9?: string;
  readonly sch1?: readonly string[];
  readonly art10?: boolean;
  readonly sch8?: readonly string[];
}

/**
 * The law as versioned data: which codes there are, and what the rules of the decision point need to know of them. It comes
 * from a pack, so a commencement order is a new version of data and not a release of the program.
 */
export interface LawTable {
  readonly id: string;
  readonly version: string;
  readonly art6: readonly LawCode[];
  /** Recognised legitimate interest: needs a condition, and is not for a public authority's tasks. */
  readonly recognisedInterest: string;
  readonly rliConditions: readonly (LawCode & { readonly statement: boolean })[];
  readonly part3: readonly LawCode[];
  readonly reuse: readonly LawCode[];
  /** `alone`: needs no condition of Schedule 1 beside it. */
  readonly art9: readonly (LawCode & { readonly alone: boolean })[];
  readonly sch1: readonly LawCode[];
  readonly sch8: readonly LawCode[];
  /** Conditions that work without consent only for a listed reason. */
  readonly reasonNeeded: readonly string[];
  readonly withoutConsent: readonly LawCode[];
  readonly gateways: readonly Gateway[];
  /** Facts that an item's condition may name. */
  readonly facts: readonly LawCode[];
  /** `bases`: on what whoever shares in an emergency may rely, each a whole basis at the sender's end. */
  readonly breakGlass: {
    readonly reasons: readonly LawCode[];
    readonly hours: number;
    readonly bases: readonly (LawCode & { readonly basis: EmergencyBasis })[];
  };
  /** The duty to tell the Commissioner of a breach, in hours from when an agency is aware of it. */
  readonly breach: LawCode & { readonly notifyWithinHours: number };
  /** A disclosure without the recipient's receipt is unacknowledged after this long. */
  readonly acknowledgeWithinHours: number;
}

const code = matching(/^[A-Za-z0-9][A-Za-z0-9._/()+-]{0,79}$/, 'a code');
const entry = { code, title: text, verified: flag };
const codes = <T extends { code: string }>(shape: Shape<T>): Shape<readonly T[]> =>
  distinct(list(shape), (each) => each.code);
const plain = codes(record(entry));

const limit: Shape<GatewayLimit> = (value, spot) => {
  const kind = record(
    { kind: oneOf(['recipients', 'depersonalised', 'no-patient-information', 'death-review']) },
    { types: list(oneOf(agencyTypes), 1) },
  )(value, spot);
  if (!kind) return undefined;
  if (kind.kind === 'recipients') {
    return kind.types ? { kind: kind.kind, types: kind.types } : spot.report('field-missing', 'types are missing');
  }
  return { kind: kind.kind };
};

export const lawTable: Shape<LawTable> = record({
  id: code,
  version: code,
  art6: plain,
  recognisedInterest: code,
  rliConditions: codes(record({ ...entry, statement: flag })),
  part3: plain,
  reuse: plain,
  art9: codes(record({ ...entry, alone: flag })),
  sch1: plain,
  sch8: plain,
  reasonNeeded: list(code),
  withoutConsent: plain,
  gateways: codes(record({ ...entry, selectable: flag }, { limit })),
  facts: plain,
  breakGlass: record({
    reasons: plain,
    hours: whole(1, 72),
    bases: codes(
      record({
        ...entry,
        basis: record(
          { regime: oneOf(regimes) },
          { art6: code, art9: code, sch1: list(code), art10: flag, sch8: list(code) },
        ),
      }),
    ),
  }),
  breach: record({ ...entry, notifyWithinHours: whole(1, 720) }),
  acknowledgeWithinHours: whole(1, 720),
});

/** parseLawTable reads a law table from untrusted data; problems have codes beginning `law.`. */
export const parseLawTable = (input: unknown): Outcome<LawTable> => readAs('law', lawTable, input);

/**
 * shortCode drops what all codes of a group share: `GB.UKGDPR.6.1.e` is `6.1.e`, `GB.DPA18.S1.18` is `S1.18`, `RLI.CRIME` is
 * `CRIME`. Agreements are held and hashed in this form, whichever they were written in.
 */
export const shortCode = (code: string): string => code.replace(/^(?:GB\.UKGDPR\.|GB\.DPA18\.|GB\.|RLI\.)/, '');
