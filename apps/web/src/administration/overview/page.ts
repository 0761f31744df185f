import { Get } from '@nestjs/common';
import { EventPaths } from '../../apis/event-paths';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { SERVICES } from '../words';

/** Where an administrator begins: members, and how the services do. */
@Page({ at: 'administration', folder: 'administration/overview', may: 'membership.list', states: ['all-well'] })
export class AdministrationPage {
  constructor(private readonly paths: EventPaths) {}

  @Get()
  async show(@Visiting() visit: Visit): Promise<View> {
    const paths = await this.paths.all(visit);
    return show({
      services: paths.map(({ context, parked }) => ({
        title: SERVICES[context],
        answers: parked !== null,
        parked: parked?.length,
      })),
    });
  }
}
