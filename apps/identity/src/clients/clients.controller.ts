import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, HttpCode, Post } from '@nestjs/common';
import { ClientsQueryDto, RegisterClientDto } from './clients.dto';
import { ClientsService } from './clients.service';

@ContextController('identity', 'clients')
export class ClientsController {
  constructor(private readonly clients: ClientsService) {}

  @Get()
  @Describe({ summary: 'API clients of an organisation', action: 'client.list', query: ClientsQueryDto })
  list(@Calling() call: Call) {
    return this.clients.list(call);
  }

  @Post()
  @Describe({
    summary: 'Register a system of an agency; its secret is in this answer and nowhere else',
    ...{ action: 'client.register', body: RegisterClientDto, status: 201 },
  })
  register(@Calling() call: Call) {
    return this.clients.register(call);
  }

  @Post(':id/secrets')
  @Describe({ summary: 'Another secret, to replace the present one', action: 'client.add-secret', status: 201 })
  addSecret(@Calling() call: Call, @Id() id: string) {
    return this.clients.addSecret(call, id);
  }

  @Post(':id/secrets/:secretId/end')
  @HttpCode(200)
  @Describe({ summary: 'End a secret at once', action: 'client.end-secret' })
  endSecret(@Calling() call: Call, @Id() id: string, @Id('secretId') secretId: string) {
    return this.clients.endSecret(call, id, secretId);
  }

  @Post(':id/end')
  @HttpCode(200)
  @Describe({ summary: 'End a client, and with it all access', action: 'client.end' })
  end(@Calling() call: Call, @Id() id: string) {
    return this.clients.end(call, id);
  }
}
