import type { CaseView, HandOverPractice, Packs, Urgency } from '@concordat/packs';
import type { FieldProblem } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import type { SharedWords } from './disclosure';
import { Practice } from './practice';

/** How agencies here hand cases to each other, as the pack in force says. */
@Injectable()
export class HandOverPractices {
  private readonly packs: Packs;

  constructor(practice: Practice) {
    this.packs = practice.packs;
  }

  /** The stamp of what was followed: `england-wales@1.7.0/hand-over@1`. */
  get stamp(): string {
    return `${this.packs.version}/hand-over@${this.handOver.version}`;
  }

  get handOver(): HandOverPractice {
    return this.packs.handOver();
  }

  /** Everything that a form of hand-over offers, with the grounds for sharing without consent. */
  told(): HandOverPractice & { pack: string; consentGrounds: ReturnType<Packs['consentGrounds']> } {
    return { ...this.handOver, pack: this.stamp, consentGrounds: this.packs.consentGrounds() };
  }

  urgency(code: string): Urgency | undefined {
    return this.handOver.urgencies.find((u) => u.code === code);
  }

  view(code: string): CaseView | undefined {
    return this.handOver.views.find((v) => v.code === code);
  }

  /** How agreements and the law speak of what is handed over. */
  get sharedWords(): SharedWords {
    const grounds = this.packs.consentGrounds();
    return {
      itemCode: (item) => this.handOver.sharedAs[item],
      withoutReason: (ground) => grounds.find((g) => g.code === ground)?.withoutReason,
    };
  }

  /** What of an offer's codes the pack does not have. */
  unknownCodes(offer: {
    readonly purpose: string;
    readonly legalBasis: string;
    readonly urgency: string;
    readonly view: string;
    readonly consent?: { readonly ground?: string };
  }): FieldProblem[] {
    const { purposes, legalBases } = this.handOver;
    const known: [string, boolean][] = [
      ['purpose', purposes.some((p) => p.code === offer.purpose)],
      ['legalBasis', legalBases.some((b) => b.code === offer.legalBasis)],
      ['urgency', this.urgency(offer.urgency) !== undefined],
      ['view', this.view(offer.view) !== undefined],
      [
        'consent.ground',
        offer.consent?.ground === undefined ||
          this.packs.consentGrounds().some((g) => g.code === offer.consent?.ground),
      ],
    ];
    return known.flatMap(([field, is]) =>
      is ? [] : [{ field, code: 'not-in-list', message: 'Select one of the list' }],
    );
  }
}
