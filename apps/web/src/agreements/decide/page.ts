import { isId } from '@concordat/contracts';
import { Invalid, type FieldProblem } from '@concordat/platform';
import { Get, Post, Query } from '@nestjs/common';
import { Agreements } from '../../apis/agreements';
import { Conferences } from '../../apis/conferences';
import { Directory } from '../../apis/directory';
import { civilDateOf } from '../../design/filters';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { consents, MATCHES, withoutReasons } from '../choices';
import { capitalsInWords, itemTitle } from '../words';
import { readQuestion, SETTINGS } from './form';

const HERE = '/agreements/may-i-share';

/** "May I share this?": asks the decision point before anything is sent. The answer is a decision on record. */
@Page({
  at: 'agreements/may-i-share',
  folder: 'agreements/decide',
  may: 'disclosure.decide',
  states: ['choose', 'asking', 'error'],
})
export class DecidePage {
  constructor(
    private readonly agreements: Agreements,
    private readonly directory: Directory,
    private readonly conferences: Conferences,
  ) {}

  @Get()
  show(@Visiting() visit: Visit, @Query('agreement') id?: string): Promise<View> {
    return typeof id === 'string' && isId(id) ? this.page(visit, id, formOf()) : this.choose(visit);
  }

  @Post()
  async send(@Visiting() visit: Visit, @Sent() sent: Submitted): Promise<View | Redirect> {
    const id = sent.text('agreement') ?? '';
    if (!isId(id)) return redirect(HERE);
    const { document } = await this.agreements.view(visit, id);
    const meets = (await this.inSession(visit)).length > 0;
    const question = readQuestion(sent, document, visit.person.organisation.id, meets);
    let problems: readonly FieldProblem[] = sent.errors;
    if (problems.length === 0) {
      try {
        const decided = await this.agreements.decide(visit, question, { key: sent.key });
        return redirect(`/agreements/decisions/${decided.id}`);
      } catch (error) {
        if (!(error instanceof Invalid)) throw error;
        problems = error.details.errors ?? [];
      }
    }
    return this.page(visit, id, formAgain(sent, problems), 422);
  }

  private async choose(visit: Visit): Promise<View> {
    const { items } = await this.agreements.list(visit, { status: 'ACTIVE', limit: 100 });
    const agreements = items.map((a) => ({ href: `${HERE}?agreement=${a.id}`, title: a.title, number: a.number }));
    const shares = visit.may('glass.break');
    return show({ agreements, shares, back: { href: '/agreements' } }, 200, 'choose.njk');
  }

  private async page(visit: Visit, id: string, form: Form, status = 200): Promise<View> {
    const [{ document }, law, names, meetings] = await Promise.all([
      this.agreements.view(visit, id),
      this.agreements.law(visit),
      this.directory.names(visit),
      this.inSession(visit),
    ]);
    const others = document.parties.filter((p) => p.orgId !== visit.person.organisation.id);
    const facts = new Set(document.dataItems.flatMap((i) => ('condition' in i ? [String(i.condition)] : [])));
    return show(
      {
        ...{ id, document, form, consents, withoutReasons, settings: SETTINGS, matches: MATCHES, meetings },
        recipients: others.map((p) => ({ value: p.orgId, text: names.organisation(p.orgId) })),
        purposes: document.purposes.map((p) => ({ value: p.code, text: p.code, hint: p.description })),
        items: document.dataItems.map((i) => ({ value: i.code, text: itemTitle(i.code, law), hint: i.code })),
        methods: [...new Set(document.flows.flatMap((f) => f.methods))].map((value) => ({
          value,
          text: capitalsInWords(value),
        })),
        facts: law.facts.filter((f) => facts.has(f.code)).map((f) => ({ value: f.code, text: f.title })),
        back: { href: HERE },
      },
      status,
    );
  }

  /** Meetings that the visitor sits in and that are in session: what is shared at one is decided by who signed there. */
  private async inSession(visit: Visit): Promise<{ value: string; text: string }[]> {
    if (!visit.may('meeting.view')) return [];
    const forums = (await this.conferences.forums(visit)).filter(({ may }) => may.attend);
    const of = await Promise.all(
      forums.map(async ({ id, title }) => ({ title, ...(await this.conferences.meetings(visit, id, { limit: 60 })) })),
    );
    return of.flatMap(({ title, items }) =>
      items
        .filter(({ state }) => state === 'in-session')
        .map((m) => ({ value: m.id, text: `${title}, ${civilDateOf(m.heldOn)}` })),
    );
  }
}
