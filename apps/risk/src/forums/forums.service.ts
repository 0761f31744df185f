import { demand, mayNot } from '@concordat/access';
import { civilDate } from '@concordat/clocks';
import { Invalid, newId } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { expectVersion, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { leads, wrongSettings, type Forum, type ForumSettings } from '../forum';
import { wrongBandings } from '../forum-banding';
import { ForumKinds } from '../forum-kinds';
import { allForums, forumById, keepForum, staffOf, versionsOf } from '../forums.repository';
import { typesOf } from '../organisations.repository';
import { wrongSeats } from '../panel';
import { ForumSettingsDto, SetUpForumDto } from './forums.dto';

/** Forums: their kind is the pack's, and what differs by place is set here. They say nothing of anybody who is discussed. */
@Injectable()
export class ForumsService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly kinds: ForumKinds,
  ) {}

  list(call: Call) {
    return this.unit.read({ action: 'forum.list', call }, async (tx) => {
      demand(tx.actor, 'forum.list');
      const forums = await allForums(tx);
      tx.about({ objects: forums.map(({ id, version }) => ({ t: 'forum', id, ver: String(version) })) });
      return {
        items: forums.map((forum) => this.told(tx, forum)),
        /** Of the pack: what kinds of forums can be set up, and areas whose population is known. */
        kinds: this.kinds.all(tx.now),
        areas: this.kinds.packs.areas().map(({ code, title }) => ({ code, title })),
        may: { setUp: mayNot(tx.actor, 'forum.set-up') === null },
      };
    });
  }

  view(call: Call, id: string) {
    return this.unit.read({ action: 'forum.list', call, objects: [{ t: 'forum', id }] }, async (tx) => {
      const forum = await forumById(tx, id);
      demand(tx.actor, 'forum.list');
      return {
        ...this.told(tx, forum),
        document: this.kinds.of(forum.kind, tx.now),
        /** Instruments whose thresholds may be set for it, with those that the pack has. */
        banded: this.kinds.banded(forum.kind, tx.now),
        /** Whether the pack says what the return of such a forum counts. */
        counted: this.kinds.packs.forumStatistics(forum.kind, civilDate(tx.now)) !== undefined,
        versions: await versionsOf(tx, id),
      };
    });
  }

  async setUp(call: Call) {
    const done = await this.unit.run({ action: 'forum.set-up', call }, async (tx) => {
      demand(tx.actor, 'forum.set-up');
      const { kind, ...dto } = valid(SetUpForumDto, call.body);
      const forum = { ...settingsOf(dto), id: newId(), version: 1, kind, leadOrg: tx.actor.orgId ?? '' };
      await this.keep(tx, forum);
      return { id: forum.id, version: forum.version };
    });
    return { ...done.value, receipt: done.receipt };
  }

  /** Meetings that were planned before keep the version that they were planned by. Who is named counts from now on. */
  async change(call: Call, id: string) {
    const done = await this.unit.run({ action: 'forum.change', call, objects: [{ t: 'forum', id }] }, async (tx) => {
      const forum = await forumById(tx, id);
      expectVersion(call, 'forum', forum.version);
      demand(tx.actor, 'forum.change', { orgs: [forum.leadOrg] });
      const next = { ...forum, ...settingsOf(valid(ForumSettingsDto, call.body)), version: forum.version + 1 };
      await this.keep(tx, next);
      return { id, version: next.version };
    });
    return { ...done.value, receipt: done.receipt };
  }

  private async keep(tx: Tx, forum: Forum): Promise<void> {
    const kind = this.kinds.of(forum.kind, tx.now);
    const areas = this.kinds.packs.areas().map(({ code }) => code);
    const day = civilDate(tx.now);
    const found = [
      ...wrongSettings(forum, kind, areas),
      ...wrongSeats(forum, kind, await typesOf(tx)),
      ...wrongBandings(forum.bandings ?? [], (code) => this.kinds.packs.instrument(code, day), day),
    ];
    const problems = found.map((wrong) => ({ ...wrong, code: 'forum.setting' }));
    for (const { orgId, people } of forum.members)
      if ((await staffOf(tx, orgId, people)).length < people.length)
        problems.push({
          field: 'members',
          code: 'staff.unknown',
          message: 'Name people under the agency that they work for',
        });
    if (problems.length > 0) throw new Invalid(problems);
    await keepForum(tx, forum);
    tx.about({
      objects: [{ t: 'forum', id: forum.id, ver: String(forum.version) }],
      rule: `${forum.kind}@${kind.version}`,
      recipients: forum.members.map(({ orgId }) => ({ org: orgId, role: 'member' })),
    });
  }

  private told(tx: Tx, forum: Forum) {
    const named = forum.members.some((m) => m.orgId === tx.actor.orgId && m.people.includes(tx.actor.id));
    return {
      ...forum,
      kindTitle: this.kinds.titleOf(forum.kind),
      may: {
        attend: named,
        lead: named && leads(forum, tx.actor.id),
        change: mayNot(tx.actor, 'forum.change', { orgs: [forum.leadOrg] }) === null,
      },
    };
  }
}

const settingsOf = ({ repeat, members, ...dto }: ForumSettingsDto): ForumSettings => ({
  ...dto,
  members: members ?? [],
  repeat: repeat ?? null,
});
