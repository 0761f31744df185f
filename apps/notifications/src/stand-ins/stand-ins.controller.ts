import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, HttpCode, Post } from '@nestjs/common';
import { NameStandInDto } from './stand-ins.dto';
import { StandInsService } from './stand-ins.service';

@ContextController('notifications', 'stand-ins')
export class StandInsController {
  constructor(private readonly standIns: StandInsService) {}

  @Get()
  @Describe({ summary: 'Whom one has named while one is away, and for whom one stands in', action: 'stand-in.view' })
  list(@Calling() call: Call) {
    return this.standIns.list(call);
  }

  @Post()
  @Describe({ summary: 'Hand over what is due while one is away', body: NameStandInDto, action: 'stand-in.name' })
  name(@Calling() call: Call) {
    return this.standIns.name(call);
  }

  @Post(':id/end')
  @HttpCode(200)
  @Describe({ summary: 'Take it back', action: 'stand-in.end' })
  end(@Calling() call: Call, @Id() id: string) {
    return this.standIns.end(call, id);
  }
}
