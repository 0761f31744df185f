import { Conflict, Id, Invalid, NotFound, type FieldProblem } from '@concordat/platform';
import { Get, Param, Post } from '@nestjs/common';
import { ReviewDataApi, type DataField, type DataGroup, type DataView } from '../../apis/review-data';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { choice, labelled, text, type Field } from '../fields';

const NOT_KNOWN = { value: 'not-known', text: 'Not known' };
const YES_OR_NO = [{ value: 'yes', text: 'Yes' }, { value: 'no', text: 'No' }, NOT_KNOWN];

/** A part of what a central body asks: about the incident, or about one of its people. */
@Page({
  at: 'reviews/:id/data/:group/:ordinal',
  folder: 'reviews/data-part',
  may: 'review.keep-data',
  states: ['empty', 'error'],
})
export class DataPartPage {
  constructor(private readonly data: ReviewDataApi) {}

  @Get()
  async show(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Param('group') code: string,
    @Param('ordinal') ordinal: string,
  ): Promise<View> {
    const { view, group, number } = await this.open(visit, id, code, ordinal);
    const kept = view.entries.find((e) => e.group === code && e.ordinal === number)?.answers ?? {};
    const values = Object.fromEntries(Object.entries(kept).map(([field, value]) => [`answers.${field}`, value]));
    return page(view, group, number, formOf({ version: view.version, values }));
  }

  @Post()
  async send(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Param('group') code: string,
    @Param('ordinal') ordinal: string,
    @Sent() sent: Submitted,
  ): Promise<View | Redirect> {
    const { view, group, number } = await this.open(visit, id, code, ordinal);
    const answers = group.fields.map((f) => ({ code: f.code, value: sent.text(`answers.${f.code}`) ?? '' }));
    let problems: readonly FieldProblem[];
    let { version } = sent;
    try {
      await this.data.keep(visit, id, { group: code, ordinal: number, answers }, sent);
      return redirect(`/reviews/${id}/data?done=kept`);
    } catch (error) {
      if (error instanceof Invalid) problems = error.details.errors ?? [];
      else if (error instanceof Conflict) {
        const message = 'Somebody else changed this review first. What you entered is still here: send it again';
        problems = [{ field: 'form', code: error.code, message }];
        ({ version } = view);
      } else throw error;
    }
    const told = labelled(problems, group.fields.map(fieldOf), sent.values);
    return page(view, group, number, formAgain(sent, told, { version }), 422);
  }

  private async open(visit: Visit, id: string, code: string, ordinal: string) {
    const view = await this.data.view(visit, id);
    const group = view.form.groups.find((g) => g.code === code);
    const number = Number(ordinal);
    const most = view.entries.filter((e) => e.group === code).length + 1;
    if (!group || !Number.isInteger(number) || number < 1 || number > (group.several ? most : 1))
      throw new NotFound('page');
    return { view, group, number };
  }
}

function page(view: DataView, group: DataGroup, number: number, form: Form, status = 200): View {
  const title = group.several ? `${group.title} ${number}` : group.title;
  const back = { text: `Back to ${view.form.title.toLowerCase()}`, href: `/reviews/${view.id}/data` };
  return show({ ...{ review: view, title, form, back }, fields: group.fields.map(fieldOf) }, status);
}

function fieldOf({ code, title, kind, choices = [] }: DataField): Field {
  const name = `answers.${code}`;
  if (kind === 'answer') return choice(name, title, YES_OR_NO);
  if (kind === 'choice')
    return choice(name, title, [...choices.map((c) => ({ value: c.code, text: c.title })), NOT_KNOWN]);
  return text(name, title, kind === 'month' ? 'For example 2026-03, or 2026. Not the day' : undefined);
}
