import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Delete, Get, HttpCode, Post } from '@nestjs/common';
import { ReviewsReading } from './reading.service';
import { AdvanceDto, ListReviewsDto, NameMemberDto, RegisterReviewDto } from './reviews.dto';
import { ReviewsService } from './reviews.service';

@ContextController('reviews', 'reviews')
export class ReviewsController {
  constructor(
    private readonly reviews: ReviewsService,
    private readonly reading: ReviewsReading,
  ) {}

  @Get()
  @Describe({
    summary: 'Reviews that the caller may see: state, next duty, pauses, what the next step lacks',
    query: ListReviewsDto,
    action: 'review.list',
  })
  list(@Calling() call: Call) {
    return this.reading.list(call);
  }

  @Get(':id')
  @Describe({ summary: 'One review: its clocks, decisions, dates, pauses and open steps', action: 'review.view' })
  view(@Calling() call: Call, @Id() id: string) {
    return this.reading.view(call, id);
  }

  @Post()
  @Describe({ summary: 'Register a notification', body: RegisterReviewDto, action: 'review.register', status: 201 })
  register(@Calling() call: Call) {
    return this.reviews.register(call);
  }

  @Post(':id/steps')
  @HttpCode(200)
  @Describe({ summary: 'Take the next step', body: AdvanceDto, action: 'review.advance' })
  advance(@Calling() call: Call, @Id() id: string) {
    return this.reviews.advance(call, id);
  }

  @Post(':id/members')
  @HttpCode(200)
  @Describe({ summary: 'Name somebody who may see the review', body: NameMemberDto, action: 'review.name-member' })
  nameMember(@Calling() call: Call, @Id() id: string) {
    return this.reviews.nameMember(call, id);
  }

  @Delete(':id/members/:userId')
  @Describe({ summary: 'Somebody named may see it no longer', action: 'review.release-member' })
  releaseMember(@Calling() call: Call, @Id() id: string, @Id('userId') userId: string) {
    return this.reviews.releaseMember(call, id, userId);
  }
}
