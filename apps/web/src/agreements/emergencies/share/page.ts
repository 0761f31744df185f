import { isId } from '@concordat/contracts';
import { Invalid, NotFound, SETTINGS, type FieldProblem, type Settings } from '@concordat/platform';
import { Get, Inject, Post, Query } from '@nestjs/common';
import { Agreements, type DecisionView } from '../../../apis/agreements';
import { Directory } from '../../../apis/directory';
import { HandOver } from '../../../apis/hand-over';
import { Identity } from '../../../apis/identity';
import { formAgain, formOf, type Form } from '../../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../../design/page';
import { Sent, type Submitted } from '../../../design/submitted';
import { choicesOf } from '../../../hand-over/words';
import { signedInFreshly, tellsWhenSignedIn } from '../../../session/fresh';
import { Visiting, type Visit } from '../../../session/visit';
import { consents, MATCHES } from '../../choices';
import { itemTitle } from '../../words';
import { METHODS, readEmergency } from './form';

const HERE = '/agreements/emergencies/share';
/** Who may authorise it, as the sharing context has it. */
const LEADS = ['safeguarding-lead', 'information-governance-lead'] as const;

/** Shares something in an emergency: what an agreement refuses, or what no agreement covers. By who has just signed in. */
@Page({
  at: 'agreements/emergencies/share',
  folder: 'agreements/emergencies/share',
  may: 'glass.break',
  states: ['refused-before', 'nothing-asked', 'error', 'sign-in-again', 'time-not-told'],
})
export class ShareInEmergencyPage {
  constructor(
    private readonly agreements: Agreements,
    private readonly directory: Directory,
    private readonly identity: Identity,
    private readonly handOver: HandOver,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Query('decision') of?: string): Promise<View> {
    return this.page(visit, await this.refusedBefore(visit, of), formOf({ values: { hours: '1' } }));
  }

  @Post()
  async send(@Visiting() visit: Visit, @Sent() sent: Submitted): Promise<View | Redirect> {
    const before = await this.refusedBefore(visit, sent.text('decision'));
    const law = await this.agreements.law(visit);
    const orgId = visit.person.organisation.id;
    const question = readEmergency(sent, { orgId, now: new Date(), law, refused: before?.request ?? null });
    let problems: readonly FieldProblem[] = sent.errors;
    if (problems.length === 0 && this.isFresh(visit)) {
      try {
        const { id } = await this.agreements.decide(visit, question, { key: sent.key });
        return redirect(`/agreements/decisions/${id}`);
      } catch (error) {
        if (!(error instanceof Invalid)) throw error;
        problems = error.details.errors ?? [];
      }
    }
    const fieldOf = (field: string): string => (field.startsWith('breakGlass.') ? field.slice(11) : field);
    return this.page(visit, before, formAgain(sent, problems, { fieldOf }), 422);
  }

  private isFresh(visit: Visit): boolean {
    return signedInFreshly(visit, this.settings.STEP_UP_MINUTES);
  }

  /** What the visitor asked and was not allowed; null where nothing was asked before. */
  private async refusedBefore(visit: Visit, id: string | undefined): Promise<DecisionView | null> {
    if (typeof id !== 'string' || !isId(id)) return null;
    const found = await this.agreements.decision(visit, id);
    const { request, decision } = found;
    if (decision.outcome === 'PERMIT' || request.kind !== 'DISCLOSE') throw new NotFound('decision');
    if (request.actor.userId !== visit.person.id) throw new NotFound('decision');
    return found;
  }

  private async page(visit: Visit, before: DecisionView | null, form: Form, status = 200): Promise<View> {
    const own = visit.person.organisation.id;
    const [law, names, organisations, staff, practice] = await Promise.all([
      this.agreements.law(visit),
      this.directory.names(visit),
      this.directory.organisations(visit),
      this.identity.staffOf(visit, own),
      visit.may('referral.list') ? this.handOver.practice(visit) : null,
    ]);
    const leads = staff.filter(
      ({ id, active, roles }) => active && id !== visit.person.id && LEADS.some((lead) => roles.includes(lead)),
    );
    return show(
      {
        ...{ form, fresh: this.isFresh(visit), told: tellsWhenSignedIn(visit), minutes: this.settings.STEP_UP_MINUTES },
        again: before ? `${HERE}?decision=${before.id}` : HERE,
        before: before && {
          id: before.id,
          recipients: before.request.recipients.map((r) => names.organisation(r)).join(', '),
          purpose: before.request.purpose,
          items: before.request.items.map((code) => itemTitle(code, law)).join('; '),
        },
        recipients: organisations
          .filter(({ id, active }) => id !== own && active !== false)
          .map(({ id, name }) => ({ value: id, text: name })),
        purposes: choicesOf(practice?.purposes ?? []),
        items: law.items.map(({ code }) => ({ value: code, text: itemTitle(code, law) })),
        ...{ matches: MATCHES, consents, methods: METHODS, hours: law.breakGlass.hours },
        reasons: choicesOf(law.breakGlass.reasons),
        bases: choicesOf(law.breakGlass.bases),
        authorisers: leads.map(({ id, name }) => ({ value: id, text: name })),
        back: { text: 'Back to what was shared in an emergency', href: '/agreements/emergencies' },
      },
      status,
    );
  }
}
