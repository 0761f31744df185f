import { Id, NotFound } from '@concordat/platform';
import { Get, Param, Post } from '@nestjs/common';
import { Register, type RegisteredArea, type RegisteredOrganisation } from '../../apis/register';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { recordProblems, recordsOf, registerOf, type RegisterWords } from '../register-words';

const STEPS = ['closing', 'reopening'] as const;
type Step = (typeof STEPS)[number];

/** Asks once more before an organisation or an area is closed, or opened again, and says what follows. */
@Page({
  at: 'administration/register/:name/:id/:step',
  folder: 'administration/register-step',
  may: 'organisation.close',
  states: ['close-organisation', 'close-area', 'reopen', 'error'],
})
export class StepPage {
  constructor(private readonly register: Register) {}

  @Get()
  async show(
    @Visiting() visit: Visit,
    @Param('name') name: string,
    @Id() id: string,
    @Param('step') step: string,
  ): Promise<View> {
    const opened = await this.open(visit, name, id, step);
    return view(opened, formOf({ version: opened.record.version }));
  }

  @Post()
  async send(
    @Visiting() visit: Visit,
    @Param('name') name: string,
    @Id() id: string,
    @Param('step') step: string,
    @Sent() sent: Submitted,
  ): Promise<View | Redirect> {
    const opened = await this.open(visit, name, id, step);
    const { words, record } = opened;
    try {
      await this.register.step(visit, words.name, id, opened.step, { key: sent.key, version: sent.version });
      return redirect(`/administration/register/${words.name}?done=${opened.step}`);
    } catch (error) {
      const problems = recordProblems(error, words.one, 'step');
      return view(opened, formAgain(sent, problems, { version: record.version }), 422);
    }
  }

  /** Throws NotFound for a record that there is not, and for a step that leads nowhere. */
  private async open(visit: Visit, name: string, id: string, asked: string): Promise<Opened> {
    const words = registerOf(name);
    const step = STEPS.find((each) => each === asked);
    const record = recordsOf(await this.register.view(visit), words).find((each) => each.id === id);
    if (!step || !record) throw new NotFound(words.one);
    return { words, step, record };
  }
}

interface Opened {
  readonly words: RegisterWords;
  readonly step: Step;
  readonly record: RegisteredOrganisation | RegisteredArea;
}

const view = (opened: Opened, form: Form, status = 200): View => show({ ...opened, form }, status);
