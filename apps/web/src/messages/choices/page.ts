import { messageRhythms } from '@concordat/contracts';
import { Invalid } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { OutgoingMessages, type Choices, type MessageChoice } from '../../apis/outgoing-messages';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { rhythmsOf, titleOf } from '../words';

/** How soon one is told of each kind, within what the pack leaves open. */
@Page({ at: 'messages/choices', folder: 'messages/choices', may: 'member', states: ['filled', 'error'] })
export class ChoicesPage {
  constructor(private readonly outgoing: OutgoingMessages) {}

  @Get()
  async show(@Visiting() visit: Visit): Promise<View> {
    const choices = await this.outgoing.choices(visit);
    const values = choices.items.flatMap(({ kind, rhythm, byText }): [string, string][] => [
      [`${kind}.rhythm`, rhythm],
      [`${kind}.byText`, byText ? 'yes' : ''],
    ]);
    return view(choices, formOf({ values: Object.fromEntries(values) }));
  }

  @Post()
  async send(@Visiting() visit: Visit, @Sent() sent: Submitted): Promise<View | Redirect> {
    const choices = await this.outgoing.choices(visit);
    const chosen = choices.items.map(({ kind, rhythm }): MessageChoice => {
      const wanted = messageRhythms.find((each) => each === sent.text(`${kind}.rhythm`)) ?? rhythm;
      return { kind, rhythm: wanted, byText: sent.ticked(`${kind}.byText`) ?? false };
    });
    try {
      await this.outgoing.choose(visit, chosen);
      return redirect('/messages/settings?done=chosen');
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      const fieldOf = (path: string): string =>
        path.replace(/^choices\.(\d+)\./, (_, n: string) => `${chosen[Number(n)]!.kind}.`);
      return view(choices, formAgain(sent, error.details.errors ?? [], { fieldOf }), 422);
    }
  }
}

function view(choices: Choices, form: Form, status = 200): View {
  const rhythms = rhythmsOf(choices);
  const back = { text: 'Back to how you are told', href: '/messages/settings' };
  const items = choices.items.map(({ kind, choices: open, text }) => ({
    ...{ kind, title: titleOf(kind), text },
    choices: open.map((value) => ({ value, text: rhythms[value] })),
  }));
  return show({ items, form, back }, status);
}
