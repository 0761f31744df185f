import { civilDate } from '@concordat/clocks';
import {
  CaseHeard,
  Forbidden,
  agendaItemChannel,
  IllegalTransition,
  Invalid,
  RuleBroken,
  type Action,
  type AgendaItemState,
} from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { expectVersion, News, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { flagUntil } from '../flag';
import { requestFlags } from '../flags.repository';
import { repeatPracticeOf, type Forum } from '../forum';
import { ForumKinds } from '../forum-kinds';
import { agenciesIn, forumById } from '../forums.repository';
import { demandLead } from '../leading';
import { mayOpenCase, type MeetingCommand } from '../meeting';
import * as kept from '../meetings.repository';
import { keepPresence, presenceIn } from '../presence.repository';
import { listWaiting } from '../waiting.repository';
import { DeferItemDto, HearItemDto, KeepPresenceDto } from './agenda-items.dto';
import { changeItem, markReferral } from './written.repository';

interface Opened {
  readonly item: kept.AgendaItem;
  readonly forum: Forum;
  readonly signatures: readonly kept.Signature[];
}

/** A case in session: opened, noted, heard, or put off. Whoever chairs or coordinates does this, having signed. */
@Injectable()
export class SessionService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly kinds: ForumKinds,
    private readonly news: News,
  ) {}

  /** Puts a case off to the next meeting, which it waits for until one is planned. */
  defer(call: Call, id: string) {
    return this.change(call, id, 'agenda-item.defer', 'defer', async (tx, { item, forum }) => {
      const { reason } = valid(DeferItemDto, call.body);
      mustBe(item, ['listed', 'open']);
      const version = await changeItem(tx, item, { state: 'deferred', deferReason: reason.trim() });
      await markReferral(tx, item.referralId, true, null);
      await listWaiting(tx, forum.id, this.kinds.of(forum.kind, tx.now));
      return version;
    });
  }

  /** Opens a case: from now on it is discussed. Who signed, takes part in it and has no conflict is taken to be there. */
  open(call: Call, id: string) {
    return this.change(call, id, 'agenda-item.open', 'open-case', async (tx, { item, forum, signatures }) => {
      const others = await kept.itemsOf(tx, item.meetingId);
      const { quorum } = await kept.meetingById(tx, item.meetingId);
      mayOpenCase({
        ...{ orgsSigned: new Set(signatures.map((s) => s.orgId)).size, quorum: quorum ?? forum.quorum },
        signed: signatures.some((s) => s.userId === tx.actor.id),
        otherOpen: others.some((each) => each.id !== id && each.state === 'open'),
      });
      mustBe(item, ['listed']);
      const version = await changeItem(tx, item, { state: 'open', openedAt: tx.now });
      for (const { userId, orgId } of await this.admitted(tx, item, signatures))
        await keepPresence(tx, id, { userId, orgId, present: true });
      return version;
    });
  }

  presence(call: Call, id: string) {
    return this.unitFor(call, id, 'agenda-item.keep-presence', 'keep-presence', async (tx, { item, signatures }) => {
      const { userId, present } = valid(KeepPresenceDto, call.body);
      mustBe(item, ['open', 'heard']);
      const who = (await this.admitted(tx, item, signatures)).find((s) => s.userId === userId);
      if (!who)
        throw new RuleBroken(
          'presence.not-admitted',
          'They have not signed, have no part in this case, or have declared a conflict',
        );
      await keepPresence(tx, id, { userId, orgId: who.orgId, present });
      return item.version;
    });
  }

  /** Records what was decided and why; with that the case has been heard. */
  hear(call: Call, id: string) {
    return this.change(call, id, 'agenda-item.hear', 'hear', async (tx, { item, forum }) => {
      const { decision, rationale } = valid(HearItemDto, call.body);
      const kind = this.kinds.of(forum.kind, tx.now);
      const found = kind.decisions.find((each) => each.code === decision);
      if (!found)
        throw new Invalid([{ field: 'decision', code: 'decision.unknown', message: 'Choose what was decided' }]);
      mustBe(item, ['open']);
      if (!(await presenceIn(tx, id)).some((p) => p.present))
        throw new RuleBroken('presence.nobody', 'Nobody is marked as present for this case');
      const stream = await tx.lock(item.caseId);
      const version = await changeItem(tx, item, {
        state: 'heard',
        heardAt: tx.now,
        decision,
        rationale: rationale.trim(),
      });
      await markReferral(tx, item.referralId, found.again, civilDate(tx.now));
      if (found.again) await listWaiting(tx, forum.id, kind);
      await this.flag(tx, item, forum);
      stream.publish(CaseHeard, {
        ...{ caseId: item.caseId, referralId: item.referralId, meetingId: item.meetingId, forumId: forum.id },
        heardAt: tx.now.toISOString(),
      });
      tx.about({ decision, rule: `${forum.kind}@${kind.version}` });
      return version;
    });
  }

  /** Asks every member that takes part in the case to flag its file, where the kind of forum knows a repeat. */
  private async flag(tx: Tx, item: kept.AgendaItem, forum: Forum): Promise<void> {
    const practice = repeatPracticeOf(forum, this.kinds.of(forum.kind, tx.now));
    if (!practice) return;
    const inCase = await agenciesIn(tx, item.caseId);
    const orgs = forum.members.map(({ orgId }) => orgId).filter((org) => inCase.includes(org));
    const anchor = civilDate(practice.anchor === 'last-referral' ? item.referredAt : tx.now);
    await requestFlags(tx, item, orgs, anchor, flagUntil(anchor, practice.months));
    tx.about({ recipients: orgs.map((org) => ({ org, role: 'flags' })) });
  }

  /** People who may be there for a case: they signed, their agency takes part in it, and they declared no conflict. */
  private async admitted(
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

  /** As `unitFor`, from the version that whoever changes it saw. */
  private change(
    call: Call,
    id: string,
    action: Action,
    command: MeetingCommand,
    fn: (tx: Tx, opened: Opened) => Promise<number>,
  ) {
    return this.unitFor(call, id, action, command, fn, true);
  }

  private async unitFor(
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
      if (command !== 'defer' && command !== 'open-case' && !signatures.some((s) => s.userId === tx.actor.id))
        throw new Forbidden('meeting.not-signed', 'Sign the confidentiality statement before you see a case', [
          'meeting.not-signed',
        ]);
      const version = await fn(tx, { item, forum, signatures });
      kept.aboutItem(tx, { ...item, version });
      return { id, version };
    });
    this.news.changed(agendaItemChannel(id), { at: new Date(), what: 'case' });
    return { ...done.value, receipt: done.receipt };
  }
}

/** Throws IllegalTransition unless a case stands where something may be done to it. */
function mustBe({ state }: kept.AgendaItem, states: readonly AgendaItemState[]): void {
  if (!states.includes(state)) throw new IllegalTransition('agenda-item.not-open', `This case is ${state}`, state);
}
