import { mayDo, newId, NotFound } from '@concordat/contracts';
import { UnitOfWork } from '@concordat/messaging';
import { PROCESS, serviceActorId, systemCall, type Call, type ProcessInfo } from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import { createHash, randomBytes } from 'node:crypto';
import { calendarFile } from '../calendar-file';
import { feedOf, insertFeed, readerOf, revokeFeed, type FeedReader } from '../calendar-feeds.repository';
import { deadlinesOf, pagingOf } from '../reading.repository';

const AT_MOST = 500;
const SECRET = /^[\w-]{43}$/;
const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();
/** How far back a calendar shows what is still open. */
const PAST_MS = 31 * 86_400_000;

/** A calendar of one's own deadlines, which one's own software reads by a secret address: opaque, and revoked at will. */
@Injectable()
export class CalendarFeedsService {
  constructor(
    private readonly unit: UnitOfWork,
    @Inject(PROCESS) private readonly info: ProcessInfo,
  ) {}

  /** Whether there is one, and since when; never its secret, which is shown once. */
  show(call: Call) {
    return this.unit.read({ action: 'calendar-feed.make', call }, async (tx) => ({ feed: (await feedOf(tx)) ?? null }));
  }

  /** Makes a new address; an older one ends with it. The secret is in the answer and nowhere else. */
  async make(call: Call) {
    const secret = randomBytes(32).toString('base64url');
    const done = await this.unit.run({ action: 'calendar-feed.make', call }, async (tx) => {
      await revokeFeed(tx);
      const id = newId();
      await insertFeed(tx, id, hashOf(secret));
      tx.about({ objects: [{ t: 'calendar-feed', id }] });
      return { id };
    });
    // A repeated answer has no secret: it was shown, and is kept by nobody.
    return { ...done.value, secret: done.replayed ? null : secret, receipt: done.receipt };
  }

  async revoke(call: Call) {
    const done = await this.unit.run({ action: 'calendar-feed.revoke', call }, async (tx) => {
      const feed = await feedOf(tx);
      if (!feed) throw new NotFound('calendar-feed');
      await revokeFeed(tx);
      tx.about({ objects: [{ t: 'calendar-feed', id: feed.id }] });
      return { id: feed.id };
    });
    return { ...done.value, receipt: done.receipt };
  }

  /** The calendar behind a secret, as its owner would see it now. Throws NotFound for a secret that is none, or none any more. */
  async calendar(secret: string): Promise<string> {
    const reader = SECRET.test(secret) ? await this.reader(hashOf(secret)) : undefined;
    if (!reader || !mayDo(reader.roles, 'calendar-feed.read')) throw new NotFound('calendar');
    const { userId: id, orgId, roles, areas } = reader;
    const call = systemCall(id, 'operation', { actor: { kind: 'user', id, orgId, roles, areas }, method: 'GET' });
    const act = { action: 'calendar-feed.read', call, objects: [{ t: 'calendar-feed', id: reader.id }] } as const;
    return this.unit.read(act, async (tx) => {
      const wanted = { whose: 'mine', state: 'open', from: new Date(tx.now.getTime() - PAST_MS) } as const;
      const { items } = await deadlinesOf(tx, wanted, pagingOf(false, AT_MOST, undefined));
      tx.about({ objects: items.map((one) => ({ t: 'deadline' as const, id: one.id as string })) });
      return calendarFile(items as never, `${this.info.publicUrl}/deadlines`, tx.now);
    });
  }

  private async reader(hash: Buffer): Promise<FeedReader | undefined> {
    let reader: FeedReader | undefined;
    await this.unit.project(systemCall(serviceActorId('notifications'), 'operation'), async (tx) => {
      reader = await readerOf(tx, hash);
    });
    return reader;
  }
}
