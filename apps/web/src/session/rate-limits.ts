import { Ephemeral, TooMany, Unavailable } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { createHash } from 'node:crypto';
import { isAsset } from '../web-paths';
import type { WebRequest } from './visit';

const WINDOW_SECONDS = 60;
/** Many people of one agency come from one address, so sign-ins are counted generously; forms are counted per session. */
const SIGN_INS = 60;
const CHANGES = 60;

/** Counts sign-ins by network address and changes by session, and refuses what is too many in a minute. */
@Injectable()
export class RateLimits {
  constructor(private readonly store: Ephemeral) {}

  readonly check = async (request: WebRequest, reply: FastifyReply): Promise<void> => {
    const counted = this.counted(request);
    if (!counted) return;
    const { count, resetSeconds } = await this.store.hit(counted.key, WINDOW_SECONDS).catch(() => {
      throw new Unavailable('session.unavailable', 'Requests cannot be counted now');
    });
    if (count <= counted.limit) return;
    void reply.header('retry-after', String(resetSeconds));
    throw new TooMany('request.too-many', 'You have done this too often in a short time', {
      retryAfterSeconds: resetSeconds,
    });
  };

  private counted(request: WebRequest): { key: string; limit: number } | null {
    const path = request.url.split('?')[0] ?? '';
    if (path === '/sign-in' || path === '/sign-in/callback')
      return { key: `sign-in:${digest(request.ip)}`, limit: SIGN_INS };
    if (request.method === 'GET' || request.method === 'HEAD' || isAsset(path)) return null;
    return { key: `change:${digest(request.visit?.sessionId ?? request.ip)}`, limit: CHANGES };
  }
}

/** Neither addresses nor session ids are kept, only that they are the same as before. */
const digest = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22);
