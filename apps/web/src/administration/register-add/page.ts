import type { FieldProblem } from '@concordat/contracts';
import { Get, Param, Post } from '@nestjs/common';
import { Register } from '../../apis/register';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { choicesFor, readRecord, recordProblems, registerOf } from '../register-words';

/** Adds an organisation or an area. */
@Page({
  at: 'administration/register/:name/add',
  folder: 'administration/register-add',
  may: 'organisation.add',
  states: ['organisation', 'area', 'error'],
})
export class AddRecordPage {
  constructor(private readonly register: Register) {}

  @Get()
  show(@Visiting() visit: Visit, @Param('name') name: string): Promise<View> {
    return this.page(visit, name, formOf());
  }

  @Post()
  async send(@Visiting() visit: Visit, @Param('name') name: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    const words = registerOf(name);
    const { body, problems: missing } = readRecord(sent, words, true);
    let problems: readonly FieldProblem[] = missing;
    if (problems.length === 0) {
      try {
        await this.register.add(visit, words.name, body, sent.key);
        return redirect(`/administration/register/${words.name}?done=added`);
      } catch (error) {
        problems = recordProblems(error, words.one);
      }
    }
    return this.page(visit, name, formAgain(sent, problems), 422);
  }

  private async page(visit: Visit, name: string, form: Form, status = 200): Promise<View> {
    const words = registerOf(name);
    return show({ words, form, choices: choicesFor(words, await this.register.view(visit)) }, status);
  }
}
