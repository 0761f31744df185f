import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { AsItStoodDto } from './as-it-stood.dto';
import { AsItStoodService } from './as-it-stood.service';

@ContextController('records', 'cases/:id/as-it-stood')
export class AsItStoodController {
  constructor(private readonly stood: AsItStoodService) {}

  @Get()
  @Describe({ summary: 'A case as it stood on a day', query: AsItStoodDto, action: 'case.view' })
  view(@Calling() call: Call, @Id() id: string) {
    return this.stood.view(call, id);
  }
}
