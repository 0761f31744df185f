import { named, type Agreement, type BasisLine } from '../agreement';
import { compileLine } from './compile';
import { SPECIAL, CRIMINAL } from './compiled';
import type { Decision, Obligation } from './decision';
import type { ReasonCode } from './reasons';
import { ruleOf } from './reasons';
import type { Register } from './register';
import type { DecisionRequest } from './request';
import { partyWords, wordsFor, type Telling } from './words';

/** A decision in plain words for the practitioner whom it concerns, one sentence for each reason. */
export interface Explanation {
  readonly summary: string;
  readonly reasons: readonly { readonly code: ReasonCode; readonly rule: string; readonly words: string }[];
  readonly obligations: readonly { readonly code: Obligation; readonly words: string }[];
}

/** How organisations and items are called; their codes are used for what it does not know. */
export interface Names {
  readonly organisation: (orgId: string) => string | undefined;
  readonly item: (code: string) => string | undefined;
}

const duties: Readonly<Record<Obligation, string>> = {
  REVIEW_OVERDUE: 'The agreement is overdue for review.',
  ANSWER_MATCH_FALSE_ONLY: 'Answer that the person is not known, and nothing else.',
  NOTIFY_DPO: 'Tell the data protection officer.',
  NOTIFY_ORIGINATOR: 'Tell the organisation that the information came from.',
  RETROSPECTIVE_REVIEW: 'Somebody who neither did nor authorised this must review it.',
};

/** explain tells a decision from its reasons, the request and the agreement that it was judged by. Codes and names only. */
export function explain(decision: Decision, request: DecisionRequest, register: Register, names: Names): Explanation {
  const telling = tellingOf(decision, request, register, names);
  const told = (code: ReasonCode) => ({ code, rule: ruleOf[code], words: wordsFor(code, telling) });
  const reasons = (decision.mode === 'BREAK_GLASS' ? (decision.overridden ?? []) : decision.reasons).map(told);
  return {
    summary: summaryOf(decision, telling, reasons[0]?.words),
    reasons,
    obligations: decision.obligations.map((code) => ({ code, words: duties[code] })),
  };
}

function summaryOf({ outcome, mode, flowId }: Decision, telling: Telling, first: string | undefined): string {
  const { sender, recipients, items, agreement } = telling;
  if (mode === 'BREAK_GLASS')
    return `${sender} may send ${items} to ${recipients} in this emergency, although: ${first}`;
  if (outcome === 'PERMIT') return `${sender} may send ${items} to ${recipients}: ${agreement}, flow ${flowId}.`;
  return outcome === 'DENY' ? first! : `Somebody must look at this first. ${first}`;
}

function tellingOf(decision: Decision, request: DecisionRequest, register: Register, names: Names): Telling {
  const at = decision.isa?.lastIndexOf('@') ?? -1;
  const version = decision.isa ? register.version(decision.isa.slice(0, at), decision.isa.slice(at + 1)) : undefined;
  const agreement = version?.agreement;
  const flow = agreement?.flows.find(({ id }) => id === decision.flowId);
  const lines = (agreement?.basisLines ?? []).filter(({ id }) => decision.lineIds.includes(id));
  const organisation = (orgId: string): string => names.organisation(orgId) ?? orgId;
  const item = (code: string): string => names.item(code) ?? code;
  const ends = [request.sender, ...request.recipients];
  const traits = (code: string): number => version?.items.get(code)?.traits ?? 0;
  const failing = (what: 'forSpecial' | 'forCriminal'): string[] =>
    ends.filter((orgId, end) => {
      const party = version?.parties.get(orgId)?.party;
      const line = party && lineOf(lines, party, end === 0 ? 'SEND' : 'RECEIVE');
      return party && line && compileLine(line, party, register.law)[what] !== 0;
    });
  return {
    sender: organisation(request.sender),
    recipients: list(request.recipients.map(organisation)),
    items: list(request.items.map(item)),
    purpose: request.purpose,
    agreement: agreement ? `agreement ${agreement.title} ${agreement.version}` : `agreement ${request.agreementId}`,
    request,
    flow,
    expiresOn: agreement?.expiresOn,
    effectiveFrom: agreement?.effectiveFrom,
    reviewBy: agreement?.reviewBy,
    outside: list(request.items.filter((code) => !flow?.items.includes(code)).map(item)),
    special: list(request.items.filter((code) => (traits(code) & SPECIAL) !== 0).map(item)),
    criminal: list(request.items.filter((code) => (traits(code) & CRIMINAL) !== 0).map(item)),
    withoutSpecial: list(failing('forSpecial').map(organisation)),
    withoutCriminal: list(failing('forCriminal').map(organisation)),
    conditional: list(conditionalItems(agreement, request).map(item)),
    strangers: list(request.recipients.filter((orgId) => !version?.parties.has(orgId)).map(organisation)),
    withoutLine: list(
      request.recipients.filter((orgId) => !hasLine(agreement, orgId, request.purpose)).map(organisation),
    ),
  };
}

const lineOf = (
  lines: readonly BasisLine[],
  party: Parameters<typeof named>[1],
  direction: BasisLine['direction'],
): BasisLine | undefined => lines.find((line) => line.direction === direction && named([line.party], party));

function conditionalItems(agreement: Agreement | undefined, { items, conditions }: DecisionRequest): string[] {
  return items.filter((code) => {
    const condition = agreement?.dataItems.find((item) => item.code === code)?.condition;
    return condition !== undefined && conditions[condition] !== true;
  });
}

function hasLine(agreement: Agreement | undefined, orgId: string, purpose: string): boolean {
  const party = agreement?.parties.find((each) => each.orgId === orgId);
  return Boolean(
    party &&
    agreement?.basisLines.some(
      (line) => line.purpose === purpose && line.direction === 'RECEIVE' && named([line.party], party),
    ),
  );
}

/** "a", "a and b", "a, b and c" */
const list = partyWords;
