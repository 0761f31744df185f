import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, HttpCode, Post } from '@nestjs/common';
import { ConfirmContactDetailsDto, GiveContactDetailsDto } from './contact-details.dto';
import { ContactDetailsService } from './contact-details.service';

@ContextController('notifications', 'contact-details')
export class ContactDetailsController {
  constructor(private readonly details: ContactDetailsService) {}

  @Get()
  @Describe({ summary: 'Where one is reached outside of the pages', action: 'contact-details.view' })
  list(@Calling() call: Call) {
    return this.details.list(call);
  }

  @Post()
  @Describe({
    summary: 'Give an address, to which a code is sent; the one before serves until this is confirmed',
    ...{ action: 'contact-details.give', body: GiveContactDetailsDto, status: 201 },
    example: { channel: 'email', address: 'amina.rahman@northbank-council.example' },
  })
  give(@Calling() call: Call) {
    return this.details.give(call);
  }

  @Post(':id/codes')
  @Describe({ summary: 'Send another code to it', action: 'contact-details.send-code', status: 201 })
  sendCode(@Calling() call: Call, @Id() id: string) {
    return this.details.sendCode(call, id);
  }

  @Post(':id/confirmation')
  @HttpCode(200)
  @Describe({
    summary: 'Confirm by the code that one receives there',
    ...{ action: 'contact-details.confirm', body: ConfirmContactDetailsDto },
    example: { code: '123456' },
  })
  confirm(@Calling() call: Call, @Id() id: string) {
    return this.details.confirm(call, id);
  }

  @Post(':id/removal')
  @HttpCode(200)
  @Describe({ summary: 'Take it away: nothing is sent there any more', action: 'contact-details.remove' })
  remove(@Calling() call: Call, @Id() id: string) {
    return this.details.remove(call, id);
  }
}
