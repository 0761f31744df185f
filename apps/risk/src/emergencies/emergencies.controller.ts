import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Post } from '@nestjs/common';
import { CallEmergencyDto } from './emergencies.dto';
import { EmergenciesService } from './emergencies.service';

@ContextController('risk', 'forum-referrals/:id/emergency-meetings')
export class EmergenciesController {
  constructor(private readonly emergencies: EmergenciesService) {}

  @Post()
  @Describe({
    summary: 'Call the forum out of its rhythm for one case that cannot wait',
    body: CallEmergencyDto,
    action: 'meeting.call-emergency',
    status: 201,
  })
  call(@Calling() call: Call, @Id() id: string) {
    return this.emergencies.call(call, id);
  }
}
