import { decide, type Standing } from './decide';
import type { Decision } from './decision';
import { ruleOf, type ReasonCode, type Verdict } from './reasons';
import type { Register } from './register';
import type { DecisionRequest } from './request';

/** Stands for the agreement where no agreement has the sender for a party: it is AGREEMENT_UNKNOWN (R2). */
export const NO_AGREEMENT = 'between these organisations';

const BEST: readonly Verdict[] = ['PERMIT', 'REVIEW', 'DENY'];
const ORDER = Object.keys(ruleOf) as readonly ReasonCode[];

/** A request as one agreement was asked it, and what that says. */
export interface Found {
  readonly request: DecisionRequest;
  readonly decision: Decision;
}

/**
 * decideAmong answers a request that names no agreement by the one that answers it best: PERMIT before REVIEW before DENY, then
 * the reason that stands latest among the rules, then the lowest id. Each agreement is asked by itself: two are never put
 * together to permit what neither does. Pure. Answers the request as it was decided, with the agreement named, so that the
 * decision replays.
 */
export const decideAmong = (asked: Omit<DecisionRequest, 'agreementId'>, standing: Standing): Found =>
  bestOf(decideEach(asked, standing));

/** decideEach is what each agreement that could answer says by itself, by their ids; there is always one. Pure. */
export const decideEach = (asked: Omit<DecisionRequest, 'agreementId'>, standing: Standing): readonly Found[] =>
  candidates(asked, standing.register).map((agreementId) => {
    const request = { ...asked, agreementId };
    return { request, decision: decide(request, standing) };
  });

/**
 * decideOn is what each of the agreements that whoever asks names says by itself, `id@version` or an id alone, and no other: a version
 * that is not the one in force is VERSION_MISMATCH. Pure.
 */
export const decideOn = (
  policies: readonly string[],
  asked: Omit<DecisionRequest, 'agreementId'>,
  standing: Standing,
): readonly Found[] =>
  [...new Set(policies)].sort().map((policy) => {
    const [agreementId = '', version] = policy.split('@');
    const request = { ...asked, agreementId, ...(version ? { version } : {}) };
    return { request, decision: decide(request, standing) };
  });

/** bestOf is the first of the best of them. Pure. */
export const bestOf = (found: readonly Found[]): Found =>
  found.reduce((best, next) => (isBetter(next.decision, best.decision) ? next : best));

/** Agreements of all who take part; without one, those of the sender, so that it can be said who is missing. */
function candidates({ sender, recipients }: Omit<DecisionRequest, 'agreementId'>, register: Register): string[] {
  const joining = (orgs: readonly string[]): string[] =>
    register
      .ids()
      .filter((id) =>
        register
          .versions(id)!
          .some(({ agreement }) => orgs.every((org) => agreement.parties.some((p) => p.orgId === org))),
      );
  const [all, some] = [joining([sender, ...recipients]), joining([sender])];
  const found = all.length > 0 ? all : some;
  return found.length > 0 ? found.sort() : [NO_AGREEMENT];
}

function isBetter(one: Decision, than: Decision): boolean {
  const rank = (d: Decision): number => BEST.indexOf(d.outcome);
  const reached = (d: Decision): number => (d.reasons[0] ? ORDER.indexOf(d.reasons[0]) : Infinity);
  return rank(one) !== rank(than) ? rank(one) < rank(than) : reached(one) > reached(than);
}
