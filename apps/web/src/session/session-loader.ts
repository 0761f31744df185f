import { Unavailable } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { isAsset } from '../web-paths';
import { Cookies } from './cookies';
import { Visits, type WebRequest } from './visit';

/** Finds the session that the browser's cookie names. */
@Injectable()
export class SessionLoader {
  constructor(
    private readonly cookies: Cookies,
    private readonly visits: Visits,
  ) {}

  readonly load = async (request: WebRequest, _reply: FastifyReply): Promise<void> => {
    if (isAsset(request.url)) return;
    try {
      request.visit = await this.visits.of(request, this.cookies.idIn(request));
    } catch {
      request.visit = await this.visits.of(request, null);
      throw new Unavailable('session.unavailable', 'Sessions cannot be read now');
    }
  };
}
