import { Ephemeral, PROCESS, type ProcessInfo } from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import type { Session, SignedIn } from './session';

const KIND = 'session';
/** Each person's sessions, so that they can be shown them: a kind for each, by a digest. */
const ONES = 'sessions-of:';
/** When somebody ended all of their sessions, and which was left: kept for as long as one that had begun before could last. */
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
    const touched = { ...session, handle: session.handle ?? newHandle(), seen: now };
    return (await this.save(id, touched, now)) ? touched : null;
  }

  /** As `find`, but the idle time goes on: for what a browser does without anybody being there. */
  async peek(id: string, now = Date.now()): Promise<Session | null> {
    if (!/^[\w-]{43}$/.test(id)) return null;
    const kept = await this.store.get(KIND, nameOf(id));
    const session = kept === null ? null : this.open<Session>(kept, id);
    if (!session || now > session.seen + IDLE_MS || now > session.began + ABSOLUTE_MS) return null;
    return session.me && (await this.isEnded(session.me.id, session)) ? null : session;
  }

  /** Starts a session under a new id: 256 random bits in base64url. */
  async start(more: Partial<Session> = {}, now = Date.now()): Promise<{ id: string; session: Session }> {
    const id = randomBytes(32).toString('base64url');
    const csrf = randomBytes(32).toString('base64url');
    const session: Session = { csrf, handle: newHandle(), began: now, seen: now, ...more };
    const seconds = lifeOf(session, now) / 1000;
    await this.store.set(KIND, nameOf(id), this.seal(JSON.stringify(session), id), seconds);
    await this.list(id, session, seconds);
    return { id, session };
  }

  /** Keeps what has changed of a session that goes on; false when it was ended meanwhile, and then it stays so. */
  async save(id: string, session: Session, now = Date.now()): Promise<boolean> {
    const seconds = lifeOf(session, now) / 1000;
    if (seconds <= 0) await this.end(id);
    else if (!(await this.store.replace(KIND, nameOf(id), this.seal(JSON.stringify(session), id), seconds)))
      return false;
    else await this.list(id, session, seconds);
    return true;
  }

  end(id: string): Promise<void> {
    return this.store.remove(KIND, nameOf(id));
  }

  /** Where somebody is signed in, who came last first. */
  async of(userId: string): Promise<SignedIn[]> {
    const alive = await Promise.all(
      (await this.listed(userId)).map(async (one) => ((await this.isAlive(one, userId)) ? [one] : [])),
    );
    return alive
      .flat()
      .map(({ handle, began, seen, browser }) => ({ handle, began, seen, browser }))
      .sort((a, b) => b.seen - a.seen || b.began - a.began);
  }

  /** Ends one session of this person; nothing happens when they have none with this handle. */
  async endOne(userId: string, handle: string): Promise<void> {
    const found = (await this.listed(userId)).find((one) => one.handle === handle);
    if (!found) return;
    await this.store.remove(KIND, found.name);
    await this.store.remove(onesOf(userId), handle);
  }

  /**
   * Ends every session of this person that has begun by now, whatever browser it is in, but the one that is `kept`. A later
   * sign-in begins a new one.
   */
  endAll(userId: string, kept: string | null = null, now = Date.now()): Promise<void> {
    return this.store.set(ENDED, nameOf(userId), `${now} ${kept ?? ''}`.trim(), ABSOLUTE_MS / 1000);
  }

  private async isEnded(userId: string, { began, handle }: Pick<Session, 'began' | 'handle'>): Promise<boolean> {
    const ended = await this.store.get(ENDED, nameOf(userId));
    if (ended === null) return false;
    const [at, kept] = ended.split(' ');
    return began <= Number(at) && handle !== kept;
  }

  /** Notes that the session is there, for its person's eyes: sealed as it is itself. */
  private async list(id: string, { me, handle, began, seen, browser = '' }: Session, seconds: number): Promise<void> {
    if (!me || !handle) return; // nobody is signed in by it, or it is of before there was a list
    const one: Listed = { handle, began, seen, browser, name: nameOf(id) };
    const kind = onesOf(me.id);
    await this.store.setAmong(kind, handle, this.seal(JSON.stringify(one), kind), seconds);
  }

  private async listed(userId: string): Promise<Listed[]> {
    const kind = onesOf(userId);
    return (await this.store.among(kind)).flatMap((sealed) => this.open<Listed>(sealed, kind) ?? []);
  }

  private async isAlive(one: Listed, userId: string): Promise<boolean> {
    return (await this.store.get(KIND, one.name)) !== null && !(await this.isEnded(userId, one));
  }

  /** AES-256-GCM; whose it is is authenticated with it, so that one session cannot be put in another's place. */
  private seal(text: string, id: string): string {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.key, iv).setAAD(Buffer.from(id));
    const sealed = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return sealed.toString('base64');
  }

  /** Null when it was sealed with another key: the secret has been changed since. */
  private open<T>(sealed: string, id: string): T | null {
    const bytes = Buffer.from(sealed, 'base64');
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.key, bytes.subarray(0, 12))
        .setAAD(Buffer.from(id))
        .setAuthTag(bytes.subarray(-16));
      const text = Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString('utf8');
      return JSON.parse(text) as T;
    } catch {
      return null;
    }
  }
}

/** A session in its person's list, with the name that it is kept under. */
interface Listed extends SignedIn {
  readonly name: string;
}

/** Milliseconds that a session lives if nobody comes any more. */
const lifeOf = ({ seen, began }: Session, now: number): number => Math.min(seen + IDLE_MS, began + ABSOLUTE_MS) - now;

const newHandle = (): string => randomBytes(16).toString('base64url');
const onesOf = (userId: string): string => `${ONES}${nameOf(userId)}`;
const nameOf = (id: string): string => createHash('sha256').update(id).digest('base64url');
