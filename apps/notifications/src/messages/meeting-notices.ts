import {
  EmergencyMeetingCalled,
  MeetingCancelled,
  MeetingRearranged,
  typeOf,
  type MeetingNotice,
  type Received,
} from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import { Injectable } from '@nestjs/common';
import type { Hearer } from '../hearing';
import { tellOfMeeting } from '../meeting-notices.repository';

const KINDS = new Map<string, MeetingNotice>([
  [typeOf(MeetingCancelled), 'meeting-cancelled'],
  [typeOf(MeetingRearranged), 'meeting-rearranged'],
  [typeOf(EmergencyMeetingCalled), 'meeting-called'],
]);
type Told = MeetingCancelled | MeetingRearranged | EmergencyMeetingCalled;

/** Tells everybody who is named for a meeting that it is not held, is held at another time, or was called: when, and nothing else. */
@Injectable()
export class MeetingNotices implements Hearer {
  async hear(events: readonly Received[], tx: Tx): Promise<void> {
    for (const event of events) await this.tell(event, tx);
  }

  private async tell(event: Received, tx: Tx): Promise<void> {
    const kind = KINDS.get(event.type);
    if (!kind) return;
    const { meetingId, startsAt, people = [], orgs = [] } = event.data as Told;
    await tellOfMeeting(tx, { kind, meetingId, startsAt, people, orgs, happenedAt: event.time });
  }
}
