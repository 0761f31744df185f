import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, HttpCode, Post } from '@nestjs/common';
import { BreakGlassDto, ListGlassDto, ReviewGlassDto } from './break-glass.dto';
import { BreakGlassService } from './break-glass.service';
import { GlassReviews } from './glass.reviews';

@ContextController('records', 'break-glass')
export class BreakGlassController {
  constructor(
    private readonly glass: BreakGlassService,
    private readonly reviews: GlassReviews,
  ) {}

  @Get('practice')
  @Describe({ summary: 'Why a case may be opened in an emergency, for how long, and what a review may find' })
  practice(@Calling() _: Call) {
    return this.glass.rules();
  }

  @Post()
  @Describe({ summary: 'Open a case in an emergency', body: BreakGlassDto, action: 'glass.break', status: 201 })
  break(@Calling() call: Call) {
    return this.glass.break(call);
  }

  @Get()
  @Describe({ summary: 'Emergency openings that the caller is told of', query: ListGlassDto, action: 'glass.list' })
  list(@Calling() call: Call) {
    return this.reviews.list(call);
  }

  @Get(':id')
  @Describe({ summary: 'One emergency opening', action: 'glass.list' })
  view(@Calling() call: Call, @Id() id: string) {
    return this.reviews.view(call, id);
  }

  @Post(':id/review')
  @HttpCode(200)
  @Describe({ summary: 'What the review of an emergency opening found', body: ReviewGlassDto, action: 'glass.review' })
  review(@Calling() call: Call, @Id() id: string) {
    return this.reviews.review(call, id);
  }
}
