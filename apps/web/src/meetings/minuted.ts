import { Injectable } from '@nestjs/common';
import { Conferences } from '../apis/conferences';
import { Directory } from '../apis/directory';
import type { Minutes } from '../apis/meetings';
import type { Visit } from '../session/visit';
import { ConferencePeople, namesIn } from './people';
import { actionShown, ANSWERS, CONSENTED, DECIDED, MEETING_STATES, MINUTED, VOTE_OUTCOMES, VOTES } from './words';

/** Minutes as the visitor may read them, with names and titles for what they hold: for the page and for paper alike. */
@Injectable()
export class ShownMinutes {
  constructor(
    private readonly conferences: Conferences,
    private readonly people: ConferencePeople,
    private readonly directory: Directory,
  ) {}

  async of(visit: Visit, id: string) {
    return this.shown(visit, await this.conferences.minutes(visit, id));
  }

  /** The record of one decision, shown as minutes are. */
  async decision(visit: Visit, id: string) {
    const { record, item, ...read } = await this.conferences.decisionRecord(visit, id);
    const names = await this.directory.names(visit, [...record.members.map((each) => each.userId), item.changedBy]);
    const { items, ...shown } = await this.shown(visit, read);
    const { voting, quorum } = record;
    const orgs = (ids: readonly string[]): string => ids.map((each) => names.organisation(each)).join('; ');
    return {
      ...{ ...shown, record, item: items[0]! },
      lines: {
        referredBy: names.organisation(item.referredBy),
        members: record.members
          .map((each) => `${names.person(each.userId)}, ${names.organisation(each.orgId)}`)
          .join('; '),
        needed: `${quorum.present}, and ${quorum.needed}`,
        home: quorum.home?.orgId
          ? `${names.organisation(quorum.home.orgId)}: ${quorum.home.present ? 'was there' : 'was not there'}`
          : '',
        rule: `By more than ${voting.moreThanPercent}% of the members who are there, abstentions included${voting.otherwise === 'chair' ? '; otherwise a chair decides' : ''} (${voting.source})`,
        chair: names.person(record.chair),
        ...{ against: orgs(record.against), abstained: orgs(record.abstained), by: names.person(item.changedBy) },
      },
    };
  }

  private async shown(visit: Visit, read: Minutes) {
    const { meeting, forum, items, signatures, conflicts, actionsLeft, ...minutes } = read;
    const [known, names] = await Promise.all([
      this.people.of(
        visit,
        items.map((item) => item.caseId),
      ),
      this.directory.names(visit, [
        ...[...signatures, ...conflicts, ...minutes.observers].map((each) => each.userId),
        ...items.flatMap((item) => item.observed.map((each) => each.userId)),
        ...[meeting.readBy, meeting.approvedBy, meeting.calledBy],
        ...items.flatMap((item) => item.amendments.flatMap((each) => [each.proposedBy, each.answeredBy])),
      ]),
    ]);
    const found = (code: string | null) => minutes.decisions.find((each) => each.code === code);
    const title = (code: string | null): string => found(code)?.title ?? '';
    const { homeAgency } = minutes;
    return {
      ...{ meeting, forum, minutes, stateText: MEETING_STATES[meeting.state] },
      ...{ readBy: names.person(meeting.readBy), approvedBy: names.person(meeting.approvedBy) },
      calledBy: names.person(meeting.calledBy),
      signed: signatures.map((s) => `${names.person(s.userId)}, ${names.organisation(s.orgId)}`),
      observers: minutes.observers.map((o) => `${names.person(o.userId)}, ${names.organisation(o.orgId)}: ${o.why}`),
      items: items.map((item) => ({
        ...{ ...item, who: namesIn(item, known.get(item.caseId)), decided: title(item.decision) },
        present: item.presence
          .filter((p) => p.present)
          .map((p) => `${names.person(p.userId)}, ${names.organisation(p.orgId)}`),
        observing: item.observed.map((o) => `${names.person(o.userId)}, ${names.organisation(o.orgId)}`),
        away: conflicts.filter((c) => c.itemId === item.id).map((c) => names.person(c.userId)),
        home: homeAgency && item.homeOrg ? { title: homeAgency.title, org: names.organisation(item.homeOrg) } : null,
        ...{ how: item.decidedHow ? DECIDED[item.decidedHow] : '' },
        consented: item.consentBy ? CONSENTED[item.consentBy] : '',
        onRecord: { title: found(item.decision)?.record?.title ?? 'On record', words: item.recorded },
        voted: item.ballots.map((ballot) => {
          const { count, outcome, votes } = ballot;
          const each = votes
            .filter(({ orgId }) => ballot.present?.includes(orgId))
            .map(({ orgId, choice }) => `${names.organisation(orgId)}: ${VOTES[choice].toLowerCase()}`);
          const of = `For: ${count.for}, against: ${count.against}, abstained: ${count.abstained}, of ${count.present}`;
          return `${title(ballot.decision)}. ${outcome ? VOTE_OUTCOMES[outcome] : 'Not counted'}. ${of}. ${each.join('; ')}`;
        }),
        held: item.research.map((r) => ({
          ...{ org: names.organisation(r.orgId), answer: ANSWERS[r.answer], words: r.words },
        })),
        actions: item.actions.map((action) => actionShown(action, names)),
        amendments: item.amendments.map((each) => ({
          ...{ ...each, what: MINUTED[each.part], by: names.person(each.proposedBy) },
          ...{ agreedBy: names.person(each.answeredBy), own: each.proposedBy === visit.person.id },
        })),
      })),
      left: actionsLeft.map((action) => actionShown(action, names)),
    };
  }
}
