import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, HttpCode, Post } from '@nestjs/common';
import { FamilyContactDto, FamilyPersonDto } from './family.dto';
import { FamilyService } from './family.service';

@ContextController('reviews', 'reviews/:id/family')
export class FamilyController {
  constructor(private readonly family: FamilyService) {}

  @Get()
  @Describe({ summary: 'The family log', action: 'review.view-family' })
  view(@Calling() call: Call, @Id() id: string) {
    return this.family.view(call, id);
  }

  @Post('people')
  @HttpCode(200)
  @Describe({
    summary: 'Enter somebody of the family, or change their entry',
    body: FamilyPersonDto,
    action: 'review.keep-family-person',
  })
  person(@Calling() call: Call, @Id() id: string) {
    return this.family.keepPerson(call, id);
  }

  @Post('contacts')
  @HttpCode(200)
  @Describe({
    summary: 'Keep a contact with the family',
    body: FamilyContactDto,
    action: 'review.keep-family-contact',
  })
  contact(@Calling() call: Call, @Id() id: string) {
    return this.family.keepContact(call, id);
  }
}
