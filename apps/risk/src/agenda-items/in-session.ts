import { agendaItemChannel, Forbidden, type Action } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { expectVersion, News, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import type { Forum } from '../forum';
import { agenciesIn, forumById } from '../forums.repository';
import { demandLead } from '../leading';
import type { MeetingCommand } from '../meeting';
import * as kept from '../meetings.repository';

/** A case on an agenda, as whoever leads is about to change it. */
export interface Opened {
  readonly item: kept.AgendaItem;
  readonly forum: Forum;
  readonly signatures: readonly kept.Signature[];
}

/** What whoever leads does before they sign: nothing that is said in session is seen by it. */
const UNSIGNED: readonly MeetingCommand[] = ['defer', 'open-case', 'name-home-agency'];

/** One unit of work on a case of a meeting, for whoever leads it; live updates are told when it is over. */
@Injectable()
export class InSession {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly news: News,
  ) {}

  /** As `does`, from the version that whoever changes it saw. */
  change(
    call: Call,
    id: string,
    action: Action,
    command: MeetingCommand,
    fn: (tx: Tx, opened: Opened) => Promise<number>,
  ) {
    return this.does(call, id, action, command, fn, true);
  }

  /** `fn` answers the version of the case after it. */
  async does(
    call: Call,
    id: string,
    action: Action,
    command: MeetingCommand,
    fn: (tx: Tx, opened: Opened) => Promise<number>,
    versioned = false,
  ) {
    const done = await this.unit.run({ action, call, objects: [{ t: 'agenda-item', id }] }, async (tx) => {
      const item = await kept.lockedItem(tx, id);
      if (versioned) expectVersion(call, 'agenda-item', item.version);
      const forum = await forumById(tx, item.forumId);
      demandLead(tx, action, forum);
      const signatures = await kept.signaturesOf(tx, item.meetingId);
      await kept.mustStandOpen(tx, item.meetingId, command);
      if (!UNSIGNED.includes(command)) demandSigned(tx, signatures);
      const version = await fn(tx, { item, forum, signatures });
      kept.aboutItem(tx, { ...item, version });
      return { id, version };
    });
    this.changed(id);
    return { ...done.value, receipt: done.receipt };
  }

  /** Tells whoever looks at a case that something of it has changed. */
  changed(id: string): void {
    this.news.changed(agendaItemChannel(id), { at: new Date(), what: 'case' });
  }
}

/** Throws Forbidden unless the caller has signed: nobody sees a case before (§2.4). */
export function demandSigned(tx: Tx, signatures: readonly kept.Signature[]): void {
  if (!signatures.some((s) => s.userId === tx.actor.id))
    throw new Forbidden('meeting.not-signed', 'Sign the confidentiality statement before you see a case', [
      'meeting.not-signed',
    ]);
}

/** People who may be there for a case: they signed, their agency takes part in it, and they declared no conflict. */
export async function admitted(
  tx: Tx,
  item: kept.AgendaItem,
  signatures: readonly kept.Signature[],
): Promise<kept.Signature[]> {
  const inCase = await agenciesIn(tx, item.caseId);
  const out = new Set(
    (await kept.conflictsOf(tx, item.meetingId)).filter((c) => c.itemId === item.id).map((c) => c.userId),
  );
  return signatures.filter((s) => inCase.includes(s.orgId) && !out.has(s.userId));
}
