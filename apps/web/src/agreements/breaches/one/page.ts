import { Conflict, Id, IllegalTransition, Invalid, RuleBroken, type FieldProblem } from '@concordat/platform';
import { Get, Post, Query } from '@nestjs/common';
import { Breaches } from '../../../apis/breaches';
import { Directory } from '../../../apis/directory';
import { formAgain, formOf, type Form } from '../../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../../design/page';
import { compact, Sent, type Submitted } from '../../../design/submitted';
import { Visiting, type Visit } from '../../../session/visit';
import { BREACH_STATES, fieldOf, momentIn, riskChoices, riskText, YES_NO } from '../words';

const FLASHES: Readonly<Record<string, string>> = {
  assessment: 'Your assessment is on record',
  notification: 'That the Commissioner was told is on record',
};

/** One breach of personal data: what happened, the assessment of it, and that the Commissioner was told. */
@Page({
  at: 'agreements/breaches/:id',
  folder: 'agreements/breaches/one',
  may: 'breach.view',
  states: ['to-assess', 'error', 'to-notify', 'closed'],
})
export class BreachPage {
  constructor(
    private readonly breaches: Breaches,
    private readonly directory: Directory,
  ) {}

  @Get()
  show(@Visiting() visit: Visit, @Id() id: string, @Query('done') done?: string): Promise<View> {
    return this.page(visit, id, null, 200, done);
  }

  @Post()
  async send(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    const what = sent.text('what') === 'notification' ? 'notification' : 'assessment';
    const body = what === 'notification' ? notificationIn(sent) : assessmentIn(sent);
    let [problems, status]: [readonly FieldProblem[], number] = [sent.errors, 422];
    if (problems.length === 0) {
      try {
        await this.breaches.take(visit, id, what, body, { key: sent.key, version: sent.version });
        return redirect(`/agreements/breaches/${id}?done=${what}`);
      } catch (error) {
        [problems, status] = refusalIn(error);
      }
    }
    return this.page(visit, id, formAgain(sent, problems, { fieldOf }), status);
  }

  private async page(visit: Visit, id: string, form: Form | null, status = 200, done?: string): Promise<View> {
    const breach = await this.breaches.one(visit, id);
    const people = [breach.openedBy, breach.assessedBy, breach.notifiedBy];
    const names = await this.directory.names(visit, people);
    const [opener, assessor, notifier] = people.map((person) => names.person(person));
    const flash = typeof done === 'string' ? FLASHES[done] : undefined;
    return show(
      {
        ...{ breach, opener, assessor, notifier, told: BREACH_STATES[breach.state] },
        riskText: riskText(breach.risk),
        seesQuestion: visit.may('question.view'),
        overdue: breach.state !== 'closed' && breach.notifyBy < new Date().toISOString(),
        form: form ?? formOf({ version: breach.version }),
        ...{ risks: riskChoices, yesNo: YES_NO, flash: flash ? { text: flash } : null },
        back: { text: 'Back to breaches', href: '/agreements/breaches' },
      },
      status,
    );
  }
}

function assessmentIn(sent: Submitted): object {
  const risk = sent.needed('risk', 'Select how likely it is that somebody is harmed');
  const affected = sent.count('affected', 'How many people');
  if (sent.text('affected') === undefined)
    sent.wrong('affected', 'required', 'Enter how many people are affected, as far as you know');
  const notify = sent.needed('notify', 'Select whether the Commissioner is told') === 'yes';
  const tellPeople = sent.needed('tellPeople', 'Select whether those affected are told') === 'yes';
  const reason = sent.needed('reason', 'Enter why');
  return { risk, affected, notify, tellPeople, reason, remedy: sent.needed('remedy', 'Enter what was done about it') };
}

const notificationIn = (sent: Submitted): object =>
  compact({
    ...momentIn(sent, 'The day'),
    reference: sent.text('reference'),
    delayReason: sent.text('delayReason'),
  });

/** At which field a broken rule is shown, and in which words. */
const RULES: Readonly<Record<string, [string, string]>> = {
  'breach.must-notify': ['notify', 'Select yes: the Commissioner must be told, unless nobody is likely to be harmed'],
  'breach.not-then': ['on-day', 'Enter a moment from when your agency was aware of it until now'],
  'breach.late': ['delayReason', 'Enter why the Commissioner was told late'],
};

/** What a refusal says at the form, and its status. Throws whatever is none. */
function refusalIn(error: unknown): [readonly FieldProblem[], number] {
  if (error instanceof Invalid) return [error.details.errors ?? [], 422];
  const rule = error instanceof RuleBroken ? RULES[error.code] : undefined;
  if (rule) return [[{ field: rule[0], code: 'refused', message: rule[1] }], 422];
  if (error instanceof Conflict || error instanceof IllegalTransition)
    return [[{ field: 'risk', code: 'refused', message: 'Somebody else has done this meanwhile. It is above' }], 409];
  throw error;
}
