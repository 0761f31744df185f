import { live, wasLive, type CompiledFlow, type CompiledParty, type CompiledVersion } from './compiled';
import { judgedAt } from './in-force';
import type { Question } from './question';
import type { StoppingReason } from './reasons';
import type { Declarations, Register } from './register';
import { timeOf, type DecisionRequest } from './request';

/** R2 to R7 found why not, with the version that it was judged by, if there was any. */
export interface Stopped {
  readonly stop: StoppingReason;
  readonly version: CompiledVersion | undefined;
}

/** find resolves what a request names, and stops at the first of R2 to R7 that fails. */
export function find(register: Register, declarations: Declarations, request: DecisionRequest): Question | Stopped {
  const at = timeOf(request.at);
  const judged = judgedAt(register, request.agreementId, at);
  if (!judged) return { stop: 'AGREEMENT_UNKNOWN', version: undefined };
  const { version, reason } = judged;
  const stop = reason ?? mismatch(version, request) ?? parties(version, request, at);
  if (stop) return { stop, version };
  const purpose = version.purposes.get(request.purpose);
  if (!purpose) return { stop: 'PURPOSE_NOT_LISTED', version };
  const flows = flowsToAll(purpose.from.get(request.sender) ?? [], request.recipients);
  if (flows.length === 0) return { stop: 'NO_FLOW', version };
  const { subjects } = request;
  return {
    register,
    declarations,
    request,
    at,
    version,
    purpose,
    sender: version.parties.get(request.sender)!.party,
    recipients: request.recipients.map((orgId) => version.parties.get(orgId)!.party),
    flows,
    sendLines: purpose.send.get(request.sender) ?? [],
    receiveLines: request.recipients.map((orgId) => purpose.receive.get(orgId) ?? []),
    allDeceased: subjects.length > 0 && subjects.every(({ deceased }) => deceased),
  };
}

function mismatch(version: CompiledVersion, request: DecisionRequest): StoppingReason | null {
  if (request.version !== undefined && request.version !== version.agreement.version) return 'VERSION_MISMATCH';
  return request.contentHash !== undefined && request.contentHash !== version.contentHash ? 'CONTENT_MISMATCH' : null;
}

function parties({ parties }: CompiledVersion, request: DecisionRequest, at: number): StoppingReason | null {
  const never = (party: CompiledParty | undefined): boolean => !live(party, at) && !wasLive(party, at);
  const sender = parties.get(request.sender);
  if (never(sender)) return 'SENDER_NOT_PARTY';
  let withdrawn = !live(sender, at);
  for (const orgId of request.recipients) {
    const recipient = parties.get(orgId);
    if (never(recipient)) return 'RECIPIENT_NOT_PARTY';
    withdrawn ||= !live(recipient, at);
  }
  if (withdrawn) return 'PARTY_WITHDRAWN';
  return actorBelongs(request) ? null : 'ACTOR_NOT_OF_PARTY';
}

/** Whoever discloses is of the sender; whoever consults or asks is of a recipient. */
export const actorBelongs = ({ kind, actor, sender, recipients }: DecisionRequest): boolean =>
  kind === 'DISCLOSE' ? actor.orgId === sender : recipients.includes(actor.orgId);

function flowsToAll(flows: readonly CompiledFlow[], recipients: readonly string[]): readonly CompiledFlow[] {
  for (const { to } of flows)
    if (!reachesAll(to, recipients)) return flows.filter((flow) => reachesAll(flow.to, recipients));
  return flows;
}

function reachesAll(to: ReadonlySet<string>, recipients: readonly string[]): boolean {
  for (let i = 0; i < recipients.length; i++) if (!to.has(recipients[i]!)) return false;
  return true;
}
