import { Id } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { Agreements } from '../../apis/agreements';
import { Directory } from '../../apis/directory';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { itemTitle, namedIn, outcomes } from '../words';

/** One decision in plain words, with what it was made by. It is made again each time: that it is the same is shown. */
@Page({
  at: 'agreements/decisions/:id',
  folder: 'agreements/decision',
  may: 'decision.view',
  states: ['permitted', 'refused'],
})
export class DecisionPage {
  constructor(
    private readonly agreements: Agreements,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    const [{ decision, explanation, request, at, replayed }, law] = await Promise.all([
      this.agreements.decision(visit, id),
      this.agreements.law(visit),
    ]);
    const titles = (codes: readonly string[]): string => codes.map((code) => itemTitle(code, law)).join('; ');
    const names = await this.directory.names(visit, [request.actor.userId]);
    const told = namedIn([request.sender, ...request.recipients], names);
    return show({
      ...{ id, at, decision, request, replayed, outcome: outcomes[decision.outcome] },
      summary: told(explanation.summary),
      reasons: explanation.reasons.map((r) => ({ ...r, words: told(r.words) })),
      obligations: explanation.obligations,
      asked: titles(request.items),
      alone: titles(decision.permittedItems),
      who: `${names.person(request.actor.userId)}, ${names.organisation(request.actor.orgId)}`,
      sender: names.organisation(request.sender),
      recipients: request.recipients.map((r) => names.organisation(r)),
      asks: visit.may('disclosure.decide'),
      inEmergency: decision.mode === 'BREAK_GLASS',
      // Only what one asked oneself, and was not allowed to disclose.
      mayShare:
        decision.outcome !== 'PERMIT' &&
        request.kind === 'DISCLOSE' &&
        request.actor.userId === visit.person.id &&
        visit.may('glass.break'),
      back: { text: 'Back to what was decided', href: '/agreements/decisions' },
    });
  }
}
