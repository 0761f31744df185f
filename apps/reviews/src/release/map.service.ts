import { newId } from '@concordat/contracts';
import { UnitOfWork } from '@concordat/messaging';
import { NotFound, valid, type Call } from '@concordat/platform';
import type { ReviewKind } from '@concordat/packs';
import { Injectable } from '@nestjs/common';
import { demandIdentifiers } from '../identifiers';
import { Kinds } from '../kinds';
import { openHits } from '../release-rules';
import { Changing } from '../reviews/changing';
import { draftedReview } from './drafting';
import { MapPersonDto } from './release.dto';
import * as kept from '../release.repository';
import { unansweredAgencies } from '../scoping-rules';

/** Keeps who is protected in a review, and shows it with the files that are to leave. */
@Injectable()
export class MapService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly changing: Changing,
    private readonly kinds: Kinds,
  ) {}

  view(call: Call, id: string) {
    const act = { action: 'review.view-release', call, objects: [{ t: 'review' as const, id }] } as const;
    return this.unit.read(act, async (tx) => {
      const review = await draftedReview(tx, id, 'review.view-release');
      const people = await kept.peopleOf(tx, id);
      const files = await kept.filesOf(tx, id);
      tx.about({
        objects: [
          { t: 'review', id, ver: String(review.version) },
          ...files.map((file) => ({ t: 'release-file' as const, id: file.id })),
        ],
        subjects: people.map((person) => person.id),
      });
      const { mapped = 0, releases = [] } = review.document;
      return {
        ...{ id, version: review.version, reference: review.reference, mapped, people },
        unanswered: unansweredAgencies(review.document),
        weights: weightsOf(await this.kinds.of(tx, review.kind)),
        files: files.map((file) => {
          const brief = releases.find((r) => r.id === file.id)!;
          return {
            ...{ ...file, state: brief.state, current: brief.mapped === mapped, releasedBy: brief.releasedBy },
            open: openHits(file).map(({ key }) => key),
          };
        }),
        may: {
          map: review.ownerOrg === tx.actor.orgId && tx.actor.roles.includes('review-coordinator'),
          as: tx.actor.id,
        },
      };
    });
  }

  /** Enters somebody, or replaces their entry. Every file must be scanned again after it. */
  keep(call: Call, id: string) {
    return this.changing.review(call, id, 'review.map-person', async ({ tx, review: { document } }) => {
      const { id: known, pseudonym, chosenBy, why, identifiers = [] } = valid(MapPersonDto, call.body);
      const before = known ? (await kept.peopleOf(tx, id)).find((p) => p.id === known) : undefined;
      if (known && !before) throw new NotFound('protected-person');
      const person = {
        ...{ id: known ?? newId(), number: (before?.number ?? 0) + 1, pseudonym, chosenBy, why },
        identifiers: identifiers.map(({ kind, value }) => ({ kind, value })),
      };
      demandIdentifiers(person);
      await kept.keepPerson(tx, id, person);
      tx.about({ subjects: [person.id], items: [...new Set(person.identifiers.map(({ kind }) => kind))] });
      return { what: 'person-mapped', document: { mapped: (document.mapped ?? 0) + 1 } };
    });
  }
}

/** What files for central bodies must stay below, and with which force. Pure. */
const weightsOf = ({ copies = [] }: ReviewKind) =>
  copies.flatMap(({ to, force, megabytes }) => (megabytes === undefined ? [] : [{ to, force, megabytes }]));
