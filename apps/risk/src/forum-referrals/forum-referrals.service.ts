import { demand, mayNot } from '@concordat/access';
import { civilDate } from '@concordat/clocks';
import {
  AdvocateContactChanged,
  CaseReferredToForum,
  Invalid,
  newId,
  RuleBroken,
  type AgencyType,
} from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import type { ForumStage } from '@concordat/packs';
import { valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { mayAssess, partIn } from '../case-part';
import { peopleInCase } from '../case-people.repository';
import { flagState } from '../flag';
import { flagsInCase } from '../flags.repository';
import { isChair, leadIn, leads, repeatPracticeOf, type Forum } from '../forum';
import { ForumKinds } from '../forum-kinds';
import { stagesOf, stagesToBegin, stagesToEnd } from '../forum-stage';
import { judged, type ForumReferral, type ReferralSaid } from '../forum-referral';
import { askAdvocate } from '../advocate-contacts.repository';
import { agenciesIn, allForums, forumById } from '../forums.repository';
import { agencyTypes, typesOf } from '../organisations.repository';
import { wrongReferrer } from '../panel';
import { leaves, mergesInto, referralSteps } from '../referral-standing';
import { listWaiting } from '../waiting.repository';
import { ReferToForumDto } from './forum-referrals.dto';
import {
  earlierOf,
  insertCharacteristics,
  insertReferral,
  referralsOf,
  type ReferralOfCase,
} from './forum-referrals.repository';

/** Cases are referred to forums: by criteria with their evidence, and put on the agenda of the next meeting. */
@Injectable()
export class ForumReferralsService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly kinds: ForumKinds,
  ) {}

  list(call: Call, caseId: string) {
    const objects = [{ t: 'case' as const, id: caseId }];
    return this.unit.read({ action: 'forum-referral.list', call, objects }, async (tx) => {
      const part = await partIn(tx, caseId);
      demand(tx.actor, 'forum-referral.list');
      const [items, people, forums, agencies] = [
        await referralsOf(tx, caseId),
        await peopleInCase(tx, caseId),
        await allForums(tx),
        await agenciesIn(tx, caseId),
      ];
      const [today, types] = [civilDate(tx.now), await agencyTypes(tx)];
      const flags = part.byGlass ? [] : await flagsInCase(tx, caseId, tx.actor.orgId ?? '', today);
      tx.about({
        subjects: [...items, ...flags].map((each) => each.subjectId),
        objects: [
          ...items.map(({ id }) => ({ t: 'forum-referral' as const, id })),
          ...flags.map(({ id, version }) => ({ t: 'forum-flag' as const, id, ver: String(version) })),
        ],
      });
      return {
        items: items.map((item) => ({
          ...item,
          may: part.byGlass ? [] : stepsFor(tx, item, items, forums, mayAssess(part)),
          /** Referrals about the same matter into which it may be merged. */
          into: stayingFor(item, items),
          ...this.stages(tx, item, forums, part.byGlass),
          emergency: !part.byGlass && this.mayCall(tx, item, forums),
          transfer: !part.byGlass && mayTransfer(tx, item, forums),
        })),
        people,
        forums: forums.map((forum) => ({
          ...{ id: forum.id, title: forum.title, kind: forum.kind, document: this.kinds.of(forum.kind, tx.now) },
          characteristics: this.asked(forum, civilDate(tx.now)),
          members: forum.members.map(({ orgId }) => ({ orgId, inCase: agencies.includes(orgId) })),
          leadInCase: leadIn(forum, agencies),
          ...this.referring(tx, forum, types),
          /** Who speaks with the person harmed before the meeting. */
          advocate: forum.advocateOrg
            ? { orgId: forum.advocateOrg, inCase: agencies.includes(forum.advocateOrg) }
            : null,
        })),
        /** Of the caller's agency: until its last day, further abuse between the same people is a repeat. */
        flags: flags.map((flag) => ({ ...flag, state: flagState(flag, today) })),
        grounds: this.kinds.packs.consentGrounds().map(({ code, title }) => ({ code, title })),
        may: { refer: !part.byGlass && mayAssess(part) && mayNot(tx.actor, 'forum-referral.make') === null },
      };
    });
  }

  async refer(call: Call, caseId: string) {
    const act = { action: 'forum-referral.make', call, objects: [{ t: 'case' as const, id: caseId }] } as const;
    const done = await this.unit.run(act, async (tx) => {
      const part = await partIn(tx, caseId);
      demand(tx.actor, 'forum-referral.make', {
        orgs: mayAssess(part) ? [tx.actor.orgId ?? ''] : [],
        level: part.level,
      });
      const dto = valid(ReferToForumDto, call.body);
      const forum = await forumById(tx, dto.forumId);
      const kind = this.kinds.of(forum.kind, tx.now);
      const said = saidBy(dto);
      const repeat = judged(
        ...([said, kind, repeatPracticeOf(forum, kind), await earlierOf(tx, forum.id, said.subjectId)] as const),
        ...([await peopleInCase(tx, caseId), this.kinds.packs.consentGrounds().map((g) => g.code)] as const),
        civilDate(tx.now),
        wrongReferrer(kind, tx.actor.orgId ?? '', said.homeOrg, await typesOf(tx)),
      );
      const characteristics = dto.characteristics ?? [];
      demandAsked(characteristics, this.asked(forum, civilDate(tx.now)));
      if (!leadIn(forum, await agenciesIn(tx, caseId)))
        throw new RuleBroken(
          'forum.lead-not-in-case',
          'The agencies that chair and coordinate this forum must take part in the case first',
        );
      const referral: ForumReferral = {
        ...{ ...said, id: newId(), forumId: forum.id, caseId, repeat },
        ...{ orgId: tx.actor.orgId ?? '', byId: tx.actor.id, at: tx.now },
      };
      const stream = await tx.lock(caseId);
      await insertReferral(tx, referral, { pack: this.kinds.packs.version, forumVersion: forum.version });
      await insertCharacteristics(tx, referral.id, characteristics);
      if (forum.advocateOrg) stream.publish(AdvocateContactChanged, await askAdvocate(tx, referral, forum.advocateOrg));
      const listed = await listWaiting(tx, forum.id, kind);
      stream.publish(CaseReferredToForum, {
        ...{ caseId, referralId: referral.id, forumId: forum.id, kind: forum.kind, orgId: referral.orgId },
        ...(repeat?.repeat ? { repeatOf: repeat.of } : {}),
      });
      this.about(tx, referral, forum, kind.version);
      return { id: referral.id, version: 1, repeat: repeat?.repeat ?? false, listed: listed > 0 };
    });
    return { ...done.value, receipt: done.receipt };
  }

  /** The stages that a referral has gone through, and those that the caller may put on record as begun or ended. */
  private stages(tx: Tx, { forumId, standing, stages }: ReferralOfCase, forums: readonly Forum[], byGlass: boolean) {
    const forum = forums.find(({ id }) => id === forumId);
    if (!forum)
      return {
        stages: stages.map((s) => ({ ...s, title: s.stage, endedOn: null, until: null, force: null })),
        ...{ begin: [], end: [] },
      };
    const kind = this.kinds.of(forum.kind, tx.now);
    const entitled = mayNot(tx.actor, 'forum-referral.begin-stage') === null;
    const may = !byGlass && standing === 'submitted' && leads(forum, tx.actor.id) && entitled;
    const coded = (some: readonly ForumStage[]) => (may ? some.map(({ code, title }) => ({ code, title })) : []);
    return {
      stages: stagesOf(kind, stages),
      ...{ begin: coded(stagesToBegin(kind, stages)), end: coded(stagesToEnd(kind, stages)) },
    };
  }

  /** Whether the caller may call a meeting out of the forum's rhythm for a referral. */
  private mayCall(tx: Tx, item: ReferralOfCase, forums: readonly Forum[]): boolean {
    const forum = forums.find(({ id }) => id === item.forumId);
    if (!forum || !leads(forum, tx.actor.id) || mayNot(tx.actor, 'meeting.call-emergency') !== null) return false;
    return (
      item.standing === 'submitted' &&
      item.state !== 'heard' &&
      this.kinds.of(forum.kind, tx.now).emergency !== undefined
    );
  }

  /** Whether the caller's agency may refer to a forum, and which can be the one for the area where the person lives. */
  private referring(tx: Tx, { kind }: Forum, types: ReadonlyMap<string, AgencyType>) {
    const { referredBy, homeAgency } = this.kinds.of(kind, tx.now);
    const own = types.get(tx.actor.orgId ?? '');
    return {
      mayRefer: !referredBy || (own !== undefined && referredBy.agencies.includes(own)),
      homes: homeAgency ? [...types].filter(([, type]) => type === homeAgency.agency).map(([orgId]) => orgId) : [],
    };
  }

  /** What the return of a forum asks about each case; nothing where the pack says nothing of a return. */
  private asked(forum: Forum, day: string) {
    return this.kinds.packs.forumStatistics(forum.kind, day)?.groups ?? [];
  }

  private about(tx: Tx, referral: ForumReferral, forum: Forum, kindVersion: number): void {
    tx.about({
      subjects: [referral.subjectId, ...referral.otherIds, ...referral.childIds],
      objects: [
        { t: 'forum-referral', id: referral.id },
        { t: 'forum', id: forum.id, ver: String(forum.version) },
      ],
      rule: `${forum.kind}@${kindVersion}`,
      reasons: [
        ...referral.criteria.map(({ code }) => code),
        ...(referral.repeat?.repeat ? ['repeat'] : []),
        ...referral.diverts.filter(({ applies }) => applies).map(({ code }) => `divert.${code}`),
      ],
      decision: referral.repeat === null ? 'referred' : referral.repeat.repeat ? 'repeat' : referral.repeat.reason,
    });
  }
}

