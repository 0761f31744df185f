import { Invalid, NotFound, RuleBroken, type FieldProblem } from '@concordat/platform';
import { Get, Param, Post } from '@nestjs/common';
import { Duties, type PartnershipDuty } from '../../apis/duties';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { choice, date, labelled, long, text, type Field } from '../fields';

type What = 'records' | 'copies';

/** Records that a duty of the partnership was done, or that a copy of it was sent. */
@Page({
  at: 'reviews/duties/:code/:what',
  folder: 'reviews/duty-record',
  may: 'partnership-duty.record',
  states: ['record', 'copy', 'error'],
})
export class DutyRecordPage {
  constructor(private readonly duties: Duties) {}

  @Get()
  async show(@Visiting() visit: Visit, @Param('code') code: string, @Param('what') what: string): Promise<View> {
    return page(await this.duty(visit, code), whatOf(what), formOf());
  }

  @Post()
  async send(
    @Visiting() visit: Visit,
    @Param('code') code: string,
    @Param('what') asked: string,
    @Sent() sent: Submitted,
  ): Promise<View | Redirect> {
    const [duty, what] = [await this.duty(visit, code), whatOf(asked)];
    const body = what === 'records' ? recordOf(sent, duty) : copyOf(sent);
    let problems: readonly FieldProblem[] = sent.errors;
    if (problems.length === 0) {
      try {
        await this.duties.record(visit, code, what, body, sent.key);
        return redirect(`/reviews/duties?done=${what}`);
      } catch (error) {
        if (error instanceof Invalid) problems = error.details.errors ?? [];
        else if (error instanceof RuleBroken)
          problems = [{ field: 'form', code: error.code, message: 'Record first that it was done' }];
        else throw error;
      }
    }
    const partOf = (path: string): string => {
      const part = duty.parts[Number(/^parts\.(\d+)\./.exec(path)?.[1] ?? -1)];
      return part ? PART + part.code : path;
    };
    const at = problems.map((problem) => ({ ...problem, field: partOf(problem.field) }));
    return page(duty, what, formAgain(sent, labelled(at, fieldsOf(duty, what), sent.values)), 422);
  }

  private async duty(visit: Visit, code: string): Promise<PartnershipDuty> {
    const { items, may } = await this.duties.list(visit);
    const duty = items.find((d) => d.code === code);
    if (!duty || !may.keep) throw new NotFound('page');
    return duty;
  }
}

const PART = 'part-';

const recordOf = (sent: Submitted, { parts }: PartnershipDuty) => ({
  ...{ doneOn: sent.date('doneOn') ?? '', title: sent.text('title') ?? '', kept: sent.text('kept') ?? '' },
  approvedBy: sent.text('approvedBy') ?? '',
  parts: parts.map(({ code }) => ({ code, text: sent.text(PART + code) ?? '' })),
});
const copyOf = (sent: Submitted) => ({
  ...{ code: sent.text('code') ?? '', sentOn: sent.date('sentOn') ?? '', receipt: sent.text('receipt') ?? '' },
});

const fieldsOf = (duty: PartnershipDuty, what: What): readonly Field[] =>
  what === 'records'
    ? [
        date('doneOn', 'When was it done?'),
        text('title', 'What is it called?', 'For example: Strategic assessment 2026'),
        text('kept', 'Where is it kept or published?'),
        text('approvedBy', 'Who approved it?'),
        ...duty.parts.map(({ code, title }) => long(PART + code, title, 'A summary, or that it has none and why')),
      ]
    : [
        choice(
          'code',
          'Who had the copy?',
          duty.copies.map(({ code, to }) => ({ value: code, text: to })),
        ),
        date('sentOn', 'When was it sent?'),
        text('receipt', 'Receipt', 'A reference, or who confirmed it'),
      ];

function page(duty: PartnershipDuty, what: What, form: Form, status = 200): View {
  const fields = fieldsOf(duty, what);
  const title = what === 'records' ? 'Record that a duty was done' : 'Record a copy';
  const back = { text: 'Back to duties of the partnership', href: '/reviews/duties' };
  return show({ ...{ duty, title, fields, form, back }, button: 'Record it' }, status);
}

function whatOf(what: string): What {
  if (what === 'records' || what === 'copies') return what;
  throw new NotFound('page');
}
