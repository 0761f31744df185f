import { Id } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { formOf, type Form } from '../../design/form';
import { Page, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { Keepings, type Opened } from '../keepings';

/** The second person confirms that a case is erased, or refuses it with a reason. Whoever proposed it can only take it back. */
@Page({
  at: 'retention/:id/answer',
  folder: 'retention/answer',
  may: 'retention.confirm-erasure',
  states: ['confirm', 'own', 'error'],
})
export class AnswerErasurePage {
  constructor(private readonly keepings: Keepings) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    const opened = await this.keepings.toDecide(visit, id, 'refuse');
    return view(opened, formOf({ version: opened.kept.version }));
  }

  @Post()
  send(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    const [answer, reason] = [sent.text('answer'), sent.text('reason')];
    const erase = answer === 'erase';
    return this.keepings.send(visit, id, sent, {
      may: 'refuse',
      field: 'answer',
      again: view,
      body: erase ? {} : { reason },
      ...(erase
        ? { step: 'erasure/confirmation', to: '/retention?done=confirmed' }
        : { step: 'erasure/refusal', to: `/retention/${id}?done=refused` }),
      problems: [
        ...(answer ? [] : [{ field: 'answer', code: 'required', message: 'Select whether the case is erased' }]),
        ...(answer === 'keep' && !reason
          ? [{ field: 'reason', code: 'required', message: 'Enter why it is not erased' }]
          : []),
      ],
    });
  }
}

const view = ({ told, kept }: Opened, form: Form, status = 200): View =>
  show(
    {
      kept: told,
      form,
      proposal: told.steps.find((s) => s.what === 'proposed'),
      answers: [
        ...(kept.may.confirm ? [{ value: 'erase', text: 'Erase the case', hint: 'This cannot be undone' }] : []),
        { value: 'keep', text: 'Do not erase it', hint: 'It goes back to the queue' },
      ],
    },
    status,
  );
