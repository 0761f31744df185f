import { NotShared } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import { Peers } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { questionOf, type Disclosure } from './disclosure';
import { HandOverPractices } from './hand-over-practice';

/** What the decision point answers. */
interface Answer {
  readonly id: string;
  readonly decision: {
    readonly outcome: 'PERMIT' | 'DENY' | 'REVIEW';
    readonly reasons: readonly string[];
    readonly isa: string | null;
    readonly flowId: string | null;
    readonly lineIds: readonly string[];
  };
  readonly contact?: Contact;
}

/** Whom to turn to at an agency, as the agreement names them. */
export interface Contact {
  readonly name: string;
  readonly post?: string;
  readonly email?: string;
  readonly telephone?: string;
}

/** The decision by which something was disclosed. Made by `Disclosures` only: whoever holds one has asked. */
export class Permit {
  /** Not part of what is kept of a permit. */
  readonly #contact: Contact | null;

  private constructor(
    readonly decisionId: string,
    /** `id@version` of the agreement. */
    readonly isa: string,
    readonly flowId: string,
    readonly lineIds: readonly string[],
    contact: Contact | null,
  ) {
    this.#contact = contact;
  }

  /** Where it was asked whether somebody is known: whom to turn to at the agency that was asked. */
  get contact(): Contact | null {
    return this.#contact;
  }

  /** Throws NotShared with the reasons for whatever is not a permission. */
  static of({ id, decision: { outcome, reasons, isa, flowId, lineIds }, contact }: Answer): Permit {
    if (outcome !== 'PERMIT') throw new NotShared(id, outcome, reasons);
    if (isa === null || flowId === null) throw new NotShared(id, 'DENY', ['AGREEMENT_UNKNOWN']);
    return new Permit(id, isa, flowId, lineIds, contact ?? null);
  }
}

/**
 * The one way by which records discloses to another agency. It asks the sharing context, which keeps question and decision;
 * what was decided stands in the audit entry of the act, permitted or not. No answer, no disclosure.
 */
@Injectable()
export class Disclosures {
  constructor(
    private readonly peers: Peers,
    private readonly practice: HandOverPractices,
  ) {}

  /** Throws NotShared when no agreement allows it, Unavailable when it cannot be decided. */
  async permit(tx: Tx, disclosure: Disclosure): Promise<Permit> {
    const question = questionOf(disclosure, this.practice.sharedWords);
    const answer = await this.peers.ask<Answer>('records', 'sharing', '/decisions', question, {
      'concordat-purpose': tx.call.purpose,
      'x-correlation-id': tx.call.correlationId,
    });
    const { isa, outcome } = answer.decision;
    tx.about({
      objects: [{ t: 'decision', id: answer.id }],
      recipients: [{ org: disclosure.toOrg, role: 'recipient' }],
      decision: outcome,
      ...(isa ? { rule: isa } : {}),
    });
    return Permit.of(answer);
  }
}
