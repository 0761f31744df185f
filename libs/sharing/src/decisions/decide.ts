import { emergencyHolds, neverOverridden } from './break-glass';
import { weigh } from './candidates';
import type { CompiledVersion } from './compiled';
import type { Decision, Obligation } from './decision';
import { digestOf, digestOfAnything } from './digest';
import { find } from './find';
import type { Question } from './question';
import { bit, reasonsOf, verdictOf, type ReasonCode, type StoppingReason } from './reasons';
import type { Declarations, Register } from './register';
import type { DecisionRequest } from './request';
import { wellFormed } from './well-formed';

/** Raised whenever the same request and agreements could lead to another decision. */
const ENGINE = '1.0.0';

/** What a decision stands on besides the request. */
export interface Standing {
  readonly register: Register;
  readonly declarations: Declarations;
  /** False when the audit entry of this decision cannot be made durable: then nothing is permitted. */
  readonly auditDurable: boolean;
}

const NOTHING: readonly never[] = Object.freeze([]);
const EMERGENCY: readonly Obligation[] = ['NOTIFY_DPO', 'NOTIFY_ORIGINATOR', 'RETROSPECTIVE_REVIEW'];

/**
 * decide answers a request by rules R0 to R20 (information-sharing rules, section 5). Pure: the same request and standing
 * give the same decision for ever, as of the request's own moment. Whatever is not a request is DENY REQUEST_INVALID.
 */
export function decide(request: unknown, standing: Standing): Decision {
  const { register } = standing;
  const engineVersion = engineOf(register);
  if (!wellFormed(request)) {
    const stop = standing.auditDurable ? 'REQUEST_INVALID' : 'AUDIT_UNAVAILABLE';
    return stopped(stop, undefined, engineVersion, digestOfAnything(request));
  }
  const inputHash = digestOf(request);
  if (!standing.auditDurable) return stopped('AUDIT_UNAVAILABLE', undefined, engineVersion, inputHash);
  const found = find(register, standing.declarations, request);
  const [decision, version] =
    'stop' in found
      ? [stopped(found.stop, found.version, engineVersion, inputHash), found.version]
      : [weighed(found, engineVersion, inputHash), found.version];
  if (request.breakGlass === undefined || decision.outcome === 'PERMIT') return decision;
  return emergency(request, register, version, decision, 'stop' in found ? NOTHING : obligationsOf(found));
}

const engines = new WeakMap<object, string>();
function engineOf({ law }: Register): string {
  let version = engines.get(law);
  if (version === undefined) engines.set(law, (version = `${ENGINE}+${law.id}.${law.version}`));
  return version;
}

function stopped(
  stop: StoppingReason,
  version: CompiledVersion | undefined,
  engineVersion: string,
  inputHash: string | null,
): Decision {
  return {
    outcome: 'DENY',
    reasons: [stop],
    isa: version?.isa ?? null,
    flowId: null,
    lineIds: NOTHING,
    permittedItems: NOTHING,
    obligations: NOTHING,
    mode: 'NORMAL',
    engineVersion,
    inputHash,
  };
}

function weighed(question: Question, engineVersion: string, inputHash: string): Decision {
  const { items } = question.request;
  const { mask, flow, lineIds } = weigh(question, items);
  const outcome = verdictOf(mask);
  return {
    outcome,
    reasons: reasonsOf(mask),
    isa: question.version.isa,
    flowId: flow.id,
    lineIds,
    permittedItems: outcome === 'PERMIT' ? items : permittedAlone(question, mask),
    obligations: outcome === 'DENY' ? NOTHING : obligationsOf(question),
    mode: 'NORMAL',
    engineVersion,
    inputHash,
  };
}

/** These fail whatever the items are, so that none would be permitted alone. */
const WHATEVER = bit.USE_NOT_PERMITTED | bit.SUBJECT_AMBIGUOUS | bit.REVIEW_OVERDUE;

function permittedAlone(question: Question, mask: number): readonly string[] {
  const { items } = question.request;
  if (items.length === 1 || (mask & WHATEVER) !== 0) return NOTHING;
  return items.filter((item) => weigh(question, [item]).mask === 0);
}

function obligationsOf({ version, at, request }: Question): readonly Obligation[] {
  const overdue = at >= version.overdueFrom && version.agreement.reviewOverduePolicy === 'WARN';
  const unknown = request.kind === 'ASK_KNOWN' && request.subjects.some(({ match }) => match === 'NONE');
  if (!overdue && !unknown) return NOTHING;
  return [
    ...(overdue ? (['REVIEW_OVERDUE'] as const) : []),
    ...(unknown ? (['ANSWER_MATCH_FALSE_ONLY'] as const) : []),
  ];
}

function emergency(
  request: DecisionRequest,
  register: Register,
  version: CompiledVersion | undefined,
  original: Decision,
  obligations: readonly Obligation[],
): Decision {
  const stands = neverOverridden(request, version, original.reasons);
  if (stands) return { ...original, reasons: deciding(stands, original.reasons) };
  if (!emergencyHolds(register, request, version)) {
    const reasons = deciding('BREAK_GLASS_INCOMPLETE', original.reasons);
    return { ...original, outcome: 'DENY', reasons, obligations: NOTHING };
  }
  return {
    ...original,
    outcome: 'PERMIT',
    reasons: NOTHING,
    permittedItems: request.items,
    obligations: [...obligations, ...EMERGENCY],
    overridden: original.reasons,
    mode: 'BREAK_GLASS',
  };
}

const deciding = (first: ReasonCode, reasons: readonly ReasonCode[]): readonly ReasonCode[] => [
  first,
  ...reasons.filter((reason) => reason !== first),
];
