import { minuteWords } from '@concordat/contracts';
import { taggedPdf, type PdfWriter } from '@concordat/platform';
import type { MinutesRead } from './minutes.service';

export const UPRIGHT = 515;

type Item = MinutesRead['items'][number];

/** What people, organisations and cases of minutes are called, as far as whoever reads them may know. */
export interface PaperNames {
  organisation(id: string): string;
  staff(id: string | null): string;
  /** The reference of a case. */
  case(id: string): string;
  person(caseId: string, id: string): string;
}

const civil = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
export const spoken = new Intl.DateTimeFormat('en-GB', {
  ...{ day: 'numeric', month: 'long', year: 'numeric' },
  ...{ hour: 'numeric', minute: '2-digit', timeZone: 'Europe/London' },
});
export const dayOf = (day: string): string => civil.format(new Date(`${day}T00:00:00Z`));

/** Lines of a case in minutes, as they stand on paper: what is empty is left out. Pure. */
export function linesOf(item: Item, minutes: MinutesRead, names: PaperNames): (readonly [string, string])[] {
  const found = minutes.decisions.find(({ code }) => code === item.decision);
  const member = ({ userId, orgId }: { userId: string; orgId: string }): string =>
    `${names.staff(userId)}, ${names.organisation(orgId)}`;
  const away = minutes.conflicts.filter(({ itemId }) => itemId === item.id).map(({ userId }) => names.staff(userId));
  const lines: (readonly [string, string])[] = [
    [
      'There',
      item.presence
        .filter(({ present }) => present)
        .map(member)
        .join('; '),
    ],
    ['Observing', item.observed.map(member).join('; ')],
    ['Conflict of interest', away.join('; ')],
    ...(['harm', 'contributory', 'protective'] as const).map((part) => [minuteWords.part[part], item[part]] as const),
    ...(minutes.homeAgency && item.homeOrg
      ? [[minutes.homeAgency.title, names.organisation(item.homeOrg)] as const]
      : []),
    ...item.ballots.map((ballot) => ['Put to the vote', votedOn(ballot, minutes, names)] as const),
    ['Decision', found?.title ?? ''],
    ['How it was decided', item.decidedHow ? minuteWords.decided[item.decidedHow] : ''],
    ['Why', item.rationale],
    [found?.record?.title ?? 'On record', item.recorded],
    ['Looked at again, not before', item.againFrom ? dayOf(item.againFrom) : ''],
    ['Consent', item.consentBy ? minuteWords.consented[item.consentBy] : ''],
    ...item.research.map(({ orgId, answer, words }) => {
      const answered = minuteWords.answer[answer];
      return [names.organisation(orgId), words ? `${answered}: ${words}` : answered] as const;
    }),
  ];
  return lines.filter(([, text]) => text !== '');
}

/** What was put to the vote, in a sentence. */
export function votedOn(
  { count, outcome, votes, present, decision }: Item['ballots'][number],
  m: MinutesRead,
  n: PaperNames,
) {
  const title = m.decisions.find(({ code }) => code === decision)?.title ?? '';
  const each = votes
    .filter(({ orgId }) => present?.includes(orgId))
    .map(({ orgId, choice }) => `${n.organisation(orgId)}: ${minuteWords.vote[choice].toLowerCase()}`);
  const of = `For: ${count.for}, against: ${count.against}, abstained: ${count.abstained}, of ${count.present}`;
  return `${title}. ${outcome ? minuteWords.voteOutcome[outcome] : 'Not counted'}. ${of}. ${each.join('; ')}`;
}

/** What was put right since the minutes were issued, in sentences. Pure. */
export const amendmentLines = (item: Item, names: PaperNames): string[] =>
  item.amendments
    .filter(({ state }) => state === 'agreed')
    .map(({ part, before, reason, proposedBy, answeredBy, answeredAt }) => {
      const at = answeredAt ? spoken.format(answeredAt) : '';
      const who = `proposed by ${names.staff(proposedBy)}, agreed by ${names.staff(answeredBy)}`;
      return `${minuteWords.part[part]}, put right on ${at}: ${who}. ${reason}. It said: ${before || 'nothing'}`;
    });

/** minutesPdf writes minutes as a tagged PDF, as far as whoever asked for it may read them. `at` is when they asked. */
export const minutesPdf = (minutes: MinutesRead, names: PaperNames, at: Date): AsyncGenerator<Uint8Array> => {
  const title = `Minutes: ${minutes.forum.title}, ${dayOf(minutes.meeting.heldOn)}`;
  return taggedPdf({ title, at }, async (pdf) => {
    pdf.heading(1, title);
    writeHead(pdf, minutes, names);
    for (const [i, item] of minutes.items.entries()) await writeItem(pdf, i + 1, item, minutes, names);
  });
};

function writeHead(pdf: PdfWriter, { meeting, signatures, observers, notShown }: MinutesRead, names: PaperNames): void {
  const member = ({ userId, orgId }: { userId: string; orgId: string }): string =>
    `${names.staff(userId)}, ${names.organisation(orgId)}`;
  pdf.paragraph(`${meeting.startsAt}, ${meeting.place}. ${minuteWords.meeting[meeting.state]}.`);
  if (meeting.emergencyReason)
    pdf.paragraph(`Emergency meeting, called by ${names.staff(meeting.calledBy)}: ${meeting.emergencyReason}`);
  const signed = signatures.map(member).join('; ');
  pdf.paragraph(`The confidentiality statement was read aloud by ${names.staff(meeting.readBy)}. Signed: ${signed}.`);
  const observing = observers.map((each) => `${member(each)}: ${each.why}`).join('; ');
  if (observing) pdf.paragraph(`Observers, who signed it as well: ${observing}.`);
  if (meeting.approvedAt) pdf.paragraph(`Approved by ${names.staff(meeting.approvedBy)}.`);
  const more = notShown > 0 ? ` Cases that are not in them: ${notShown}.` : '';
  pdf.paragraph(`These minutes hold what the agency of whoever asked for them may hold.${more}`);
}

async function writeItem(pdf: PdfWriter, number: number, item: Item, minutes: MinutesRead, names: PaperNames) {
  const people = [item.subjectId, ...item.otherIds, ...item.childIds].map((id) => names.person(item.caseId, id));
  pdf.heading(2, `${number}. ${names.case(item.caseId)}: ${people.join(', ')}`);
  if (item.state === 'deferred') return pdf.paragraph(`Put off to the next meeting: ${item.deferReason ?? ''}`);
  await pdf.table([UPRIGHT * 0.3, UPRIGHT * 0.7], ['What', 'In words'], linesOf(item, minutes, names));
  for (const line of amendmentLines(item, names)) pdf.paragraph(line);
  if (item.actions.length === 0) return;
  await pdf.table(
    [UPRIGHT * 0.5, UPRIGHT * 0.2, UPRIGHT * 0.15, UPRIGHT * 0.15],
    ['Action', 'Agency', 'By', 'Where it stands'],
    item.actions.map(({ what, ownerOrg, dueOn, state }) => [
      ...[what, names.organisation(ownerOrg), dayOf(dueOn), minuteWords.action[state]],
    ]),
  );
}
