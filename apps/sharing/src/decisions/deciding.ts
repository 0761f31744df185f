import type { Tx } from '@concordat/messaging';
import {
  decide,
  decideEach,
  decideOn,
  declarationsOf,
  explain,
  type Decision,
  type DecisionRequest,
} from '@concordat/sharing';
import { Injectable } from '@nestjs/common';
import { Law } from '../law';
import { RegisterKeeper } from '../register-keeper';
import { signaturesFor } from '../signatures.repository';

/** The evaluator, with the agreements as a transaction sees them. It keeps nothing. */
@Injectable()
export class Deciding {
  constructor(
    private readonly register: RegisterKeeper,
    private readonly law: Law,
  ) {}

  async decide(tx: Tx, request: DecisionRequest): Promise<Decision> {
    return decide(request, await this.standing(tx, request));
  }

  /** By each agreement that could answer, which the request that is answered names; of `policies` alone where there are any. */
  async decideEach(tx: Tx, question: DecisionRequest, policies: readonly string[] = []) {
    const standing = await this.standing(tx, question);
    return policies.length > 0 ? decideOn(policies, question, standing) : decideEach(question, standing);
  }

  /** Organisations by their ids: their names are told by identity, to those who may know them. */
  async told(tx: Tx, decision: Decision, request: DecisionRequest) {
    const names = { organisation: () => undefined, item: (code: string) => this.law.items.get(code) };
    return explain(decision, request, await this.register.now(tx), names);
  }

  /** Whom to turn to at the agency that was asked whether somebody is known, as the agreement names them. */
  async contactAt(tx: Tx, { kind, sender }: DecisionRequest, { outcome, isa }: Decision) {
    if (kind !== 'ASK_KNOWN' || outcome !== 'PERMIT' || isa === null) return undefined;
    const [id = '', version = ''] = isa.split('@');
    const party = (await this.register.now(tx)).version(id, version)?.parties.get(sender)?.party;
    return party?.spoc ?? party?.dlo;
  }

  private async standing(tx: Tx, request: DecisionRequest) {
    const signatures = await signaturesFor(tx, request);
    const register = await this.register.now(tx);
    return { register, declarations: declarationsOf(signatures, register), auditDurable: true };
  }
}
