import { Ephemeral, PROCESS, type ProcessInfo } from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import type { Session } from './session';

const KIND = 'session';
/** When somebody ended all of their sessions: kept for as long as one that had begun before could last. */
const ENDED = 'sessions-ended';
const MINUTE = 60_000;
/** A session ends when nobody comes for this long (user-interface.md §7; NCSC and OWASP suggest 15 to 30 minutes). */
export const IDLE_MS = 30 * MINUTE;
export const ABSOLUTE_MS = 12 * 60 * MINUTE;
/** How stale the time of the last visit may be: saves a write per request. */
const TOUCH_MS = MINUTE;

/** Sessions, kept encrypted in the ephemeral store under a digest of their id: who reads the store can use none of them. */
@Injectable()
export class Sessions {
  private readonly key: Buffer;

  constructor(
    private readonly store: Ephemeral,
    @Inject(PROCESS) process: ProcessInfo,
  ) {
    this.key = Buffer.from(hkdfSync('sha256', process.secret('session'), '', 'concordat web session', 32));
  }

  /** The session with this id, its idle time begun afresh; null when it never was or is over. */
  async find(id: string, now = Date.now()): Promise<Session | null> {
    const session = await this.peek(id, now);
    if (!session || now - session.seen < TOUCH_MS) return session;
    const touched = { ...session, seen: now };
    await this.save(id, touched, now);
    return touched;
  }

  /** As `find`, but the idle time goes on: for what a browser does without anybody being there. */
  async peek(id: string, now = Date.now()): Promise<Session | null> {
    if (!/^[\w-]{43}$/.test(id)) return null;
    const kept = await this.store.get(KIND, nameOf(id));
    const session = kept === null ? null : this.open(kept, id);
    if (!session || now > session.seen + IDLE_MS || now > session.began + ABSOLUTE_MS) return null;
    return session.me && (await this.isEnded(session.me.id, session.began)) ? null : session;
  }

  /** Starts a session under a new id: 256 random bits in base64url. */
  async start(more: Partial<Session> = {}, now = Date.now()): Promise<{ id: string; session: Session }> {
    const id = randomBytes(32).toString('base64url');
    const session: Session = { csrf: randomBytes(32).toString('base64url'), began: now, seen: now, ...more };
    await this.save(id, session, now);
    return { id, session };
  }

  async save(id: string, session: Session, now = Date.now()): Promise<void> {
    const left = Math.min(session.seen + IDLE_MS, session.began + ABSOLUTE_MS) - now;
    if (left <= 0) return this.end(id);
    await this.store.set(KIND, nameOf(id), this.seal(JSON.stringify(session), id), left / 1000);
  }

  end(id: string): Promise<void> {
    return this.store.remove(KIND, nameOf(id));
  }

  /** Ends every session of this person that has begun by now, whatever browser it is in. A later sign-in begins a new one. */
  endAll(userId: string, now = Date.now()): Promise<void> {
    return this.store.set(ENDED, nameOf(userId), String(now), ABSOLUTE_MS / 1000);
  }

  private async isEnded(userId: string, began: number): Promise<boolean> {
    const ended = await this.store.get(ENDED, nameOf(userId));
    return ended !== null && began <= Number(ended);
  }

  /** AES-256-GCM; the id is authenticated with it, so that one session cannot be put in another's place. */
  private seal(text: string, id: string): string {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.key, iv).setAAD(Buffer.from(id));
    const sealed = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return sealed.toString('base64');
  }

  /** Null when it was sealed with another key: the secret has been changed since. */
  private open(sealed: string, id: string): Session | null {
    const bytes = Buffer.from(sealed, 'base64');
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.key, bytes.subarray(0, 12))
        .setAAD(Buffer.from(id))
        .setAuthTag(bytes.subarray(-16));
      const text = Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString('utf8');
      return JSON.parse(text) as Session;
    } catch {
      return null;
    }
  }
}

const nameOf = (id: string): string => createHash('sha256').update(id).digest('base64url');
