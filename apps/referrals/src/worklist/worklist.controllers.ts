import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, HttpCode, Post } from '@nestjs/common';
import { ReferralsPageDto } from '../page.dto';
import { SearchesService } from './searches.service';
import { ListReferralsDto, SearchReferralsDto } from './worklist.dto';
import { WorklistService } from './worklist.service';

@ContextController('referrals')
export class WorklistController {
  constructor(private readonly worklist: WorklistService) {}

  @Get()
  @Describe({ summary: 'Referrals that the caller may see', query: ListReferralsDto, action: 'referral.list' })
  list(@Calling() call: Call) {
    return this.worklist.list(call);
  }

  @Get('counts')
  @Describe({ summary: 'How many wait, are overdue, are the caller’s', action: 'referral.list' })
  counts(@Calling() call: Call) {
    return this.worklist.counts(call);
  }
}

@ContextController('referrals', 'searches')
export class SearchesController {
  constructor(private readonly searches: SearchesService) {}

  @Post()
  @HttpCode(201)
  @Describe({ summary: 'Search', body: SearchReferralsDto, action: 'referral.search', status: 201 })
  start(@Calling() call: Call) {
    return this.searches.start(call);
  }

  @Get(':id')
  @Describe({ summary: 'What a search finds', query: ReferralsPageDto, action: 'referral.search' })
  results(@Calling() call: Call, @Id() id: string) {
    return this.searches.results(call, id);
  }
}