/** Referrals of a case into which one of them may be merged, by their ids. */
const stayingFor = (item: ReferralOfCase, all: readonly ReferralOfCase[]): string[] =>
  all.filter((other) => mergesInto(item, { ...other, heard: other.state === 'heard' })).map(({ id }) => id);

/** What the caller may do about a referral where it stands. */
function stepsFor(
  tx: Tx,
  item: ReferralOfCase,
  all: readonly ReferralOfCase[],
  forums: readonly Forum[],
  takesPart: boolean,
) {
  const forum = forums.find(({ id }) => id === item.forumId);
  if (!forum || mayNot(tx.actor, 'forum-referral.screen') !== null) return [];
  const steps = referralSteps(item.standing, {
    ...{ lead: leads(forum, tx.actor.id), chair: isChair(forum, tx.actor.id) },
    referrer: item.orgId === tx.actor.orgId && takesPart,
    refuser: item.steps.findLast(({ step }) => step === 'not-accept')?.byId === tx.actor.id,
  });
  // What is discussed, or was, is neither returned nor withdrawn.
  const discussed = item.state === 'open' || item.state === 'heard';
  const merges = stayingFor(item, all).length > 0;
  return steps.filter(
    (step) =>
      (!discussed || !leaves(item.standing, step)) &&
      (step !== 'merge' || merges) &&
      (step !== 'withdraw' || !item.standsForOthers),
  );
}

