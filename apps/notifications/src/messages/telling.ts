import type { Received } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import { Injectable } from '@nestjs/common';
import { roundsOf, tellingsOf, type Happening } from '../happening';
import { eraseHappenings, reachedBy, settleHappenings, tellOf } from '../happenings.repository';
import type { Hearer } from '../hearing';
import { Practice } from '../message-practice';
import { gather } from '../notices.repository';

/** Tells people of what happened and wants them: among their messages at once, and outside of the pages as soon as they chose. */
@Injectable()
export class Telling implements Hearer {
  constructor(private readonly practice: Practice) {}

  async hear(events: readonly Received[], tx: Tx): Promise<void> {
    const tellings = events.flatMap((event) => tellingsOf(event).map((each) => ({ ...each, time: event.time })));
    for (const { settle, tell, erase } of roundsOf(tellings)) {
      if (settle.length > 0) await settleHappenings(tx, settle);
      if (tell.length > 0) await this.tell(tx, tell);
      for (const { records } of erase) await eraseHappenings(tx, records);
    }
  }

  /** Tells people of what happened, each of it once by its record and time. It MAY be told by what this context sees for itself. */
  async tell(tx: Tx, happenings: readonly (Happening & { readonly time: Date })[]): Promise<void> {
    const reached = await reachedBy(tx, happenings, (kind) => this.practice.happening(kind).roles);
    const told = reached.length > 0 ? await tellOf(tx, happenings, reached) : [];
    if (told.length === 0) return;
    await gather(tx, {
      of: 'happening',
      told: told.map(({ n, ...each }) => {
        const { kind, time } = happenings[n]!;
        return { ...each, kind, stage: `${kind}/${time.toISOString()}`, rhythm: this.practice.happening(kind).rhythm };
      }),
      times: this.practice.times(tx.now),
    });
  }
}
