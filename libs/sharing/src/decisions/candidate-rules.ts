import { named, type Flow } from '../agreement';
import { CRIMINAL, IDENTIFYING, live, SPECIAL, type CompiledFlow, type CompiledLine } from './compiled';
import { limitHolds } from './gateway';
import type { Question } from './question';
import { bit } from './reasons';
import type { DecisionRequest } from './request';

/** traitsOf adds up what items are. What the agreement does not know may identify somebody. */
export function traitsOf({ version }: Pick<Question, 'version'>, items: readonly string[]): number {
  let traits = 0;
  for (let i = 0; i < items.length; i++) traits |= version.items.get(items[i]!)?.traits ?? IDENTIFYING;
  return traits;
}

/** R9, R16, R18, R19, R20: the same whichever flow and lines are taken. */
export function anyWay(q: Question, items: readonly string[], traits: number): number {
  const { version, request, at } = q;
  let found = restrictions(q, items);
  if (!version.uses.has(request.action ?? 'READ')) found |= bit.USE_NOT_PERMITTED;
  if (request.origin !== undefined && request.origin.orgId !== request.sender) found |= onward(q, items);
  for (let i = 0; i < items.length; i++) {
    const condition = version.items.get(items[i]!)?.condition;
    if (condition === undefined) continue;
    const fact = Object.hasOwn(request.conditions, condition) ? request.conditions[condition] : undefined;
    if (fact === false) found |= bit.ITEM_CONDITION_NOT_MET;
    else if (fact === undefined) found |= bit.ITEM_CONDITION_UNKNOWN;
  }
  found |= subjectsFound(request, traits);
  if (at >= version.overdueFrom && version.agreement.reviewOverduePolicy === 'BLOCK') found |= bit.REVIEW_OVERDUE;
  return found;
}

/** R9: what matches action, items and a recipient. */
function restrictions({ version, request, recipients }: Question, items: readonly string[]): number {
  for (const each of version.restrictions) {
    if (each.action !== (request.action ?? 'READ')) continue;
    if (each.items && !each.items.some((item) => items.includes(item))) continue;
    if (each.to && !recipients.some((party) => named(each.to!, party))) continue;
    return bit.RESTRICTED;
  }
  return 0;
}

/** R16: the flow under which the sender received the items governs. One that could not have carried them is not known. */
function onward({ register, request, recipients }: Question, items: readonly string[]): number {
  const { orgId, agreementId, version, flowId, consentRef } = request.origin!;
  const source = agreementId && version ? register.version(agreementId, version) : undefined;
  const flow = flowId ? source?.flows.get(flowId) : undefined;
  const [from, to] = [source?.parties.get(orgId), source?.parties.get(request.sender)];
  if (!flow || !from || !to || !carries(flow, items) || !named(flow.from, from.party) || !named(flow.to, to.party)) {
    return bit.PROVENANCE_UNKNOWN;
  }
  if (flow.onward === 'PROHIBITED') return bit.ONWARD_PROHIBITED;
  if (flow.onward === 'WITH_ORIGINATOR_CONSENT') return consentRef === undefined ? bit.ORIGINATOR_CONSENT_NEEDED : 0;
  const listed = flow.onwardTo ?? [];
  return recipients.every((party) => named(listed, party)) ? 0 : bit.ONWARD_NOT_LISTED;
}

const carries = (flow: Flow, items: readonly string[]): boolean => items.every((item) => flow.items.includes(item));

/** R19. Somebody's data without anybody whose it is has no subject that was found. */
export function subjectsFound({ subjects, kind }: DecisionRequest, traits: number): number {
  if (subjects.length === 0) return (traits & IDENTIFYING) !== 0 ? bit.SUBJECT_NOT_FOUND : 0;
  let found = 0;
  for (let i = 0; i < subjects.length; i++) {
    const { match } = subjects[i]!;
    if (match === 'POSSIBLE') found |= bit.SUBJECT_AMBIGUOUS;
    else if (match === 'NONE' && kind !== 'ASK_KNOWN') found |= bit.SUBJECT_NOT_FOUND;
  }
  return found;
}

