import { named } from '../agreement';
import { ofBasis, subjectsFound, traitsOf } from './candidate-rules';
import { compileLine } from './compile';
import { IDENTIFYING, type CompiledVersion } from './compiled';
import { actorBelongs } from './find';
import { reasonsOf, type ReasonCode } from './reasons';
import type { Register } from './register';
import { timeOf, type DecisionRequest } from './request';

const HOUR = 3_600_000;

/** What the law or the agreement puts beyond an emergency, in the order of the table. */
const NEVER: readonly ReasonCode[] = ['AUDIT_UNAVAILABLE', 'REQUEST_INVALID', 'CONTENT_MISMATCH', 'ACTOR_NOT_OF_PARTY'];

/**
 * neverOverridden finds the reason that stands even in an emergency. Absolute restrictions, R19 and whether the actor is of
 * the party it acts for are looked at here even when an earlier rule has stopped the rest.
 */
export function neverOverridden(
  request: DecisionRequest,
  version: CompiledVersion | undefined,
  reasons: readonly ReasonCode[],
): ReasonCode | null {
  for (const code of NEVER) {
    if (reasons.includes(code) || (code === 'ACTOR_NOT_OF_PARTY' && !actorBelongs(request))) return code;
  }
  if (version && absolutelyRestricted(version, request)) return 'RESTRICTED';
  const found = subjectsFound(request, version ? traitsOf({ version }, request.items) : IDENTIFYING);
  return found === 0 ? null : (reasonsOf(found)[0] ?? null);
}

function absolutelyRestricted({ restrictions, parties }: CompiledVersion, request: DecisionRequest): boolean {
  return restrictions.some(
    ({ absolute, action, items, to }) =>
      absolute &&
      action === (request.action ?? 'READ') &&
      (!items || items.some((item) => request.items.includes(item))) &&
      (!to || request.recipients.some((orgId) => to.includes(orgId) || partyNamed(parties, orgId, to))),
  );
}

function partyNamed(parties: CompiledVersion['parties'], orgId: string, to: readonly string[]): boolean {
  const party = parties.get(orgId)?.party;
  return party !== undefined && named(to, party);
}

/**
 * emergencyHolds tells whether everything is there that breaking the glass needs: a reason of the law table, the permission,
 * an authoriser of the actor's own organisation who is somebody else, a basis of the sender's, and an end within hours.
 */
export function emergencyHolds(
  register: Register,
  request: DecisionRequest,
  version: CompiledVersion | undefined,
): boolean {
  const { reason, basis, authoriser, expiresAt } = request.breakGlass ?? {};
  if (!reason || !basis || !authoriser || !expiresAt) return false;
  const { law } = register;
  const { actor } = request;
  const left = timeOf(expiresAt) - timeOf(request.at);
  return (
    law.breakGlass.reasons.some(({ code }) => code === reason) &&
    actor.permissions.includes('BREAK_GLASS') &&
    authoriser.orgId === actor.orgId &&
    authoriser.userId !== actor.userId &&
    left > 0 &&
    left <= law.breakGlass.hours * HOUR &&
    basisHolds(register, request, version)
  );
}

/**
 * The basis passes R11 and R12 for the sender. A sender that the agreement does not know is taken for a public authority
 * that is not competent for law enforcement, so that nobody gains by being unknown.
 */
function basisHolds({ law }: Register, request: DecisionRequest, version: CompiledVersion | undefined): boolean {
  const basis = request.breakGlass?.basis;
  if (!basis?.regime || (basis.regime === 'UKGDPR' && !law.art6.some(({ code }) => code === basis.art6))) return false;
  const { subjects, items, statement } = request;
  if (subjects.length > 0 && subjects.every(({ deceased }) => deceased)) return true;
  const sender = version?.parties.get(request.sender)?.party ?? { publicAuthority: true, competentAuthority: false };
  const fixed = { id: '', purpose: '', party: '', direction: 'SEND', gateways: [], apdRequired: false } as const;
  const line = compileLine({ ...fixed, ...basis, regime: basis.regime }, sender, law);
  if (line.needsStatement && statement === undefined) return false;
  const traits = version ? traitsOf({ version }, items) : IDENTIFYING;
  return ofBasis(line, traits) === 0;
}
