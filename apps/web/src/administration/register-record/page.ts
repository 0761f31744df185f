import type { FieldProblem } from '@concordat/contracts';
import { Conflict, Id, IllegalTransition, NotFound } from '@concordat/platform';
import { Get, Param, Post } from '@nestjs/common';
import { Register } from '../../apis/register';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { choicesFor, fieldInWords, readRecord, recordProblems, recordsOf, registerOf } from '../register-words';

/** One organisation or area: its particulars, and what can be done about it. */
@Page({
  at: 'administration/register/:name/:id',
  folder: 'administration/register-record',
  may: 'organisation.change',
  states: ['organisation', 'area', 'closed', 'read-only', 'error', 'changed-meanwhile'],
})
export class RecordPage {
  constructor(private readonly register: Register) {}

  @Get()
  show(@Visiting() visit: Visit, @Param('name') name: string, @Id() id: string): Promise<View> {
    return this.page(visit, name, id, null);
  }

  @Post()
  async send(
    @Visiting() visit: Visit,
    @Param('name') name: string,
    @Id() id: string,
    @Sent() sent: Submitted,
  ): Promise<View | Redirect> {
    const words = registerOf(name);
    const { body, problems: missing } = readRecord(sent, words, false);
    let problems: readonly FieldProblem[] = missing;
    let meanwhile = false;
    if (problems.length === 0) {
      try {
        await this.register.change(visit, words.name, id, { key: sent.key, version: sent.version, body });
        return redirect(`/administration/register/${words.name}?done=changed`);
      } catch (error) {
        meanwhile =
          error instanceof Conflict && !(error instanceof IllegalTransition) && error.code.endsWith('.changed');
        problems = recordProblems(error, words.one);
      }
    }
    return this.page(visit, name, id, (version) => formAgain(sent, problems, { version }), meanwhile, 422);
  }

  private async page(
    visit: Visit,
    name: string,
    id: string,
    again: ((version: number) => Form) | null,
    meanwhile = false,
    status = 200,
  ): Promise<View> {
    const words = registerOf(name);
    const view = await this.register.view(visit);
    const record = recordsOf(view, words).find((each) => each.id === id);
    if (!record) throw new NotFound(words.one);
    const value = 'type' in record ? record.type : record.leadOrg;
    const own = visit.person.organisation.id;
    return show(
      {
        ...{ words, record, meanwhile, leads: view.leads, told: fieldInWords(record, view) },
        choices: choicesFor(words, view, value),
        mayChange: view.leads || own === ('type' in record ? record.id : record.leadOrg),
        maySwitch: (view.leads || ('leadOrg' in record && own === record.leadOrg)) && record.id !== own,
        form:
          again?.(record.version) ??
          formOf({ values: { name: record.name, [words.field]: value }, version: record.version }),
      },
      status,
    );
  }
}
