import { Calling, ContextController, Describe, type Call } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { CopyRegisterDto, PublicationRegisterDto } from './registers.dto';
import { RegistersService } from './registers.service';

@ContextController('reviews', 'registers')
export class RegistersController {
  constructor(private readonly registers: RegistersService) {}

  @Get('copies')
  @Describe({
    summary: 'What central bodies are to have of each review: owed, sent, acknowledged',
    query: CopyRegisterDto,
    action: 'review.list',
  })
  copies(@Calling() call: Call) {
    return this.registers.copies(call, 'review.list');
  }

  @Get('copies/export')
  @Describe({
    summary: 'As the register of central copies, to be taken out',
    query: CopyRegisterDto,
    action: 'review.export-register',
  })
  exportCopies(@Calling() call: Call) {
    return this.registers.copies(call, 'review.export-register');
  }

  @Get('publications')
  @Describe({
    summary: 'What was decided on publishing each review, and what is published of it',
    query: PublicationRegisterDto,
    action: 'review.list',
  })
  publications(@Calling() call: Call) {
    return this.registers.publications(call, 'review.list');
  }

  @Get('publications/export')
  @Describe({
    summary: 'As the register of publications, to be taken out',
    query: PublicationRegisterDto,
    action: 'review.export-register',
  })
  exportPublications(@Calling() call: Call) {
    return this.registers.publications(call, 'review.export-register');
  }
}
