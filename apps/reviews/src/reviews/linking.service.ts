import { Invalid } from '@concordat/contracts';
import { valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { demandLink } from '../linking';
import type { ReviewLink } from '../review';
import { Changing, recordedBy } from './changing';
import { LinkReviewDto } from './panel.dto';
import { reviewByReference } from './reviews.repository';

const wrong = (field: string, code: string, message: string) => new Invalid([{ field, code, message }]);

/** Says how a review stands to another. */
@Injectable()
export class LinkingService {
  constructor(private readonly changing: Changing) {}

  /** To a review that the caller sees, or to one that is kept elsewhere. One that they may not see is not there. */
  link(call: Call, id: string) {
    return this.changing.review(call, id, 'review.link', async ({ tx, review }) => {
      const { relation, reference, outside, note } = valid(LinkReviewDto, call.body);
      if (!reference === !outside)
        throw wrong('reference', 'required', 'Enter a reference, or what it is called elsewhere: one of both');
      const other = reference ? await reviewByReference(tx, reference.trim().toUpperCase()) : undefined;
      if (reference && (!other || other.id === id))
        throw wrong('reference', 'review.unknown', 'Enter the reference of another review that you may see');
      const link: ReviewLink = {
        ...{ relation, reviewId: other?.id ?? null, reference: other?.reference ?? outside!, note, ...recordedBy(tx) },
      };
      demandLink(link, review.document, other?.document ?? null, id);
      tx.about({ items: [relation], ...(other ? { objects: [{ t: 'review', id: other.id }] } : {}) });
      return { what: 'linked', document: { links: [...(review.document.links ?? []), link] } };
    });
  }
}
