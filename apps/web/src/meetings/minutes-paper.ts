import { taggedPdf } from '@concordat/platform';
import { civilDateOf, dateTimeOf } from '../design/filters';
import type { MinutesShown } from './minuted';

const UPRIGHT = 515;

/** Lines of a case in minutes, as they stand on paper: what is empty is left out. Pure. */
export function linesOf(item: MinutesShown['items'][number]): (readonly [string, string])[] {
  const lines: (readonly [string, string])[] = [
    ...([
      ['There', item.present.join('; ')],
      ['Observing', item.observing.join('; ')],
      ['Conflict of interest', item.away.join('; ')],
    ] as const),
    ...([
      ['Possible harm', item.harm],
      ['What contributes to it', item.contributory],
    ] as const),
    ['What protects already', item.protective],
    ...(item.home ? [[item.home.title, item.home.org] as const] : []),
    ...item.voted.map((text) => ['Put to the vote', text] as const),
    ...([
      ['Decision', item.decided],
      ['How it was decided', item.how],
      ['Why', item.rationale],
    ] as const),
    ...([
      [item.onRecord.title, item.onRecord.words],
      ['Consent', item.consented],
    ] as const),
    ...item.held.map(({ org, answer, words }) => [org, words ? `${answer}: ${words}` : answer] as const),
  ];
  return lines.filter(([, text]) => text !== '');
}

/** What was put right since the minutes were issued, in sentences. Pure. */
export const amendmentLines = (item: MinutesShown['items'][number]): string[] =>
  item.amendments
    .filter(({ state }) => state === 'agreed')
    .map(
      ({ what, before, reason, by, agreedBy, answeredAt }) =>
        `${what}, put right on ${dateTimeOf(answeredAt ?? '')}: proposed by ${by}, agreed by ${agreedBy}. ${reason}. It said: ${before || 'nothing'}`,
    );

/** minutesPdf writes minutes as a tagged PDF, as far as whoever asked for it may read them. */
export const minutesPdf = (shown: MinutesShown, at: Date): AsyncGenerator<Uint8Array> => {
  const { meeting, forum, minutes, items } = shown;
  const title = `Minutes: ${forum.title}, ${civilDateOf(meeting.heldOn)}`;
  return taggedPdf({ title, at }, async (pdf) => {
    pdf.heading(1, title);
    pdf.paragraph(`${meeting.startsAt}, ${meeting.place}. ${shown.stateText}.`);
    if (meeting.emergencyReason)
      pdf.paragraph(`Emergency meeting, called by ${shown.calledBy}: ${meeting.emergencyReason}`);
    pdf.paragraph(
      `The confidentiality statement was read aloud by ${shown.readBy}. Signed: ${shown.signed.join('; ')}.`,
    );
    if (shown.observers.length > 0) pdf.paragraph(`Observers, who signed it as well: ${shown.observers.join('; ')}.`);
    if (meeting.approvedAt) pdf.paragraph(`Approved by ${shown.approvedBy}.`);
    pdf.paragraph(
      `These minutes hold what the agency of whoever asked for them may hold.${minutes.notShown > 0 ? ` Cases that are not in them: ${minutes.notShown}.` : ''}`,
    );
    for (const [i, item] of items.entries()) {
      const others = [...item.who.others, ...item.who.children];
      pdf.heading(2, `${i + 1}. ${item.who.reference}: ${[item.who.subject, ...others].join(', ')}`);
      if (item.state === 'deferred') {
        pdf.paragraph(`Put off to the next meeting: ${item.deferReason ?? ''}`);
        continue;
      }
      await pdf.table([UPRIGHT * 0.3, UPRIGHT * 0.7], ['What', 'In words'], linesOf(item));
      for (const line of amendmentLines(item)) pdf.paragraph(line);
      if (item.actions.length > 0)
        await pdf.table(
          [UPRIGHT * 0.5, UPRIGHT * 0.2, UPRIGHT * 0.15, UPRIGHT * 0.15],
          ['Action', 'Agency', 'By', 'Where it stands'],
          item.actions.map(({ what, owner, dueOn, tag }) => [what, owner, civilDateOf(dueOn), tag.text]),
        );
    }
  });
};
