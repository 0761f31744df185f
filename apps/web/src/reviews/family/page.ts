import { Id } from '@concordat/platform';
import { Get, Query } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { EvidenceApi } from '../../apis/evidence';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { BEGUN, CHANNELS, dayOfYear, OUTCOMES, REACHES, TOPICS } from '../evidence-words';

const DONE: Readonly<Record<string, string>> = {
  'family-person': 'They are in the family log',
  'family-contact': 'The contact is recorded, in your name',
};

/** The family log: who they are, how they are reached safely, and every contact. For those who draft the review. */
@Page({ at: 'reviews/:id/family', folder: 'reviews/family', may: 'review.view-family', states: ['empty', 'filled'] })
export class FamilyPage {
  constructor(
    private readonly evidence: EvidenceApi,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Query('done') done?: string): Promise<View> {
    const log = await this.evidence.family(visit, id);
    const names = await this.directory.names(
      visit,
      log.contacts.map(({ by }) => by),
    );
    const personOf = (personId: string | null) => log.people.find((p) => p.id === personId);
    return show({
      review: log,
      people: log.people.map((p) => ({ ...p, days: p.sensitiveDays.map(dayOfYear), reach: REACHES[p.reach ?? 'any'] })),
      contacts: log.contacts.map((c) => ({
        ...{ ...c, topic: TOPICS[c.topic], outcome: OUTCOMES[c.outcome], channel: CHANNELS[c.channel] },
        ...{ person: personOf(c.personId)?.name ?? 'Nobody of the family', who: names.person(c.by) },
        begunBy: BEGUN[c.begunBy ?? 'review'],
      })),
      back: { text: 'Back to the review', href: `/reviews/${id}` },
      ...(done && Object.hasOwn(DONE, done) ? { flash: { text: DONE[done] } } : {}),
    });
  }
}
