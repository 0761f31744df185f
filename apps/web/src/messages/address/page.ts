import { messageChannels, type MessageChannel } from '@concordat/contracts';
import { Invalid, NotFound, RuleBroken, type FieldProblem } from '@concordat/platform';
import { Get, Param, Post } from '@nestjs/common';
import { OutgoingMessages } from '../../apis/outgoing-messages';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';

const MISSING: Readonly<Record<MessageChannel, string>> = {
  email: 'Enter your e-mail address',
  text: 'Enter your mobile number',
};

/** One's e-mail address or mobile number, to which a code is then sent. */
@Page({ at: 'messages/address/:channel', folder: 'messages/address', may: 'member', states: ['empty', 'error'] })
export class AddressPage {
  constructor(private readonly outgoing: OutgoingMessages) {}

  @Get()
  show(@Param('channel') given: string): View {
    return view(channelOf(given), formOf());
  }

  @Post()
  async send(
    @Visiting() visit: Visit,
    @Param('channel') given: string,
    @Sent() sent: Submitted,
  ): Promise<View | Redirect> {
    const channel = channelOf(given);
    const address = sent.text('address');
    if (!address) {
      const problems = [{ field: 'address', code: 'required', message: MISSING[channel] }];
      return view(channel, formAgain(sent, problems), 422);
    }
    try {
      const { id } = await this.outgoing.give(visit, { channel, address }, sent.key);
      return redirect(`/messages/code/${id}`);
    } catch (error) {
      return view(channel, formAgain(sent, problemsOf(error)), 422);
    }
  }
}

/** Also that too many codes were asked for, or that this channel is not used, is said at the one field that there is. */
function problemsOf(error: unknown): readonly FieldProblem[] {
  if (error instanceof Invalid) return error.details.errors ?? [];
  if (error instanceof RuleBroken) return [{ field: 'address', code: error.code, message: error.message }];
  throw error;
}

function channelOf(given: string): MessageChannel {
  const channel = messageChannels.find((each) => each === given);
  if (!channel) throw new NotFound('page');
  return channel;
}

const view = (channel: MessageChannel, form: Form, status = 200): View =>
  show({ channel, form, back: { text: 'Back to how you are told', href: '/messages/settings' } }, status);