/** Whether the caller may transfer a case that was referred to a forum which they lead, to another of its kind. */
function mayTransfer(tx: Tx, { forumId, standing }: ReferralOfCase, forums: readonly Forum[]): boolean {
  const forum = forums.find(({ id }) => id === forumId);
  if (!forum || !leads(forum, tx.actor.id) || mayNot(tx.actor, 'forum-transfer.send') !== null) return false;
  return standing === 'submitted' && forums.some((other) => other.id !== forumId && other.kind === forum.kind);
}

/** Throws Invalid unless each is asked about, once. */
function demandAsked(given: readonly { code: string }[], asked: readonly { code: string }[]): void {
  const codes = given.map(({ code }) => code);
  if (new Set(codes).size === codes.length && codes.every((code) => asked.some((each) => each.code === code))) return;
  throw new Invalid([
    { field: 'characteristics', code: 'characteristic.unknown', message: 'Answer what this forum asks, each once' },
  ]);
}

const saidBy = (dto: ReferToForumDto): ReferralSaid => ({
  homeOrg: dto.homeOrg ?? null,
  ...{ subjectId: dto.subjectId, otherIds: dto.otherIds, childIds: dto.childIds ?? [], incident: dto.incident ?? null },
  criteria: (dto.criteria ?? []).map(({ code, evidence = '' }) => ({ code, evidence })),
  diverts: (dto.diverts ?? []).map(({ code, applies, reason = '' }) => ({ code, applies, reason: reason.trim() })),
  consent: {
    // What is not said of consent is taken as not asked for, which then has to be given a reason.
    ...{ answer: dto.consent?.answer ?? 'not-asked', ground: dto.consent?.ground ?? null },
    reason: dto.consent?.reason ?? null,
  },
});
