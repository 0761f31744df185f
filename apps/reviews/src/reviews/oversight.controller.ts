import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { BoardService } from './board.service';
import { CheckingService } from './checking.service';
import { BoardDto, SheetDto } from './reviews.dto';

@ContextController('reviews', 'board')
export class BoardController {
  constructor(private readonly board: BoardService) {}

  @Get()
  @Describe({
    summary: 'The coordinator’s board, computed as of today, sorted and filtered',
    query: BoardDto,
    action: 'review.list',
  })
  show(@Calling() call: Call) {
    return this.board.show(call);
  }

  @Get('export')
  @Describe({ summary: 'As the board, to be taken out', query: BoardDto, action: 'review.export-board' })
  export(@Calling() call: Call) {
    return this.board.export(call);
  }
}

@ContextController('reviews', 'checks')
export class ChecksController {
  constructor(private readonly checking: CheckingService) {}

  @Get()
  @Describe({
    summary: 'How auditors’ checks of each review of one’s agency came out',
    query: SheetDto,
    action: 'review.audit',
  })
  list(@Calling() call: Call) {
    return this.checking.list(call);
  }

  @Get(':id')
  @Describe({ summary: 'Auditors’ checks of one review, each with what it rests on', action: 'review.audit' })
  view(@Calling() call: Call, @Id() id: string) {
    return this.checking.view(call, id);
  }
}
