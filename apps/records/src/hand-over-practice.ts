import type { CaseView, HandOverPractice, Packs, Urgency } from '@concordat/packs';
import { Invalid, type FieldProblem } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { consentProblems } from './onward-referral';
import type { SharedWords } from './disclosure';
import type { Sharing, SharingDto } from './sharing.dto';
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

  /** By when the other end of a disclosure is to have it on record. */
  get acknowledgeWithinHours(): number {
    return this.packs.sharingLaw().acknowledgeWithinHours;
  }

  /** How questions and records are said in the draft vocabulary of Social Care Data. */
  get mais(): ReturnType<Packs['mais']> {
    return this.packs.mais();
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
      wholeCase: this.handOver.wholeCase,
      askedAs: this.handOver.askedAs,
      withoutReason: (ground) => grounds.find((g) => g.code === ground)?.withoutReason,
    };
  }

  /**
   * For what a case is shared whole, and how consent stands: as it was said, and where no purpose was, the one that is usual for
   * the case's pathway. Throws Invalid naming every field that is wrong.
   */
  sharing({ kind }: { readonly kind: string }, { purpose, consent }: SharingDto): Sharing {
    const { purposes, purposeOf } = this.handOver;
    const meant = purpose ?? purposeOf.find((p) => p.pathway === kind)?.purpose;
    const grounds = this.packs.consentGrounds();
    const problems = [
      ...(meant === undefined ? [{ field: 'purpose', code: 'required', message: 'Select the purpose' }] : []),
      ...unlisted('purpose', meant, purposes),
      ...unlisted('consent.ground', consent?.ground, grounds),
      ...(consent ? consentProblems(consent) : []),
    ];
    if (problems.length > 0) throw new Invalid(problems);
    return { purpose: meant!, consent };
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

const unlisted = (
  field: string,
  code: string | undefined,
  list: readonly { readonly code: string }[],
): FieldProblem[] =>
  code === undefined || list.some((each) => each.code === code)
    ? []
    : [{ field, code: 'not-in-list', message: 'Select one of the list' }];
