import { Calling, ContextController, Describe, type Call } from '@concordat/platform';
import { Get, HttpCode, Post } from '@nestjs/common';
import { ListDropsDto, OwedDropsDto, ReceiveDropDto } from './drops.dto';
import { DropsService } from './drops.service';

@ContextController('sharing', 'drops')
export class DropsController {
  constructor(private readonly drops: DropsService) {}

  @Post()
  @HttpCode(200)
  @Describe({
    summary: 'Check a file of a depersonalised set (section 17A), and record what was found',
    body: ReceiveDropDto,
    action: 'drop.check',
  })
  receive(@Calling() call: Call) {
    return this.drops.receive(call);
  }

  @Get()
  @Describe({ summary: 'Files that were checked, newest first', query: ListDropsDto, action: 'drop.list' })
  list(@Calling() call: Call) {
    return this.drops.list(call);
  }

  @Get('owed')
  @Describe({ summary: 'What was due for a quarter, and what became of it', query: OwedDropsDto, action: 'drop.list' })
  owed(@Calling() call: Call) {
    return this.drops.owed(call);
  }

  @Get('sets')
  @Describe({ summary: 'The sets, with their columns' })
  sets(@Calling() _: Call) {
    return this.drops.sets();
  }
}
