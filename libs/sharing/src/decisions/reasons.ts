/** PERMIT, or DENY, or a named human looks at it and answers with a new decision. */
export type Verdict = 'PERMIT' | 'DENY' | 'REVIEW';

/*
 * Every reason in the order of the rules' table. Those of R0 to R7 stop at the first; those of R8 to R20 are all gathered, as
 * bits of one number: the place in `gathered` is the bit, so that comparing two sets of reasons is comparing two numbers.
 */
const stopping = {
  AUDIT_UNAVAILABLE: 'R0',
  REQUEST_INVALID: 'R1',
  AGREEMENT_UNKNOWN: 'R2',
  TIER_NOT_OPERATIVE: 'R3',
  AGREEMENT_NOT_ACTIVE: 'R3',
  AGREEMENT_NOT_STARTED: 'R3',
  AGREEMENT_SUSPENDED: 'R3',
  AGREEMENT_WITHDRAWN: 'R3',
  AGREEMENT_EXPIRED: 'R3',
  PARENT_NOT_IN_FORCE: 'R3',
  VERSION_MISMATCH: 'R4',
  CONTENT_MISMATCH: 'R4',
  SENDER_NOT_PARTY: 'R5',
  RECIPIENT_NOT_PARTY: 'R5',
  PARTY_WITHDRAWN: 'R5',
  ACTOR_NOT_OF_PARTY: 'R5',
  PURPOSE_NOT_LISTED: 'R6',
  NO_FLOW: 'R7',
} as const;

const gathered = {
  ITEM_NOT_IN_SCOPE: 'R8',
  RESTRICTED: 'R9',
  USE_NOT_PERMITTED: 'R9',
  NO_BASIS_SENDER: 'R10',
  NO_BASIS_RECIPIENT: 'R10',
  RLI_PUBLIC_AUTHORITY: 'R11',
  REQUEST_STATEMENT_MISSING: 'R11',
  REGIME_MISMATCH: 'R11',
  NO_SPECIAL_CONDITION: 'R12',
  NO_CRIMINAL_CONDITION: 'R12',
  GATEWAY_NOT_APPLICABLE: 'R13',
  GATEWAY_MISSING: 'R13',
  METHOD_NOT_ALLOWED: 'R14',
  CLASSIFICATION_TOO_HIGH: 'R14',
  TOO_MANY_RECIPIENTS: 'R14',
  OUTSIDE_MEETING_NOT_ALLOWED: 'R15',
  DECLARATION_MISSING: 'R15',
  ONWARD_PROHIBITED: 'R16',
  ONWARD_NOT_LISTED: 'R16',
  ORIGINATOR_CONSENT_NEEDED: 'R16',
  PROVENANCE_UNKNOWN: 'R16',
  CONSENT_REQUIRED: 'R17',
  PUBLIC_INTEREST_NOT_RECORDED: 'R17',
  REFUSAL_NOT_ADDRESSED: 'R17',
  CONSENT_REASON_MISSING: 'R17',
  ITEM_CONDITION_NOT_MET: 'R18',
  ITEM_CONDITION_UNKNOWN: 'R18',
  SUBJECT_AMBIGUOUS: 'R19',
  SUBJECT_NOT_FOUND: 'R19',
  REVIEW_OVERDUE: 'R20',
} as const;

export type StoppingReason = keyof typeof stopping;
export type GatheredReason = keyof typeof gathered;
export type ReasonCode = StoppingReason | GatheredReason | 'BREAK_GLASS_INCOMPLETE';

/** ruleOf names the rule, R0 to R20, that a reason belongs to. */
export const ruleOf: Readonly<Record<ReasonCode, string>> = {
  ...stopping,
  ...gathered,
  BREAK_GLASS_INCOMPLETE: 'BREAK_GLASS',
};

const codes = Object.keys(gathered) as readonly GatheredReason[];

/** bit is the place of each gathered reason as a power of two. */
export const bit = Object.fromEntries(codes.map((code, index) => [code, 2 ** index])) as Readonly<
  Record<GatheredReason, number>
>;

/** The reasons that ask for a look instead of refusing. */
export const REVIEW_BITS =
  bit.ORIGINATOR_CONSENT_NEEDED |
  bit.PROVENANCE_UNKNOWN |
  bit.PUBLIC_INTEREST_NOT_RECORDED |
  bit.REFUSAL_NOT_ADDRESSED |
  bit.CONSENT_REASON_MISSING |
  bit.ITEM_CONDITION_UNKNOWN |
  bit.SUBJECT_AMBIGUOUS;

/** Later than every reason. */
export const NONE = 31;

/** firstBit is the place of the earliest reason in a set, NONE when it is empty. */
export const firstBit = (mask: number): number => (mask === 0 ? NONE : 31 - Math.clz32(mask & -mask));

/** verdictOf: any DENY, else any REVIEW, else PERMIT. */
export const verdictOf = (mask: number): Verdict =>
  (mask & ~REVIEW_BITS) !== 0 ? 'DENY' : mask !== 0 ? 'REVIEW' : 'PERMIT';

const NO_REASONS: readonly ReasonCode[] = Object.freeze([]);
const known = new Map<number, readonly ReasonCode[]>([[0, NO_REASONS]]);
const MOST_KNOWN = 10_000;

/** reasonsOf lists a set's reasons: those that refuse first, then those that ask for a look, each in the table's order. */
export function reasonsOf(mask: number): readonly ReasonCode[] {
  const before = known.get(mask);
  if (before) return before;
  const listed = (part: number): ReasonCode[] => codes.filter((_, index) => (part & (2 ** index)) !== 0);
  const reasons = Object.freeze([...listed(mask & ~REVIEW_BITS), ...listed(mask & REVIEW_BITS)]);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(mask, reasons);
  return reasons;
}
