import { Controller, Get, Header, HttpCode, Res, SetMetadata } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Lifecycle } from './lifecycle';

export const OPEN = 'concordat:open';
/** Marks a route that needs nobody signed in. Every other route does. */
export const Open = () => SetMetadata(OPEN, true);

@Controller('health')
export class HealthController {
  constructor(private readonly lifecycle: Lifecycle) {}

  /** The process runs and its event loop turns. */
  @Get('live')
  @Open()
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  live(): { status: 'live' } {
    return { status: 'live' };
  }

  /** Every part makes progress: safe to send requests here. Says which part does not. */
  @Get('ready')
  @Open()
  @Header('cache-control', 'no-store')
  ready(@Res({ passthrough: true }) reply: FastifyReply): { status: 'ready' | 'not-ready'; troubles?: string[] } {
    const troubles = this.lifecycle.troubles();
    if (troubles.length === 0) return { status: 'ready' };
    void reply.status(503);
    return { status: 'not-ready', troubles };
  }
}
