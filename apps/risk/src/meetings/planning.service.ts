import { demand } from '@concordat/access';
import { civilDate } from '@concordat/clocks';
import { Invalid, NotFound, newId } from '@concordat/contracts';
import { UnitOfWork } from '@concordat/messaging';
import { valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { daysOf, leads, nextDay, sitsOn, wrongDay } from '../forum';
import { ForumKinds } from '../forum-kinds';
import { forumById } from '../forums.repository';
import { demandLead } from '../leading';
import { lastInRhythm, meetingsOf } from '../meetings.repository';
import { insertMeeting } from '../planned-meetings.repository';
import { listWaiting } from '../waiting.repository';
import { ListMeetingsDto, PlanMeetingDto } from './meetings.dto';

/** Meetings of a forum: those there are, and the next. */
@Injectable()
export class PlanningService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly kinds: ForumKinds,
  ) {}

  list(call: Call, forumId: string) {
    const objects = [{ t: 'forum' as const, id: forumId }];
    return this.unit.read({ action: 'meeting.view', call, objects }, async (tx) => {
      const forum = await forumById(tx, forumId);
      if (!sitsOn(forum, tx.actor.id, tx.actor.orgId)) throw new NotFound('forum');
      demand(tx.actor, 'meeting.view');
      const { limit = 25, cursor } = valid(ListMeetingsDto, call.query);
      const { items, next, previous } = await meetingsOf(tx, forumId, limit, cursor);
      tx.about({ objects: items.map(({ id, version }) => ({ t: 'meeting' as const, id, ver: String(version) })) });
      const [last, today] = [await lastInRhythm(tx, forumId), civilDate(tx.now)];
      return {
        items: items.map(({ id, state, heldOn, startsAt, place, cutOffOn, emergencyReason }) => ({
          id,
          state,
          heldOn,
          startsAt,
          place,
          cutOffOn,
          emergency: emergencyReason !== null,
        })),
        ...{ next, previous },
        /** The next day by the forum's recurrence. */
        suggested: nextDay(forum.cadence, last !== null && last > today ? last : today, last),
        may: { plan: leads(forum, tx.actor.id) },
      };
    });
  }

  async plan(call: Call, forumId: string) {
    const act = { action: 'meeting.plan', call, objects: [{ t: 'forum' as const, id: forumId }] } as const;
    const done = await this.unit.run(act, async (tx) => {
      const forum = await forumById(tx, forumId);
      demandLead(tx, 'meeting.plan', forum);
      const { heldOn, startsAt = forum.startsAt, place = forum.place } = valid(PlanMeetingDto, call.body);
      const problem = wrongDay(heldOn, civilDate(tx.now));
      if (problem) throw new Invalid([problem]);
      const kind = this.kinds.of(forum.kind, tx.now);
      const days = daysOf(forum, kind, heldOn, (id) => this.kinds.packs.calendar(id));
      const meeting = {
        id: newId(),
        heldOn,
        startsAt,
        place,
        days,
        pack: this.kinds.packs.version,
        statement: kind.statement,
      };
      await insertMeeting(tx, forum, meeting);
      const listed = await listWaiting(tx, forum.id, kind);
      tx.about({ objects: [{ t: 'meeting', id: meeting.id, ver: '1' }], rule: `${forum.kind}@${kind.version}` });
      return { id: meeting.id, version: 1, listed };
    });
    return { ...done.value, receipt: done.receipt };
  }
}