/** R8, R14, R15: what depends on the flow. */
export function byFlow(q: Question, { flow, items: carried, methods }: CompiledFlow, items: readonly string[]): number {
  const { request, at, version, declarations } = q;
  let found = 0;
  for (let i = 0; i < items.length; i++) if (!carried.has(items[i]!)) found |= bit.ITEM_NOT_IN_SCOPE;
  if (!methods.has(request.method)) found |= bit.METHOD_NOT_ALLOWED;
  if (request.classification === 'OFFICIAL-SENSITIVE' && flow.classification === 'OFFICIAL') {
    found |= bit.CLASSIFICATION_TOO_HIGH;
  }
  if (request.recipients.length > flow.maxRecipients) found |= bit.TOO_MANY_RECIPIENTS;
  if (request.setting === 'OUTSIDE')
    return flow.outsideMeetingAllowed ? found : found | bit.OUTSIDE_MEETING_NOT_ALLOWED;
  const { meetingId } = request;
  const declared = meetingId !== undefined && declarations.had(at, meetingId, request.actor.userId, version.agreement);
  return declared ? found : found | bit.DECLARATION_MISSING;
}

/** R11, R12: what a line of either end fails. */
export function ofBasis(line: CompiledLine, traits: number): number {
  let found = line.always;
  if ((traits & SPECIAL) !== 0) found |= line.forSpecial;
  if ((traits & CRIMINAL) !== 0) found |= line.forCriminal;
  return found;
}

/** R11 to R13, R17: what the sender's line fails. */
export function ofSender(q: Question, line: CompiledLine, traits: number): number {
  const { request, allDeceased } = q;
  let found = allDeceased ? 0 : ofBasis(line, traits);
  if (!allDeceased && line.needsStatement && request.statement === undefined) found |= bit.REQUEST_STATEMENT_MISSING;
  if (line.missingGateway) found |= bit.GATEWAY_MISSING;
  else if (line.limits.length > 0 && !carried(q, line, traits)) {
    found |= bit.GATEWAY_NOT_APPLICABLE;
  }
  return found | confidence(q, line, traits);
}

function confidence({ request, allDeceased }: Question, { line, needsReason }: CompiledLine, traits: number): number {
  const { state, refusalNote, withoutReason } = request.consent;
  const route = line.confidenceRoute;
  let found = 0;
  if (route === 'CONSENT') {
    if (state !== 'GIVEN') found |= bit.CONSENT_REQUIRED;
  } else {
    if (route === 'PUBLIC_INTEREST' && request.publicInterestRef === undefined)
      found |= bit.PUBLIC_INTEREST_NOT_RECORDED;
    const refused = state === 'REFUSED' || state === 'WITHDRAWN';
    if (refused && refusalNote === undefined) found |= bit.REFUSAL_NOT_ADDRESSED;
  }
  const sensitive = (traits & (SPECIAL | CRIMINAL)) !== 0;
  if (needsReason && sensitive && !allDeceased && state !== 'GIVEN' && withoutReason === undefined) {
    found |= bit.CONSENT_REASON_MISSING;
  }
  return found;
}

/** R13: whether some gateway of the line carries this act. */
function carried(
  { sender, purpose, recipients, version, at }: Question,
  { limits }: CompiledLine,
  traits: number,
): boolean {
  const carrying = {
    traits,
    senderIsCare: sender.healthOrSocialCare,
    deathReview: purpose.deathReview,
    recipients,
    principal: (orgId: string) => {
      const principal = version.parties.get(orgId);
      return live(principal, at) ? principal!.party : undefined;
    },
  };
  return limits.some((limit) => limitHolds(limit, carrying));
}
