import { typeOf, type EventClass, type Received } from '@concordat/contracts';
import { Unavailable } from '@concordat/platform';
import { createHash } from 'node:crypto';
import { Handlers, type BatchHandler, type EventHandler, type Handling } from '../../../libs/messaging/src/on';
import { Inbox, type Arrival } from '../../../libs/messaging/src/inbox';
import type { Tx } from '../../../libs/messaging/src/tx';
import { patch } from './patch';
import type { Hiccups } from './settings';

const ACT = 'audit.act-recorded.v1';
/** How often in a row the handling of an unlucky event fails. */
const FAILURES = 3;
/** Only what happened since is unlucky here: failures counted anew by each restart would add up to those of a lasting fault. */
const BEGAN = Date.now();

/**
 * Records, in the very transaction of the effects, that a consumer applied an event. Two rows for one event are then two
 * applications, however harmless the handler makes the second (events.md I6). Some events it lets fail a few times first.
 */
export function probe({ handling: share, receiving }: Hiccups): void {
  const failures = new Map<string, number>();
  const hiccup = (events: readonly Received<never>[]): void => {
    const unlucky = events.filter(
      (e) => e.time.getTime() > BEGAN && isUnlucky(e.id, share) && (failures.get(e.id) ?? 0) < FAILURES,
    );
    for (const { id } of unlucky) failures.set(id, (failures.get(id) ?? 0) + 1);
    if (unlucky.length > 0) throw new Unavailable('fault.hiccup', 'The harness lets this fail');
  };
  receivingFails(receiving);
  patch(Handlers.prototype, 'add', (add) => {
    return function (this: Handlers, type: EventClass, handling: Handling): void {
      const { context } = this;
      const one: EventHandler | null =
        handling.one &&
        (async (event, tx, prepared) => {
          hiccup([event]);
          await handling.one!(event, tx, prepared);
          await record(context, [event], tx);
        });
      const batch: BatchHandler | null =
        handling.batch &&
        (async (events, tx) => {
          hiccup(events);
          await handling.batch!(events, tx);
          await record(context, events, tx);
        });
      handled.push({ context, type: typeOf(type) });
      add.call(this, type, { ...handling, one, batch });
    };
  });
}

/** Now and then what has arrived cannot be stored: an isolated error, healed at once (events.md C1). */
function receivingFails(share: number): void {
  const failed = new Set<string>();
  patch(Inbox.prototype, 'receive', (receive) => {
    return async function (this: Inbox, arrivals: readonly Arrival[], kept?: 'durably' | 'until-marked') {
      const unlucky = arrivals.find((a) => isUnlucky(`${this.context}/${a.eventId}`, share) && !failed.has(a.eventId));
      if (!unlucky) return receive.call(this, arrivals, kept);
      failed.add(unlucky.eventId);
      throw new Unavailable('fault.hiccup', 'The harness lets this fail');
    };
  });
}

/** What the contexts of this process handle. Its first effects write it down, one of which will surely be committed. */
const handled: { context: string; type: string }[] = [];
let left = 50;

async function record(consumer: string, events: readonly Received<never>[], tx: Tx): Promise<void> {
  if (left-- > 0) {
    await tx.execute(
      `INSERT INTO faults.handled (consumer, type) SELECT * FROM unnest($1::text[], $2::text[]) ON CONFLICT DO NOTHING`,
      [handled.map((h) => h.context), handled.map((h) => h.type)],
    );
  }
  await tx.execute(
    `INSERT INTO faults.effect (consumer, source, stream_id, version, event_id)
     SELECT $1, * FROM unnest($2::text[], $3::uuid[], $4::bigint[], $5::uuid[])`,
    [
      consumer,
      events.map((e) => (e.type === ACT ? `${e.source}.acts` : e.source)),
      events.map((e) => e.streamId),
      events.map((e) => e.version),
      events.map((e) => e.id),
    ],
    'faults-effect',
  );
}

/** The same events are unlucky in every process and every run of one history. */
const isUnlucky = (id: string, share: number): boolean =>
  share > 0 && createHash('sha256').update(id).digest().readUInt16LE(0) < share * 65_536;
