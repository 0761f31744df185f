import { Id, IllegalTransition } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Wordings } from '../../apis/wordings';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';

/** Asks once more before nobody is asked in a wording any more, and says what follows. */
@Page({ at: 'wordings/:id/remove', folder: 'risk/wording-remove', may: 'wording.remove', states: ['asking', 'error'] })
export class RemoveWordingPage {
  constructor(private readonly wordings: Wordings) {}

  @Get()
  show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    return this.page(visit, id, formOf());
  }

  @Post()
  async send(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    try {
      await this.wordings.remove(visit, id, sent.key);
      return redirect('/wordings?done=removed');
    } catch (error) {
      if (!(error instanceof IllegalTransition)) throw error;
      const message =
        error.code === 'wording.removed'
          ? 'Somebody has removed it already'
          : 'Somebody has loaded a later version. Remove that one';
      return this.page(visit, id, formAgain(sent, [{ field: 'remove', code: error.code, message }]), 422);
    }
  }

  private async page(visit: Visit, id: string, form: Form, status = 200): Promise<View> {
    const wording = await this.wordings.one(visit, id);
    return show({ wording, form, back: { text: 'Back to the wording', href: `/wordings/${id}` } }, status);
  }
}
