import type { Tx } from '@concordat/messaging';
import { Injectable } from '@nestjs/common';
import { WHOLE_CASE, type Concerned, type Disclosure } from './disclosure';
import { Disclosures, type Permit } from './disclosures';
import { HandOverPractices } from './hand-over-practice';
import type { Sharing, SharingDto } from './sharing.dto';

/** From whom to whom a case goes whole, whom it is about, and for what. */
export interface WholeCase extends Pick<Disclosure, 'kind' | 'fromOrg' | 'toOrg' | 'byId'> {
  readonly people: readonly Concerned[];
  readonly sharing: Sharing;
}

/** Discloses cases whole: to an agency that joins one, takes it over, or keeps a part in one that it led. */
@Injectable()
export class WholeCases {
  constructor(
    private readonly practice: HandOverPractices,
    private readonly disclosures: Disclosures,
  ) {}

  /** By when an agency to which a case goes is to have that on record. */
  get acknowledgeWithinHours(): number {
    return this.practice.acknowledgeWithinHours;
  }

  /** What was said of purpose and consent, complete; it stands in the act's details. Throws Invalid. */
  said(tx: Tx, record: { readonly kind: string }, dto: SharingDto): Sharing {
    const sharing = this.practice.sharing(record, dto);
    tx.about({ detail: { pack: this.practice.stamp, purpose: sharing.purpose, consent: sharing.consent ?? null } });
    return sharing;
  }

  /** Throws NotShared when no agreement allows all of it, Unavailable when it cannot be decided. */
  permit(tx: Tx, { kind, fromOrg, toOrg, byId, people, sharing }: WholeCase): Promise<Permit> {
    const { purpose, consent } = sharing;
    tx.about({ subjects: people.map((p) => p.id) });
    return this.disclosures.permit(tx, { kind, fromOrg, toOrg, byId, purpose, items: WHOLE_CASE, people, consent });
  }
}
