import { scopes } from '@concordat/contracts';
import { Conflict, Id, IllegalTransition, NotFound, RuleBroken } from '@concordat/platform';
import { Get, Post, Query } from '@nestjs/common';
import { ApiClients, type ApiClient } from '../../apis/api-clients';
import type { Organisation } from '../../apis/identity';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { Administering } from '../opening';

const WHY_NOT: Readonly<Record<string, string>> = {
  'client.two-secrets': 'It has two secrets. End one of them first',
  'client.ended': 'It has been ended meanwhile',
  'client.changed': 'Somebody else changed this first. Look at what it says now, then do it again',
};

/** One system: its secrets, another one, and its end. */
@Page({
  at: 'administration/clients/:id',
  folder: 'administration/client',
  may: 'client.list',
  states: ['live', 'ended', 'error'],
})
export class ClientPage {
  constructor(
    private readonly clients: ApiClients,
    private readonly administering: Administering,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Query('org') org?: string): Promise<View> {
    const opened = await this.open(visit, id, org);
    return view(opened, formOf({ version: opened.client.version }));
  }

  @Post()
  async send(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Sent() sent: Submitted,
    @Query('org') org?: string,
  ): Promise<View | Redirect> {
    const opened = await this.open(visit, id, org);
    const { organisation, client } = opened;
    const change = { key: sent.key, version: sent.version };
    const [step = '', secretId = ''] = (sent.text('step') ?? '').split(' ');
    const back = `/administration/clients?org=${organisation.id}`;
    try {
      if (step === 'add-secret') {
        const shown = await this.clients.addSecret(visit, id, change);
        return show({ organisation, shown, name: client.name }, 200, '/administration/client-register/secret.njk');
      }
      if (step === 'end-secret') {
        await this.clients.endSecret(visit, id, secretId, change);
        return redirect(`${back}&done=secret-ended`);
      }
      if (step !== 'end') throw new NotFound('step');
      await this.clients.end(visit, id, change);
      return redirect(`${back}&done=ended`);
    } catch (error) {
      const known = error instanceof RuleBroken || error instanceof IllegalTransition || error instanceof Conflict;
      if (!known || !WHY_NOT[error.code]) throw error;
      const problem = { field: 'secrets', code: error.code, message: WHY_NOT[error.code]! };
      const now = await this.open(visit, id, org);
      return view(now, formAgain(sent, [problem], { version: now.client.version }), 422);
    }
  }

  private async open(visit: Visit, id: string, org: string | undefined): Promise<Opened> {
    const organisation = await this.administering.organisation(visit, org);
    const client = (await this.clients.of(visit, organisation.id)).find((c) => c.id === id);
    if (!client) throw new NotFound('client');
    return { organisation, client };
  }
}

interface Opened {
  readonly organisation: Organisation;
  readonly client: ApiClient;
}

const view = ({ organisation, client }: Opened, form: Form, status = 200): View =>
  show({ organisation, client, form, may: client.scopes.map((s) => scopes[s].says) }, status);
