import { Calling, ContextController, Describe, type Call } from '@concordat/platform';
import { Get, HttpCode, Param, Post } from '@nestjs/common';
import { CheckDocumentDto } from './packs.dto';
import { PacksService } from './packs.service';

@ContextController('referrals', 'packs')
export class PacksController {
  constructor(private readonly packs: PacksService) {}

  @Get()
  @Describe({ summary: 'Law and local practice: what is in force, and what changed when', action: 'pack.view' })
  list(@Calling() call: Call) {
    return this.packs.list(call);
  }

  @Post('checks')
  @HttpCode(200)
  @Describe({
    summary:
      'What would be wrong in the pack, or differ from what is in force, with one file more. Nothing is taken up',
    body: CheckDocumentDto,
    action: 'pack.view',
  })
  check(@Calling() call: Call) {
    return this.packs.check(call);
  }

  @Get(':kind')
  @Describe({ summary: 'Versions of a document of which the pack has one', action: 'pack.view' })
  only(@Calling() call: Call, @Param('kind') kind: string) {
    return this.packs.document(call, kind, '');
  }

  @Get(':kind/:code')
  @Describe({ summary: 'Versions of a document of the pack', action: 'pack.view' })
  one(@Calling() call: Call, @Param('kind') kind: string, @Param('code') code: string) {
    return this.packs.document(call, kind, code);
  }
}
