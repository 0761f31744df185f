import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, HttpCode, Post } from '@nestjs/common';
import { KeepDataDto } from './data.dto';
import { DataService } from './data.service';

@ContextController('reviews', 'reviews/:id/data')
export class DataController {
  constructor(private readonly data: DataService) {}

  @Get()
  @Describe({ summary: 'What a central body asks, what is answered and what is missing', action: 'review.view-data' })
  view(@Calling() call: Call, @Id() id: string) {
    return this.data.view(call, id);
  }

  @Get('export')
  @Describe({ summary: 'The same as a table, to be taken out', action: 'review.export-data' })
  export(@Calling() call: Call, @Id() id: string) {
    return this.data.export(call, id);
  }

  @Post()
  @HttpCode(200)
  @Describe({ summary: 'Answer the questions of a part of the form', body: KeepDataDto, action: 'review.keep-data' })
  keep(@Calling() call: Call, @Id() id: string) {
    return this.data.keep(call, id);
  }
}
