import { NotFound } from '@concordat/platform';
import { Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Page, Raw } from '../../design/page';
import { assets } from '../addresses';

/** Styles, scripts and images. What has a digest in its name may be kept for ever (RFC 8246). */
@Page({ at: 'assets', folder: 'assets/serving', may: 'anyone', states: [] })
export class AssetsPage {
  @Get('*')
  serve(
    @Param('*') path: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Raw {
    const asset = assets().find(path);
    if (!asset) throw new NotFound('asset');
    const gzip = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '') && asset.type !== 'image/png';
    void reply
      .type(asset.type)
      .header('cache-control', asset.immutable ? 'public, max-age=31536000, immutable' : 'public, max-age=3600')
      .header('vary', 'accept-encoding');
    if (gzip) void reply.header('content-encoding', 'gzip');
    return new Raw(gzip ? asset.gzip : asset.bytes);
  }
}
