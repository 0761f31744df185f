import { civilDate } from '@concordat/clocks';
import { Invalid, newId, wrong } from '@concordat/contracts';
import { UnitOfWork } from '@concordat/messaging';
import { NotFound, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import {
  contactProblems,
  familyTime,
  isAgainst,
  isDayOfYear,
  type FamilyBrief,
  type FamilyContact,
  type FamilyPerson,
} from '../family';
import * as kept from '../family.repository';
import { demandDrafting, draftedReview } from '../release/drafting';
import { Changing, recordedBy } from '../reviews/changing';
import { FamilyContactDto, FamilyPersonDto } from './family.dto';

/**
 * The family log: who they are, how they are reached safely, what was said. Those who coordinate or draft the review see it;
 * everybody else who sees the review knows only what a contact was about, and what came of it.
 */
@Injectable()
export class FamilyService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly changing: Changing,
  ) {}

  view(call: Call, id: string) {
    const act = { action: 'review.view-family', call, objects: [{ t: 'review' as const, id }] } as const;
    return this.unit.read(act, async (tx) => {
      const { version, reference, document } = await draftedReview(tx, id, 'review.view-family');
      const people = await kept.familyOf(tx, id);
      const contacts = await kept.contactsOf(tx, id);
      tx.about({ objects: [{ t: 'review', id, ver: String(version) }], subjects: people.map((p) => p.id) });
      const timeUntil = familyTime(document.pauses, civilDate(tx.now))?.reviewOn ?? null;
      return { id, version, reference, people, contacts, timeUntil };
    });
  }

  /** Enters somebody of the family, or replaces their entry. */
  keepPerson(call: Call, id: string) {
    return this.changing.review(
      call,
      id,
      'review.keep-family-person',
      async ({ tx, review }) => {
        demandDrafting(tx, review);
        const dto = valid(FamilyPersonDto, call.body);
        const days = [...new Set(dto.sensitiveDays ?? [])].sort();
        const today = civilDate(tx.now);
        if (!days.every(isDayOfYear)) throw wrong('sensitiveDays', 'not-a-day', 'Enter days that there are in a year');
        if (dto.leafletOn && dto.leafletOn > today)
          throw wrong('leafletOn', 'in-future', 'The date must be today or earlier');
        const before = dto.id ? (await kept.familyOf(tx, id)).find((p) => p.id === dto.id) : undefined;
        if (dto.id && !before) throw new NotFound('family-person');
        const person: FamilyPerson = {
          ...{ id: dto.id ?? newId(), number: (before?.number ?? 0) + 1, name: dto.name, safeWay: dto.safeWay },
          ...{ relationship: dto.relationship, advocate: dto.advocate ?? null, wishes: dto.wishes ?? null },
          ...{ language: dto.language ?? null, leafletOn: dto.leafletOn ?? null, sensitiveDays: days },
          // An entry that is changed for another reason does not open what they had closed.
          reach: dto.reach ?? before?.reach ?? 'any',
        };
        await kept.keepFamilyPerson(tx, id, person);
        tx.about({ subjects: [person.id] });
        return { what: 'family-person' };
      },
      { named: true },
    );
  }

  /** Keeps a contact with the family. What it was about and what came of it goes into the review, and no more. */
  keepContact(call: Call, id: string) {
    return this.changing.review(
      call,
      id,
      'review.keep-family-contact',
      async ({ tx, review }) => {
        demandDrafting(tx, review);
        const dto = valid(FamilyContactDto, call.body);
        const person = (await kept.familyOf(tx, id)).find((p) => p.id === dto.personId);
        const { on, channel, spoke, topic, outcome } = dto;
        const contact: FamilyContact = {
          ...{ id: newId(), personId: dto.personId ?? null, on, channel, spoke, topic, outcome },
          ...{ said: dto.said ?? null, change: dto.change ?? null, nextOn: dto.nextOn ?? null, ...recordedBy(tx) },
          ...{ begunBy: dto.begunBy ?? 'review', despite: dto.despite?.trim() ? dto.despite : null },
        };
        const problems = contactProblems(contact, person, civilDate(tx.now), review.document.pauses);
        if (problems.length > 0) throw new Invalid(problems);
        await kept.keepFamilyContact(tx, id, contact);
        const { round, family = [] } = review.document;
        const against = isAgainst(contact, person, review.document.pauses);
        const brief: FamilyBrief = {
          ...{ id: contact.id, round, topic, outcome, on, ...recordedBy(tx) },
          ...(against ? { against } : {}),
        };
        tx.about({
          ...(person ? { subjects: [person.id] } : {}),
          ...{ items: [topic, outcome], reasons: against ? ['family.against-their-wish'] : [] },
        });
        return { what: 'family-contact', document: { family: [...family, brief] } };
      },
      { named: true },
    );
  }
}
