import { ContextController, correlationOf, Describe, Open, type Request } from '@concordat/platform';
import { Get, Header, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ClientTokensService } from './client-tokens.service';
import { TokenKeys } from './token-keys';
import { readTokenRequest, TokenRefused } from './token-request';

@ContextController('identity')
export class ClientTokensController {
  constructor(
    private readonly tokens: ClientTokensService,
    private readonly keys: TokenKeys,
  ) {}

  /**
   * In the words of RFC 6749, which every OAuth library understands, and not in ours: described as the token endpoint of the
   * API document, not as one of its operations.
   */
  @Post('token')
  @Open()
  @HttpCode(200)
  async token(@Req() request: Request, @Res({ passthrough: true }) reply: FastifyReply) {
    try {
      const asked = readTokenRequest(request.body, request.headers.authorization);
      const { method, ip: address } = request;
      return await this.tokens.issue(asked, {
        method,
        path: '/api/identity/token',
        address,
        correlationId: correlationOf(request),
      });
    } catch (error) {
      if (!(error instanceof TokenRefused)) throw error;
      void reply.status(error.status);
      if (error.status === 401) void reply.header('www-authenticate', 'Basic realm="concordat"');
      return { error: error.error, error_description: error.description };
    }
  }

  @Get('token-keys')
  @Open()
  @Header('cache-control', 'public, max-age=60')
  @Describe({ summary: 'The public keys that tokens of API clients are signed with (RFC 7517)' })
  published() {
    return this.keys.published();
  }
}
