import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, HttpCode, Post } from '@nestjs/common';
import { FoundPageDto, SearchRecordsDto } from './search.dto';
import { SearchService } from './search.service';

@ContextController('records', 'searches')
export class SearchController {
  constructor(private readonly searches: SearchService) {}

  @Post()
  @HttpCode(201)
  @Describe({
    summary: 'Search people, cases and what was written in them',
    body: SearchRecordsDto,
    action: 'record.search',
    status: 201,
  })
  start(@Calling() call: Call) {
    return this.searches.start(call);
  }

  @Get(':id')
  @Describe({ summary: 'What a search finds, with reasons', query: FoundPageDto, action: 'record.search' })
  results(@Calling() call: Call, @Id() id: string) {
    return this.searches.results(call, id);
  }
}
