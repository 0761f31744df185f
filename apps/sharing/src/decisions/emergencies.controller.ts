import { Calling, ContextController, Describe, type Call } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { ListEmergenciesDto } from './emergencies.dto';
import { EmergenciesService } from './emergencies.service';

@ContextController('sharing', 'emergencies')
export class EmergenciesController {
  constructor(private readonly emergencies: EmergenciesService) {}

  @Get()
  @Describe({
    summary: 'What was shared in an emergency: by the caller, on their authority, or from the agency that they govern',
    query: ListEmergenciesDto,
    action: 'emergency.list',
  })
  list(@Calling() call: Call) {
    return this.emergencies.list(call);
  }
}
