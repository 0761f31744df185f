import { Calling, ContextController, Describe, type Call } from '@concordat/platform';
import { Get, Param } from '@nestjs/common';
import { PacksService } from './packs.service';

@ContextController('referrals', 'packs')
export class PacksController {
  constructor(private readonly packs: PacksService) {}

  @Get()
  @Describe({ summary: 'Law and local practice: what is in force, and what changed when', action: 'pack.view' })
  list(@Calling() call: Call) {
    return this.packs.list(call);
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
