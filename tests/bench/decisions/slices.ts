import * as cedar from '@cedar-policy/cedar-wasm/nodejs';
import type { DecisionRequest } from '@concordat/sharing';
import { contextOf, policiesOf } from './cedar';
import type { World } from './naive';

/**
 * Cedar with the policies of a world, sliced as well as they can be: a request is put to the policies of the agreement that it names, from
 * its sender, whose flows reach its first recipient, and to no others. Each slice is parsed once.
 */
export class CedarSlices {
  private readonly parsed = new Set<string>();

  constructor(private readonly world: World) {}

  /** How many slices have been parsed. */
  get size(): number {
    return this.parsed.size;
  }

  /** Parses the slice of a request, unless that has been done. */
  prepare({ agreementId, sender, recipients }: DecisionRequest): string {
    const name = `${agreementId}/${sender}/${recipients[0]}`;
    if (this.parsed.has(name)) return name;
    const isParty = (agreement: World['agreements'][number], org: string | undefined): boolean =>
      agreement.parties.some(({ orgId }) => orgId === org);
    const policies = this.world.agreements
      .filter((one) => one.id === agreementId && isParty(one, sender) && isParty(one, recipients[0]))
      .map((one) => policiesOf(one, sender, this.world, recipients[0]));
    const answer = cedar.preparsePolicySet(name, {
      staticPolicies: Object.assign({}, ...policies) as cedar.StaticPolicySet,
    });
    if (answer.type === 'failure') throw new Error(`Cedar cannot read ${name}: ${answer.errors[0]?.message}`);
    this.parsed.add(name);
    return name;
  }

  /** Whether Cedar permits it; with the policies by which it does, as its answers have. */
  decide(request: DecisionRequest, slice: string): boolean {
    const answer = cedar.statefulIsAuthorized({
      principal: { type: 'Organisation', id: request.sender },
      action: { type: 'Action', id: 'share' },
      resource: { type: 'Agreement', id: request.agreementId },
      context: contextOf(request),
      preparsedPolicySetId: slice,
      entities: [],
    });
    if (answer.type === 'failure' || answer.response.diagnostics.errors.length > 0)
      throw new Error(`Cedar cannot decide ${request.requestId}`);
    return answer.response.decision === 'allow';
  }
}
