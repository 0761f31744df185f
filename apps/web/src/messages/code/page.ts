import { Id, Invalid, NotFound, RuleBroken, type FieldProblem } from '@concordat/platform';
import { Get, Post, Query } from '@nestjs/common';
import { OutgoingMessages, type ContactDetails } from '../../apis/outgoing-messages';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { asWritten } from '../words';

/** The code that was sent to an address, to show that one receives there. */
@Page({ at: 'messages/code/:id', folder: 'messages/code', may: 'member', states: ['empty', 'error'] })
export class CodePage {
  constructor(private readonly outgoing: OutgoingMessages) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Query('done') done?: string): Promise<View> {
    return view(
      await this.details(visit, id),
      formOf(),
      200,
      done === 'sent' ? { text: 'Another code is on its way' } : null,
    );
  }

  @Post()
  async send(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    const details = await this.details(visit, id);
    const code = sent.text('code') ?? '';
    try {
      if (sent.text('do') === 'again') {
        await this.outgoing.act(visit, id, 'codes', sent.key);
        return redirect(`/messages/code/${id}?done=sent`);
      }
      if (!/^\d{6}$/.test(code))
        throw new Invalid([{ field: 'code', code: 'wrong-form', message: 'Enter the six digits of the code' }]);
      await this.outgoing.act(visit, id, 'confirmation', sent.key, { code });
      return redirect('/messages/settings?done=confirmed');
    } catch (error) {
      return view(details, formAgain(sent, problemsOf(error)), 422);
    }
  }

  private async details(visit: Visit, id: string): Promise<ContactDetails> {
    const found = (await this.outgoing.reach(visit)).items.find((item) => item.id === id);
    if (!found || (found.confirmedAt && !found.failedAt)) throw new NotFound('contact-details');
    return found;
  }
}

function problemsOf(error: unknown): readonly FieldProblem[] {
  if (error instanceof Invalid) return error.details.errors ?? [];
  if (error instanceof RuleBroken) return [{ field: 'code', code: error.code, message: error.message }];
  throw error;
}

const view = (details: ContactDetails, form: Form, status = 200, flash: { text: string } | null = null): View =>
  show(
    {
      details,
      address: details.address && asWritten(details.address),
      form,
      flash,
      back: { text: 'Back to how you are told', href: '/messages/settings' },
    },
    status,
  );
