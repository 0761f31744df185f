import { Id, NotFound } from '@concordat/platform';
import { Get, Param, Post } from '@nestjs/common';
import { formOf } from '../../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../../design/page';
import { nameOf } from '../../../design/referral-sections';
import { Sent, type Submitted } from '../../../design/submitted';
import { Visiting, type Visit } from '../../../session/visit';
import { addressOf, Drafting, type OpenDraft } from '../drafting';
import { without } from './without';

@Page({
  at: 'referrals/make-a-referral/:id/people/:ref/remove',
  folder: 'referrals/make-a-referral/remove-person',
  may: 'referral.draft',
  states: ['asking'],
})
export class RemovePersonPage {
  constructor(private readonly drafting: Drafting) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Param('ref') ref: string): Promise<View> {
    const open = await this.drafting.open(visit, id);
    const name = nameOf(personIn(open, ref));
    return show({
      form: formOf({ version: open.draft.version }),
      name,
      keep: addressOf(id, 'people'),
      back: { href: addressOf(id, 'people') },
    });
  }

  @Post()
  async remove(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Param('ref') ref: string,
    @Sent() sent: Submitted,
  ): Promise<Redirect> {
    const open = await this.drafting.open(visit, id);
    personIn(open, ref);
    await this.drafting.stored(visit, open, without(open.content, ref), sent.version);
    return redirect(addressOf(id, 'people'));
  }
}

function personIn({ content }: OpenDraft, ref: string) {
  const person = content.people?.find((p) => p.ref === ref);
  if (!person) throw new NotFound('person');
  return person;
}
