import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, HttpCode, Post } from '@nestjs/common';
import { LinkCaseDto } from './links.dto';
import { LinksService } from './links.service';

@ContextController('records', 'cases/:id/links')
export class LinksController {
  constructor(private readonly links: LinksService) {}

  @Get()
  @Describe({ summary: 'Cases that have to do with a case', action: 'case.view' })
  list(@Calling() call: Call, @Id() id: string) {
    return this.links.list(call, id);
  }

  @Post()
  @Describe({ summary: 'Link a case with another', body: LinkCaseDto, action: 'case.link' })
  link(@Calling() call: Call, @Id() id: string) {
    return this.links.link(call, id);
  }

  @Post(':linkId/ending')
  @HttpCode(200)
  @Describe({ summary: 'Two cases are linked no more', action: 'case.link' })
  end(@Calling() call: Call, @Id() id: string, @Id('linkId') linkId: string) {
    return this.links.end(call, id, linkId);
  }
}
