import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, HttpCode, Post } from '@nestjs/common';
import { ActionsService } from './actions.service';
import {
  AddActionDto,
  AnswerDto,
  AskOwnerDto,
  CheckDto,
  EndActionDto,
  LinkRepeatDto,
  NoteCentralDto,
  ProgressDto,
  ProposeDto,
  RetargetDto,
  TrackDto,
} from './recommendations.dto';
import { RecommendationsService } from './recommendations.service';
import { TrackingService } from './tracking.service';

@ContextController('reviews', 'reviews/:id/recommendations')
export class ReviewRecommendationsController {
  constructor(
    private readonly recommendations: RecommendationsService,
    private readonly tracking: TrackingService,
  ) {}

  @Get()
  @Describe({ summary: 'Recommendations of a review', action: 'recommendation.list' })
  list(@Calling() call: Call, @Id() id: string) {
    return this.tracking.ofReview(call, id);
  }

  @Post()
  @Describe({ summary: 'Propose a recommendation', body: ProposeDto, action: 'recommendation.propose', status: 201 })
  propose(@Calling() call: Call, @Id() id: string) {
    return this.recommendations.propose(call, id);
  }
}

@ContextController('reviews', 'recommendations')
export class RecommendationsController {
  constructor(
    private readonly recommendations: RecommendationsService,
    private readonly actions: ActionsService,
    private readonly tracking: TrackingService,
  ) {}

  @Get()
  @Describe({
    summary: 'Recommendations and actions across all reviews that the caller may see, and those that they lead',
    query: TrackDto,
    action: 'recommendation.list',
  })
  list(@Calling() call: Call) {
    return this.tracking.list(call);
  }

  @Get('export')
  @Describe({ summary: 'As the list, to be taken out', query: TrackDto, action: 'recommendation.export' })
  export(@Calling() call: Call) {
    return this.tracking.export(call);
  }

  @Get(':id')
  @Describe({ summary: 'One recommendation, its answers, actions and repeats', action: 'recommendation.view' })
  view(@Calling() call: Call, @Id() id: string) {
    return this.tracking.view(call, id);
  }

  @Post(':id/requests')
  @HttpCode(200)
  @Describe({ summary: 'Ask the agency that owns it to answer', body: AskOwnerDto, action: 'recommendation.ask-owner' })
  askOwner(@Calling() call: Call, @Id() id: string) {
    return this.recommendations.askOwner(call, id);
  }

  @Post(':id/answers')
  @HttpCode(200)
  @Describe({ summary: 'How its owner answers', body: AnswerDto, action: 'recommendation.answer' })
  answer(@Calling() call: Call, @Id() id: string) {
    return this.recommendations.answer(call, id);
  }

  @Post(':id/repeats')
  @HttpCode(200)
  @Describe({
    summary: 'Link an earlier one that it repeats',
    body: LinkRepeatDto,
    action: 'recommendation.link-repeat',
  })
  linkRepeat(@Calling() call: Call, @Id() id: string) {
    return this.recommendations.linkRepeat(call, id);
  }

  @Post(':id/central')
  @HttpCode(200)
  @Describe({
    summary: 'How far a department has come with a national one',
    body: NoteCentralDto,
    action: 'recommendation.note-central',
  })
  noteCentral(@Calling() call: Call, @Id() id: string) {
    return this.recommendations.noteCentral(call, id);
  }

  @Post(':id/actions')
  @HttpCode(200)
  @Describe({ summary: 'Add an action', body: AddActionDto, action: 'review-action.add' })
  add(@Calling() call: Call, @Id() id: string) {
    return this.actions.add(call, id);
  }

  @Post(':id/actions/:actionId/targets')
  @HttpCode(200)
  @Describe({ summary: 'Set another date; those before it stay', body: RetargetDto, action: 'review-action.retarget' })
  retarget(@Calling() call: Call, @Id() id: string, @Id('actionId') actionId: string) {
    return this.actions.retarget(call, { id, actionId });
  }

  @Post(':id/actions/:actionId/progress')
  @HttpCode(200)
  @Describe({ summary: 'Accept, start or claim an action', body: ProgressDto, action: 'review-action.progress' })
  progress(@Calling() call: Call, @Id() id: string, @Id('actionId') actionId: string) {
    return this.actions.progress(call, { id, actionId });
  }

  @Post(':id/actions/:actionId/checks')
  @HttpCode(200)
  @Describe({ summary: 'Verify what was claimed, or give it back', body: CheckDto, action: 'review-action.verify' })
  check(@Calling() call: Call, @Id() id: string, @Id('actionId') actionId: string) {
    return this.actions.check(call, { id, actionId });
  }

  @Post(':id/actions/:actionId/end')
  @HttpCode(200)
  @Describe({ summary: 'Close, supersede or give up an action', body: EndActionDto, action: 'review-action.end' })
  end(@Calling() call: Call, @Id() id: string, @Id('actionId') actionId: string) {
    return this.actions.end(call, { id, actionId });
  }
}
