import { Forbidden, Id, NotFound, type FieldProblem } from '@concordat/platform';
import { Get, Post, Query } from '@nestjs/common';
import { Conferences } from '../../apis/conferences';
import type { Flag } from '../../apis/forums';
import { Directory } from '../../apis/directory';
import { formAgain, formOf, type Form } from '../../design/form';
import { nameOf } from '../../design/referral-sections';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Cases, headingOf, subNavigationOf } from '../../cases/opened';
import { Visiting, type Visit } from '../../session/visit';
import { divertsAsked } from '../diverted';
import { flaggedIn, flagsRunning } from '../flagged';
import { tried } from '../sent-on';
import { ABUSE, CHARACTERISTICS, choicesOf } from '../words';
import { bodyOf, saidOf } from './form';

/** Refers a case to a forum: first to which, then about whom, by which criteria and on what they rest. */
@Page({
  at: 'cases/:id/refer-to-forum',
  folder: 'meetings/refer',
  may: 'forum-referral.make',
  states: ['choose', 'asking', 'panel', 'diverts', 'not-possible', 'error'],
})
export class ReferToForumPage {
  constructor(
    private readonly conferences: Conferences,
    private readonly cases: Cases,
    private readonly directory: Directory,
  ) {}

  @Get()
  show(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Query('forum') forum?: string,
    @Query('flag') flag?: string,
    @Query('chosen') chosen?: string,
  ): Promise<View> {
    const problems = chosen && !forum ? [{ field: 'forum', code: 'required', message: 'Choose a forum' }] : [];
    return this.page(visit, id, forum, problems.length > 0 ? formOf({ problems }) : null, 200, flag);
  }

  @Post()
  async send(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Sent() sent: Submitted,
    @Query('forum') forumId = '',
  ): Promise<View | Redirect> {
    const { forums } = await this.conferences.referrals(visit, id);
    const forum = forums.find((each) => each.id === forumId);
    if (!forum) throw new NotFound('page');
    const body = bodyOf(forumId, forum.document.criteria, forum.characteristics, sent, forum.document.diverts);
    let problems: readonly FieldProblem[] = sent.errors;
    if (problems.length === 0) {
      let done = '';
      const wrong = await tried(async () => {
        const made = await this.conferences.refer(visit, id, body, sent.key);
        done = made.repeat ? 'repeat' : made.listed ? 'listed' : 'waiting';
      });
      if (!wrong) return redirect(`/cases/${id}/risk?done=${done}`);
      problems = wrong.map(saidOf);
    }
    return this.page(visit, id, forumId, formAgain(sent, problems), 422);
  }

  private async page(
    visit: Visit,
    id: string,
    forumId: string | undefined,
    typed: Form | null,
    status = 200,
    flagId = '',
  ): Promise<View> {
    const opened = await this.cases.open(visit, id);
    const { forums, people, grounds, flags, may } = await this.conferences.referrals(visit, id);
    if (!may.refer) throw new Forbidden('page.forbidden', 'Your agency reads this case and does not refer it');
    // Further abuse while a flag runs is a repeat: the same people are proposed.
    const running = flagsRunning(flags);
    const again = running.find((flag) => flag.id === flagId && flag.forumId === forumId);
    const form = typed ?? formOf(again ? { values: proposed(again, people) } : {});
    const { record, names: _ } = opened;
    const frame = { record, heading: headingOf(opened), navigationOfCase: subNavigationOf(id, 'risk') };
    const forum = forums.find((each) => each.id === forumId);
    const flagged = flaggedIn(running, record.people, forums);
    if (!forum)
      return show(
        { ...frame, form, flagged, forums: forums.map((f) => ({ value: f.id, text: f.title })) },
        status,
        'choose.njk',
      );
    const names = await this.directory.names(visit);
    const known = record.people
      .filter((person) => people.includes(person.id))
      .map((p) => ({ value: p.id, text: nameOf(p) }));
    return show(
      {
        ...{
          ...frame,
          form,
          forum,
          document: forum.document,
          people: known,
          grounds: grounds.map((g) => ({ value: g.code, text: g.title })),
        },
        advocate: forum.advocate && names.organisation(forum.advocate.orgId),
        absent: forum.members.filter((m) => !m.inCase).map((m) => names.organisation(m.orgId)),
        running: flagged.filter((flag) => flag.forumId === forum.id),
        diverts: divertsAsked(forum.document.diverts ?? [], forums),
        homes: forum.homes.map((orgId) => ({ value: orgId, text: names.organisation(orgId) })),
        abuse: choicesOf(ABUSE),
        answers: choicesOf(CHARACTERISTICS),
      },
      status,
    );
  }
}

/** Whom a flag is about, as the form holds them, with the repeat as its reason. What happened, and when, is left to be said. */
const proposed = (
  { subjectId, otherIds, childIds }: Pick<Flag, 'subjectId' | 'otherIds' | 'childIds'>,
  people: readonly string[],
) => {
  // A flag may be of another case, in which there were people who are not in this one.
  const here = (ids: readonly string[]): string[] => ids.filter((id) => people.includes(id));
  return { subjectId, otherIds: here(otherIds), childIds: here(childIds), criteria: ['repeat'] };
};
