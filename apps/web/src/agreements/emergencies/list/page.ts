import { Get, Query } from '@nestjs/common';
import { Agreements } from '../../../apis/agreements';
import { Directory } from '../../../apis/directory';
import { Questions } from '../../../apis/questions';
import { formOf } from '../../../design/form';
import { Page, show, type View } from '../../../design/page';
import { Visiting, type Visit } from '../../../session/visit';
import { AUTHORITY, REVIEW_STATES } from '../../to-decide/words';

const STATES = [
  { value: 'to-review', text: 'To be reviewed' },
  { value: 'reviewed', text: 'Reviewed' },
];

/** What was shared in an emergency, whatever an agreement says, and its reviews. */
@Page({
  at: 'agreements/emergencies',
  folder: 'agreements/emergencies/list',
  may: 'emergency.list',
  states: ['filled', 'empty'],
})
export class EmergenciesPage {
  constructor(
    private readonly questions: Questions,
    private readonly agreements: Agreements,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(
    @Visiting() visit: Visit,
    @Query('state') asked?: string,
    @Query('cursor') cursor?: string,
    @Query('done') done?: string,
  ): Promise<View> {
    const state = STATES.find((s) => s.value === asked)?.value;
    const [list, { breakGlass }] = await Promise.all([
      this.questions.emergencies(visit, { ...(state ? { state } : {}), ...(cursor ? { cursor } : {}) }),
      this.agreements.law(visit),
    ]);
    const names = await this.directory.names(
      visit,
      list.items.flatMap((e) => [e.askedBy, e.authoriser]),
    );
    const at = (to: string | null) =>
      to && `/agreements/emergencies?${state ? `state=${state}&` : ''}cursor=${encodeURIComponent(to)}`;
    // Auditors read the decision, not the question that is put to governance.
    const place = visit.may('question.view') ? '/agreements/to-decide/' : null;
    return show({
      items: list.items.map((e) => ({
        ...e,
        href: place ? place + e.id : `/agreements/decisions/${e.decisionId}`,
        told: REVIEW_STATES[e.state],
        who: `${names.person(e.askedBy)}, ${names.organisation(e.askedOrg)}`,
        to: e.recipients.map((r) => names.organisation(r)).join(', '),
        whyText: breakGlass.reasons.find((r) => r.code === e.why)?.title ?? e.why,
        authority: `${names.person(e.authoriser)}: ${e.authorised ? AUTHORITY[e.authorised] : 'has not said yet'}`,
      })),
      form: formOf({ values: { state: state ?? '' } }),
      ...{ states: STATES, previous: at(list.previous), next: at(list.next) },
      shares: visit.may('glass.break'),
      ...(done === 'confirmed' ? { flash: { text: 'What you said is on record' } } : {}),
      back: { text: 'Back to agreements', href: '/agreements' },
    });
  }
}
