import { Id, type FieldProblem } from '@concordat/platform';
import { Get, Post, Query } from '@nestjs/common';
import { Conferences } from '../../apis/conferences';
import type { ForumDocument } from '../../apis/forums';
import { Directory } from '../../apis/directory';
import { ForumTransfers } from '../../apis/forum-transfers';
import { today } from '../../design/civil-date';
import { dateParts, formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { bandingTexts } from '../forum-bandings';
import { cadenceText, changedBetween } from '../forum-form';
import { tried } from '../sent-on';
import { standing } from '../said';
import { STAGE_FORCES } from '../words';

const FLASHES: Readonly<Record<string, string>> = {
  'set-up': 'The forum is set up',
  changed: 'The settings are kept, as a version of their own',
};

/** A forum: who sits on it, how it works, and for its members the meetings that it has. Whoever leads it plans the next. */
@Page({
  at: 'forums/:id',
  folder: 'meetings/forum',
  may: 'forum.list',
  states: ['lead', 'not-a-member', 'paged', 'panel', 'error'],
})
export class ForumPage {
  constructor(
    private readonly conferences: Conferences,
    private readonly directory: Directory,
    private readonly transfers: ForumTransfers,
  ) {}

  @Get()
  show(@Visiting() visit: Visit, @Id() id: string, @Query() query: Record<string, unknown>): Promise<View> {
    const flash = typeof query['done'] === 'string' ? FLASHES[query['done']] : undefined;
    const cursor = typeof query['cursor'] === 'string' ? query['cursor'].slice(0, 300) : undefined;
    return this.page(visit, id, undefined, 200, { flash, cursor });
  }

  @Post()
  async send(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    const heldOn = sent.date('heldOn', { what: 'The day of the meeting' });
    if (!heldOn && sent.errors.length === 0) sent.wrong('heldOn-day', 'required', 'Enter the day of the meeting');
    let problems: readonly FieldProblem[] | null = sent.errors;
    if (sent.errors.length === 0) {
      let made = '';
      problems = await tried(
        async () => void (made = (await this.conferences.plan(visit, id, { heldOn }, sent.key)).id),
      );
      if (!problems) return redirect(`/meetings/${made}?done=planned`);
    }
    const fieldOf = (field: string): string => (field === 'heldOn' || field === 'form' ? 'heldOn-day' : field);
    return this.page(visit, id, formAgain(sent, problems ?? [], { fieldOf }), 422);
  }

  private async page(
    visit: Visit,
    id: string,
    form?: Form,
    status = 200,
    { flash, cursor }: Shown = {},
  ): Promise<View> {
    const forum = await this.conferences.forum(visit, id);
    const meetings = forum.may.attend ? await this.conferences.meetings(visit, id, cursor ? { cursor } : {}) : null;
    const transfers = forum.may.lead && visit.may('forum-transfer.view') ? await this.transfers.ofForum(visit, id) : [];
    const names = await this.directory.names(visit, [
      ...forum.members.flatMap((m) => m.people),
      ...forum.versions.map((each) => each.changedBy),
    ]);
    const named = (ids: readonly string[]): string => ids.map((each) => names.person(each)).join(', ');
    return show(
      {
        forum,
        meetings: meetings?.items.map((m) => ({
          ...{ ...m, stateText: standing(m, today()) },
          until: m.state === 'planned' && m.cutOffOn >= today() ? m.cutOffOn : null,
        })),
        previous: meetings?.previous && `/forums/${id}?cursor=${meetings.previous}`,
        next: meetings?.next && `/forums/${id}?cursor=${meetings.next}`,
        members: forum.members.map((m) => ({ org: names.organisation(m.orgId), people: named(m.people) })),
        ...{ chairs: named(forum.chairs), coordinators: named(forum.coordinators) },
        advocate:
          forum.advocateOrg && forum.document.advocate
            ? `${forum.document.advocate.title}: ${names.organisation(forum.advocateOrg)}`
            : null,
        thresholds: bandingTexts(forum.bandings ?? [], forum.banded),
        votes: forum.document.voting && votingText(forum.document.voting),
        definition: forum.document.repeat?.definitions.find((d) => d.code === forum.repeat?.definition) ?? null,
        stages: (forum.document.stages ?? []).map((stage) => ({ ...stage, ...stageWords(stage) })),
        transfers,
        flash: flash ? { text: flash } : null,
        cadence: cadenceText(forum.cadence),
        versions: forum.versions.map((each, i) => ({
          ...{ version: each.version, at: each.changedAt, by: names.person(each.changedBy) },
          changed: changedBetween(forum.versions[i + 1]?.settings ?? each.settings, each.settings),
        })),
        plan: meetings?.may.plan,
        form: form ?? formOf({ values: dateParts('heldOn', meetings?.suggested ?? '') }),
        back: { text: 'Back to meetings', href: '/forums' },
      },
      status,
    );
  }
}

interface Shown {
  readonly flash?: string | undefined;
  /** The page of its meetings. */
  readonly cursor?: string | undefined;
}

const UNITS = { day: 'day', 'working-day': 'working day', month: 'month' } as const;
/** How long a stage takes, and what stands behind that. */
const stageWords = ({ within, force, beside }: NonNullable<ForumDocument['stages']>[number]) => ({
  length: within
    ? `${within.value} ${UNITS[within.unit]}${within.value === 1 ? '' : 's'}`
    : beside
      ? 'Beside others, until its end is put on record'
      : 'As the forum sets for each case',
  forceText: STAGE_FORCES[force],
});

/** How a forum votes, in a sentence. */
const votingText = ({ moreThanPercent, otherwise }: NonNullable<ForumDocument['voting']>): string =>
  `By vote: more than ${moreThanPercent} in a hundred of the members who are there${otherwise === 'chair' ? ', else a chair' : ''}`;
