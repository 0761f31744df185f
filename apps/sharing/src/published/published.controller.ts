import { ContextController, Describe, Open } from '@concordat/platform';
import { Get, Header, Param } from '@nestjs/common';
import { PublishedService } from './published.service';

@ContextController('sharing', 'published')
@Open()
export class PublishedController {
  constructor(private readonly published: PublishedService) {}

  @Get()
  @Header('cache-control', 'public, max-age=30')
  @Describe({ summary: 'Agreements in force, as far as anybody may read them', action: 'agreement.publish' })
  list() {
    return this.published.list();
  }

  @Get(':code')
  @Header('cache-control', 'public, max-age=30')
  @Describe({ summary: 'One of them, by the agreement’s own id', action: 'agreement.publish' })
  view(@Param('code') code: string) {
    return this.published.view(code);
  }
}
