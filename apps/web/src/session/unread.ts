import { Injectable } from '@nestjs/common';
import { Notifications } from '../apis/notifications';
import type { Visit } from './visit';

const FRESH_MS = 30_000;
const REMEMBERED = 5_000;

/**
 * How many messages a visitor has not read, for the head of every page: asked for at most twice a minute. A page never waits for
 * it in vain: when it cannot be told, none is said.
 */
@Injectable()
export class Unread {
  private readonly kept = new Map<string, { readonly count: Promise<number | null>; readonly until: number }>();

  constructor(private readonly notifications: Notifications) {}

  async of(visit: Visit): Promise<number | null> {
    const id = visit.me && visit.sessionId;
    if (!id) return null;
    const known = this.kept.get(id);
    if (known && known.until > Date.now()) return known.count;
    if (this.kept.size >= REMEMBERED) this.kept.clear();
    const count = this.notifications.unread(visit).catch(() => null);
    this.kept.set(id, { count, until: Date.now() + FRESH_MS });
    return count;
  }

  /** The visitor has just read some. */
  forget(visit: Visit): void {
    if (visit.sessionId) this.kept.delete(visit.sessionId);
  }
}
