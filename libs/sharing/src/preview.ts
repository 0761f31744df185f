import { civilDate } from '@concordat/clocks';
import type { Agreement } from './agreement';
import type { Answer } from './decisions/answered';
import { decideEach, type Found } from './decisions/decide-among';
import type { Decision } from './decisions/decision';
import { explain, type Names } from './decisions/explain';
import type { ReasonCode, Verdict } from './decisions/reasons';
import type { Declarations, Register } from './decisions/register';
import { settleAmong } from './decisions/settle-among';
import { declarationsOf, type StatementSignature } from './decisions/signatures';
import type { DecisionRequest } from './decisions/request';

/** Something that was decided, as it is kept. */
export interface PastDecision {
  readonly id: string;
  readonly request: DecisionRequest;
  readonly decision: Decision;
  /** What a person said where the rules left it to one. */
  readonly answer: Answer | null;
}

interface Side {
  readonly outcome: Verdict;
  readonly reasons: readonly ReasonCode[];
  readonly isa: string | null;
}

/** Decisions alike that would have come out otherwise. */
export interface Effect {
  readonly sender: string;
  readonly recipients: readonly string[];
  readonly purpose: string;
  readonly items: readonly string[];
  /** What was decided, and what would have been. */
  readonly was: Side;
  readonly would: Side;
  /** Why it would, in plain words. */
  readonly words: string;
  readonly count: number;
  /** One of them, to look at: the first that was replayed. */
  readonly exampleId: string;
}

const GRAVEST: readonly Verdict[] = ['DENY', 'REVIEW', 'PERMIT'];

/**
 * asInForceSince is a version as if all its parties had signed it and it had been activated at `since`, and its first day had
 * come. Its last day, its day of review and its parents stay as they are: they may refuse. Pure.
 */
export function asInForceSince(agreement: Agreement, since: Date): Agreement {
  const at = since.toISOString();
  const day = civilDate(since);
  return {
    ...agreement,
    status: 'ACTIVE',
    effectiveFrom: agreement.effectiveFrom < day ? agreement.effectiveFrom : day,
    parties: agreement.parties.map((party) => ({ ...party, signedAt: at, joinedAt: at })),
    events: [{ type: 'ACTIVATED', at, by: 'preview' }],
  };
}

/**
 * What would have been decided had a version been in force, in the place of every other version of its agreement. Each past
 * request is answered twice by the agreement that answers it best, with the register as it is and with this version in it: only
 * what differs between the two is this version's doing. What a person answered under another version of it lapses. It
 * reckons and keeps nothing else; it discloses what the past decisions do, so whoever asks MUST be one who may see them.
 */
export class Preview {
  readonly #effects = new Map<string, Effect>();
  readonly #then: Register;
  /** What signatures at meetings bind to, under either register. */
  readonly #declared: ReadonlyMap<Register, Declarations>;
  #replayed = 0;

  /** `others` are the other versions of the same agreement: what came under them keeps its origin, and nothing else. */
  constructor(
    private readonly now: Register,
    signatures: readonly StatementSignature[],
    version: { readonly agreement: Agreement; readonly others: readonly Agreement[]; readonly since: Date },
    private readonly names: Names,
  ) {
    const { agreement, others, since } = version;
    const inactive = others.map((other): Agreement => ({ ...other, events: [] }));
    this.#then = now.with(agreement.id, [...inactive, asInForceSince(agreement, since)]);
    this.#declared = new Map([now, this.#then].map((register) => [register, declarationsOf(signatures, register)]));
  }

  /** replay answers one past request anew, and counts it. */
  replay({ id, request, decision, answer }: PastDecision): void {
    this.#replayed += 1;
    // Which agreement, and which version, was named then is not what is asked now.
    const { agreementId, version, contentHash, ...asked } = request;
    const by = (register: Register): readonly Found[] =>
      decideEach(asked, { register, declarations: this.#declared.get(register)!, auditDurable: true });
    // What a person answered holds under the same version for the same reasons, here as there.
    const { isa, reasons } = decision;
    const given =
      answer === null || isa === null ? [] : [{ id, isa, reasons, answer, answeredAt: new Date(request.at) }];
    const { request: named, decision: would } = settleAmong(by(this.#then), given);
    if (would.outcome === decision.outcome || would.outcome === settleAmong(by(this.now), given).decision.outcome)
      return;
    const { sender, recipients, purpose, items } = request;
    const alike = { sender, recipients: [...recipients].sort(), purpose, items: [...items].sort() };
    const effect = { ...alike, was: sideOf(decision), would: sideOf(would) };
    const key = JSON.stringify(effect);
    const known = this.#effects.get(key);
    if (known) this.#effects.set(key, { ...known, count: known.count + 1 });
    else {
      const words = explain(would, named, this.#then, this.names).summary;
      this.#effects.set(key, { ...effect, words, count: 1, exampleId: id });
    }
  }

  /** How many were replayed. */
  get replayed(): number {
    return this.#replayed;
  }

  /** What would have come out otherwise: what would have been refused first, then what is left to a person, the most first. */
  effects(): readonly Effect[] {
    const rank = ({ would }: Effect): number => GRAVEST.indexOf(would.outcome);
    return [...this.#effects.values()].sort((a, b) => rank(a) - rank(b) || b.count - a.count);
  }
}

const sideOf = ({ outcome, reasons, isa }: Decision): Side => ({ outcome, reasons, isa });
