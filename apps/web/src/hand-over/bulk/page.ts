import { Invalid, type FieldProblem } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Bulk, type BulkWhat } from '../../apis/bulk';
import { HandOver } from '../../apis/hand-over';
import { Records, type CaseItem } from '../../apis/records';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { Picker } from '../picker';
import { sharingChoices } from '../sharing';
import { KEPT_DEFAULT, KEPT_PARTS } from '../transfer-words';
import { choicesOf, itemsText } from '../words';
import { ACTS, isAct, parse } from './form';

/** One act done to many cases: they are chosen, what will change is looked over, and then it runs. */
@Page({
  at: 'hand-over/bulk',
  folder: 'hand-over/bulk',
  may: 'bulk.start',
  states: ['choose', 'nothing-to-choose', 'error', 'assign', 'transfer', 'refer', 'flag', 'incomplete'],
})
export class BulkPage {
  constructor(
    private readonly bulk: Bulk,
    private readonly records: Records,
    private readonly handOver: HandOver,
    private readonly picker: Picker,
  ) {}

  @Get()
  show(@Visiting() visit: Visit): Promise<View> {
    return this.choose(visit, formOf());
  }

  @Post()
  async send(@Visiting() visit: Visit, @Sent() sent: Submitted): Promise<View | Redirect> {
    const [what, ids, stage] = [sent.text('what'), sent.list('cases'), sent.text('_stage')];
    const problems: FieldProblem[] = [];
    if (ids.length === 0) problems.push({ field: 'cases', code: 'required', message: 'Select at least one case' });
    if (!isAct(what)) problems.push({ field: 'what', code: 'required', message: 'Select what is to be done' });
    if (problems.length > 0 || !isAct(what)) return this.choose(visit, formAgain(sent, problems), 422);
    if (stage === 'change') return this.choose(visit, formAgain(sent, []));
    if (stage !== 'do') return this.look(visit, sent, what, formOf({ values: { ...sent.values, keep: KEPT_DEFAULT } }));
    const parsed = parse(sent, what);
    if (parsed.problems.length > 0) return this.look(visit, sent, what, formAgain(sent, parsed.problems), 422);
    try {
      const made = await this.bulk.start(visit, what, { cases: { ids }, change: parsed.change }, { key: sent.key });
      return redirect(`/hand-over/bulk/${made.id}`);
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      const wrong = (error.details.errors ?? []).map((p) => ({ ...p, field: p.field.replace(/^change\./, '') }));
      const ofChoice = wrong.some((p) => p.field.startsWith('cases'));
      if (ofChoice) return this.choose(visit, formAgain(sent, wrong, { fieldOf: () => 'cases' }), 422);
      const fieldOf = (field: string): string => (field === 'consent' ? 'consent.answer' : field);
      return this.look(visit, sent, what, formAgain(sent, wrong, { fieldOf }), 422);
    }
  }

  private async choose(visit: Visit, form: Form, status = 200): Promise<View> {
    const [cases, works] = await Promise.all([this.led(visit), this.bulk.list(visit)]);
    const acts = Object.entries(ACTS).filter(
      ([what]) =>
        (what !== 'flags' || visit.may('case.flag-in-bulk')) && (what !== 'referrals' || visit.may('referral.offer')),
    );
    return show(
      {
        ...{ form, works: works.items },
        cases: cases.map((c) => ({ value: c.id, text: c.reference, hint: c.subjectName })),
        acts: acts.map(([value, { text }]) => ({ value, text })),
      },
      status,
    );
  }

  private async look(visit: Visit, sent: Submitted, what: BulkWhat, form: Form, status = 200): Promise<View> {
    const chosen = sent.list('cases');
    const [cases, staff, practice] = await Promise.all([
      this.led(visit),
      what === 'assignments'
        ? this.picker.colleagues(visit)
        : what === 'transfers' || what === 'referrals'
          ? this.picker.others(visit)
          : [],
      this.handOver.practice(visit),
    ]);
    return show(
      {
        ...{ form, what, staff, act: ACTS[what], chosen, kept: KEPT_PARTS, flags: choicesOf(practice.flags) },
        sharing: sharingChoices(practice),
        views: practice.views.map((v) => ({ value: v.code, text: v.title, hint: itemsText(v.items) })),
        ...{ legalBases: choicesOf(practice.legalBases), urgencies: choicesOf(practice.urgencies) },
        cases: cases.filter((c) => chosen.includes(c.id)),
      },
      status,
      'look.njk',
    );
  }

  /** The newest cases that the visitor's agency leads: as many as one act may change. */
  private async led(visit: Visit): Promise<readonly CaseItem[]> {
    const { items } = await this.records.cases(visit, { status: 'open', limit: 100 });
    return items.filter((c) => c.leadOrg === visit.person.organisation.id);
  }
}
