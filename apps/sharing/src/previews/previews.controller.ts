import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { PreviewsService } from './previews.service';

@ContextController('sharing', 'agreements')
export class PreviewsController {
  constructor(private readonly previews: PreviewsService) {}

  @Get(':id/preview')
  @Describe({
    summary: 'What a version would change: the decisions of the last 90 days that would have come out otherwise',
    action: 'agreement.preview',
  })
  preview(@Calling() call: Call, @Id() id: string) {
    return this.previews.preview(call, id);
  }
}
