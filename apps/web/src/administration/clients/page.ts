import { Get, Query } from '@nestjs/common';
import { ApiClients } from '../../apis/api-clients';
import { formOf } from '../../design/form';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { Administering } from '../opening';

const DONE: Readonly<Record<string, string>> = {
  'secret-ended': 'The secret has ended',
  ended: 'The system has been ended, and with it all its access',
};

/** Systems of an agency that use the API. */
@Page({
  at: 'administration/clients',
  folder: 'administration/clients',
  may: 'client.list',
  states: ['filled', 'empty'],
})
export class ClientsPage {
  constructor(
    private readonly clients: ApiClients,
    private readonly administering: Administering,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Query('org') org?: string, @Query('done') done?: string): Promise<View> {
    const { organisations } = await this.administering.reach(visit);
    const organisation = await this.administering.organisation(visit, org);
    return show({
      organisation,
      organisations: organisations.map(({ id, name }) => ({ value: id, text: name })),
      form: formOf({ values: { org: organisation.id } }),
      items: await this.clients.of(visit, organisation.id),
      done: DONE[done ?? ''],
    });
  }
}
