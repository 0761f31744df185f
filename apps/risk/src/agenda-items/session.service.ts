import { civilDate } from '@concordat/clocks';
import { CaseHeard, Invalid, RuleBroken } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import { valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { Ages } from '../ages';
import { mustBe } from '../agenda-item-state';
import { lockedBallots } from '../ballots.repository';
import { flagUntil } from '../flag';
import { requestFlags } from '../flags.repository';
import { repeatPracticeOf, type Forum } from '../forum';
import { ForumKinds } from '../forum-kinds';
import { agenciesIn } from '../forums.repository';
import { mayOpenCase } from '../meeting';
import * as kept from '../meetings.repository';
import { againAfter, demandHome, wrongConsent, wrongRecord } from '../panel';
import { keepPresence, presenceIn } from '../presence.repository';
import { endResearchCalls } from '../research-calls.repository';
import { listWaiting } from '../waiting.repository';
import { demandChair } from '../leading';
import { admitObserver, observersOf } from '../observers.repository';
import { AdmitObserverDto, DeferItemDto, HearItemDto, KeepPresenceDto } from './agenda-items.dto';
import { closeBefore, decideByVote } from './counting';
import { admitted, InSession } from './in-session';
import { changeItem, markReferral } from './written.repository';

/** A case in session: opened, noted, heard, or put off. Whoever chairs or coordinates does this, having signed. */
@Injectable()
export class SessionService {
  constructor(
    private readonly session: InSession,
    private readonly kinds: ForumKinds,
    private readonly ages: Ages,
  ) {}

  /** Puts a case off to the next meeting, which it waits for until one is planned. */
  defer(call: Call, id: string) {
    return this.session.change(call, id, 'agenda-item.defer', 'defer', async (tx, { item, forum }) => {
      const { reason } = valid(DeferItemDto, call.body);
      mustBe(item, 'defer');
      const version = await changeItem(tx, item, { state: 'deferred', deferReason: reason.trim() });
      const kind = this.kinds.of(forum.kind, tx.now);
      if (item.state === 'open') await closeBefore(tx, await lockedBallots(tx, id), kind, []);
      await markReferral(tx, item.referralId, { waits: true });
      await listWaiting(tx, forum.id, kind);
      await endResearchCalls(tx, forum, { meetingId: item.meetingId, itemId: id });
      return version;
    });
  }

  /** Opens a case: from now on it is discussed. Who signed, takes part in it and has no conflict is taken to be there. */
  open(call: Call, id: string) {
    return this.session.change(call, id, 'agenda-item.open', 'open-case', async (tx, { item, forum, signatures }) => {
      const others = await kept.itemsOf(tx, item.meetingId);
      const { quorum } = await kept.meetingById(tx, item.meetingId);
      mayOpenCase({
        ...{ orgsSigned: new Set(signatures.map((s) => s.orgId)).size, quorum: quorum ?? forum.quorum },
        signed: signatures.some((s) => s.userId === tx.actor.id),
        otherOpen: others.some((each) => each.id !== id && each.state === 'open'),
      });
      mustBe(item, 'open-case');
      const there = await admitted(tx, item, signatures);
      demandHome(
        this.kinds.of(forum.kind, tx.now),
        item.homeOrg,
        there.map((s) => s.orgId),
      );
      const version = await changeItem(tx, item, { state: 'open', openedAt: tx.now });
      for (const { userId, orgId } of there) await keepPresence(tx, id, { userId, orgId, present: true });
      return version;
    });
  }

  presence(call: Call, id: string) {
    const action = 'agenda-item.keep-presence';
    return this.session.does(call, id, action, 'keep-presence', async (tx, { item, signatures }) => {
      const { userId, present } = valid(KeepPresenceDto, call.body);
      mustBe(item, 'keep-presence');
      const who = (await admitted(tx, item, signatures)).find((s) => s.userId === userId);
      if (!who)
        throw new RuleBroken(
          'presence.not-admitted',
          'They have not signed, have no part in this case, or have declared a conflict',
        );
      await keepPresence(tx, id, { userId, orgId: who.orgId, present });
      return item.version;
    });
  }

  /** A chair lets somebody who observes, and has signed, into the room while a case is discussed. On a screen they see nothing of it. */
  admitObserver(call: Call, id: string) {
    const action = 'agenda-item.admit-observer';
    return this.session.does(call, id, action, 'admit-observer', async (tx, { item, forum }) => {
      demandChair(tx, action, forum);
      const { userId, present } = valid(AdmitObserverDto, call.body);
      mustBe(item, 'admit-observer');
      const who = (await observersOf(tx, item.meetingId)).find((each) => each.userId === userId);
      if (!who?.signedAt)
        throw new RuleBroken('observer.not-signed', 'They do not observe this meeting, or have not signed');
      await admitObserver(tx, id, { userId, orgId: who.orgId, present });
      tx.about({ decision: present ? 'admitted' : 'left', recipients: [{ org: who.orgId, role: 'observer' }] });
      return item.version;
    });
  }

  /** Records what was decided and why; with that the case has been heard. */
  hear(call: Call, id: string) {
    return this.session.change(call, id, 'agenda-item.hear', 'hear', async (tx, { item, forum }) => {
      const { decision, rationale, recorded = '', consentBy = null, againFrom = null } = valid(HearItemDto, call.body);
      const kind = this.kinds.of(forum.kind, tx.now);
      const found = kind.decisions.find((each) => each.code === decision);
      if (!found)
        throw new Invalid([{ field: 'decision', code: 'decision.unknown', message: 'Choose what was decided' }]);
      const said = { recorded: recorded.trim(), consentBy };
      const today = civilDate(tx.now);
      const problems = wrongRecord(found, { ...said, againFrom }, today);
      if (found.needsConsent && consentBy)
        problems.push(...wrongConsent(consentBy, await this.ages.isMinor(tx, item.caseId, item.subjectId)));
      if (problems.length > 0) throw new Invalid(problems);
      mustBe(item, 'hear');
      const there = (await presenceIn(tx, id)).filter((p) => p.present).map((p) => p.orgId);
      if (there.length === 0) throw new RuleBroken('presence.nobody', 'Nobody is marked as present for this case');
      demandHome(kind, item.homeOrg, there);
      const decidedHow = await decideByVote(tx, item, { kind, forum, decision, present: there });
      const until = againAfter(found, againFrom, today);
      const stream = await tx.lock(item.caseId);
      const version = await changeItem(tx, item, {
        ...{ state: 'heard', heardAt: tx.now, decision, rationale: rationale.trim() },
        ...{ ...said, decidedHow, againFrom: until },
      });
      await markReferral(tx, item.referralId, { waits: found.again, heardOn: today, until });
      if (found.again) await listWaiting(tx, forum.id, kind);
      await this.flag(tx, item, forum);
      await endResearchCalls(tx, forum, { meetingId: item.meetingId, itemId: id });
      stream.publish(CaseHeard, {
        ...{ caseId: item.caseId, referralId: item.referralId, meetingId: item.meetingId, forumId: forum.id },
        ...{ heardAt: tx.now.toISOString(), ...(decidedHow ? { decidedHow } : {}) },
      });
      tx.about({ decision, rule: `${forum.kind}@${kind.version}`, reasons: decidedHow ? [decidedHow] : [] });
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
}
