import { minuteWords } from '@concordat/contracts';
import { taggedPdf } from '@concordat/platform';
import type { DecisionRecord } from '../decision-record';
import { amendmentLines, dayOf, spoken, UPRIGHT, votedOn, type PaperNames } from './minutes-pdf';
import type { MinutesRead } from './minutes.service';

/** Minutes of one case with the record of its decision, as far as whoever reads it may. */
export type DecisionRead = MinutesRead & {
  readonly item: MinutesRead['items'][number];
  readonly record: DecisionRecord;
};

/** Lines of the record of a decision, as they stand on paper: what is empty is left out. Pure. */
export function decisionLines(read: DecisionRead, names: PaperNames): (readonly [string, string])[] {
  const { item, record } = read;
  const { quorum, voting } = record;
  const orgs = (ids: readonly string[]): string => ids.map((id) => names.organisation(id)).join('; ');
  const away = read.conflicts.filter(({ itemId }) => itemId === item.id).map(({ userId }) => names.staff(userId));
  const home = quorum.home?.orgId ? names.organisation(quorum.home.orgId) : 'not said';
  const lines: (readonly [string, string])[] = [
    ['Referred by', `${names.organisation(item.referredBy)}, ${spoken.format(item.referredAt)}`],
    ...record.grounds.map(({ title, evidence }) => [title, evidence] as const),
    [
      'Members who were there',
      record.members.map((m) => `${names.staff(m.userId)}, ${names.organisation(m.orgId)}`).join('; '),
    ],
    ['Agencies there, and needed', `${quorum.present}, and ${quorum.needed}`],
    ...(quorum.home
      ? [[quorum.home.title, `${home}: ${quorum.home.present ? 'was there' : 'was not there'}`] as const]
      : []),
    ['Conflict of interest', away.join('; ')],
    [
      'How the panel decides',
      `By more than ${voting.moreThanPercent}% of the members who are there, abstentions included${voting.otherwise === 'chair' ? '; otherwise a chair decides' : ''} (${voting.source})`,
    ],
    ...item.ballots.map((ballot) => ['Put to the vote', votedOn(ballot, read, names)] as const),
    ['Decision', record.title],
    ['How it was decided', item.decidedHow ? minuteWords.decided[item.decidedHow] : ''],
    ['The chair who decided', record.chair ? names.staff(record.chair) : ''],
    ['Voted against', orgs(record.against)],
    ['Abstained', orgs(record.abstained)],
    ['Why', item.rationale],
    [record.record ?? 'On record', item.recorded],
    ['Consent', item.consentBy ? minuteWords.consented[item.consentBy] : ''],
    [
      'Looked at again',
      item.againFrom ? `Not before ${dayOf(item.againFrom)}` : record.again ? 'At the next meeting' : 'No',
    ],
    ['Put on record', `By ${names.staff(item.changedBy)}${item.heardAt ? `, ${spoken.format(item.heardAt)}` : ''}`],
  ];
  return lines.filter(([, text]) => text !== '');
}

/** decisionPdf writes the record of one decision as a tagged PDF, as far as whoever asks may read it. `at` is when they ask. */
export const decisionPdf = (read: DecisionRead, names: PaperNames, at: Date): AsyncGenerator<Uint8Array> => {
  const { item, record, forum, meeting } = read;
  const title = `Record of a decision: ${forum.title}, ${dayOf(meeting.heldOn)}`;
  return taggedPdf({ title, at }, async (pdf) => {
    pdf.heading(1, title);
    pdf.paragraph(
      `${names.case(item.caseId)}: ${names.person(item.caseId, item.subjectId)}. ${minuteWords.meeting[meeting.state]}.`,
    );
    pdf.paragraph(record.source);
    await pdf.table([UPRIGHT * 0.3, UPRIGHT * 0.7], ['What', 'In words'], decisionLines(read, names));
    for (const line of amendmentLines(item, names)) pdf.paragraph(line);
  });
};
