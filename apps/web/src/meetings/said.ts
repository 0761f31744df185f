import type { Meeting } from '../apis/meetings';
import { civilDateOf } from '../design/filters';
import { MEETING_STATES } from './words';

type Dated = Pick<Meeting, 'state' | 'cutOffOn' | 'researchBy' | 'minutesBy' | 'emergencyReason'>;

/**
 * What of a meeting is still to come by which day, in a sentence; empty once nothing is. A meeting whose day for referrals has
 * passed takes no more, although nobody has closed them yet. Pure.
 */
export function dueWords(meeting: Dated, today: string): string {
  const research = `research is due by ${civilDateOf(meeting.researchBy)}`;
  const minutes = meeting.minutesBy ? `minutes are due by ${civilDateOf(meeting.minutesBy)}` : '';
  const over = meeting.cutOffOn < today;
  const cutOff = over
    ? `Referrals closed on ${civilDateOf(meeting.cutOffOn)}: a case that is referred now waits for the next meeting`
    : `Referrals close on ${civilDateOf(meeting.cutOffOn)}`;
  const first = meeting.state === 'planned' && !meeting.emergencyReason ? cutOff : '';
  if (['planned', 'referrals-closed', 'agenda-issued'].includes(meeting.state))
    return sentences(over ? [first] : [], [...(over || !first ? [] : [first]), research, minutes]);
  return ['in-session', 'minutes-draft'].includes(meeting.state) ? sentences([], [minutes]) : '';
}

function sentences(whole: readonly string[], parts: readonly string[]): string {
  const rest = parts.filter(Boolean).join(', ');
  return [...whole, rest && rest[0]!.toUpperCase() + rest.slice(1)]
    .filter(Boolean)
    .map((each) => `${each}.`)
    .join(' ');
}

/** Where a meeting stands, in words. One that is planned and takes no referrals any more is not called open for them. Pure. */
export const standing = ({ state, cutOffOn }: Pick<Dated, 'state' | 'cutOffOn'>, today: string): string =>
  state === 'planned' && cutOffOn < today ? 'Planned' : MEETING_STATES[state];

/** When each of so many cases is to be heard by the time box, `09:45`, the first when the meeting begins. Pure. */
export function timesOf(cases: number, startsAt: string, minutes: number): string[] {
  const [hour = 0, minute = 0] = startsAt.split(':').map(Number);
  return Array.from({ length: cases }, (_, index) => {
    const at = hour * 60 + minute + index * minutes;
    return [Math.floor(at / 60) % 24, at % 60].map((n) => String(n).padStart(2, '0')).join(':');
  });
}

/** How long an agenda is against its time box: “16 cases, 15 minutes for each: 4 hours”. Pure. */
export function lengthOf(cases: number, minutes: number): string {
  const [hours, rest] = [Math.floor((cases * minutes) / 60), (cases * minutes) % 60];
  const said = (n: number, one: string) => (n === 0 ? '' : `${n} ${one}${n === 1 ? '' : 's'}`);
  const whole = [said(hours, 'hour'), said(rest, 'minute')].filter(Boolean).join(' ');
  return `${said(cases, 'case') || 'No case'}, ${said(minutes, 'minute')} for each${whole ? `: ${whole}` : ''}.`;
}
