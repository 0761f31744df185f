import type { ReviewKind } from '@concordat/packs';
import { membersSitting, type PanelMember } from './panel';
import type { ReviewDocument } from './review';

type Panel = ReviewKind['panel'];
const same = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();
const fills = (seat: string) => (member: PanelMember) => same(member.seat, seat);

/** chairLacks says what keeps the chair from being appointed and independent. Empty when nothing does. Pure. */
export function chairLacks(document: ReviewDocument): string[] {
  const chairs = membersSitting(document).filter(({ role }) => role === 'chair');
  if (chairs.length === 0) return ['nobody chairs it'];
  return chairs.flatMap((chair) => independenceLacks(chair, 'the chair'));
}

function independenceLacks({ declarations }: PanelMember, who: string): string[] {
  const last = declarations.at(-1);
  if (!last) return [`${who} has not declared independence`];
  return last.conflict ? [`${who} has declared a conflict`] : [];
}

/** panelLacks names the essential seats that nobody fills, and seats whose holder is not independent. Pure. */
export function panelLacks({ essential }: Panel, document: ReviewDocument): string[] {
  const members = membersSitting(document);
  return [
    ...essential.filter((seat) => !members.some(fills(seat))).map((seat) => `nobody for ${seat}`),
    ...members.flatMap((member) => independenceLacks(member, member.seat)),
  ];
}

/**
 * quorumLacks says what a meeting lacks to be quorate: the chair or a deputy, so many of the member agencies, every
 * essential seat, as the kind's rule asks (domain/statutory-reviews.md §7; no number is law). Pure. Without a rule, and
 * without members, no meeting is quorate.
 */
export function quorumLacks({ essential, rule }: Panel, members: readonly PanelMember[], present: readonly string[]) {
  if (!rule) return ['this kind has no rule for a quorum'];
  const there = members.filter(({ id }) => present.includes(id));
  const agencies = (of: readonly PanelMember[]): number => new Set(of.flatMap(({ orgId }) => orgId ?? [])).size;
  const lacks: string[] = [];
  if (there.length === 0) lacks.push('nobody was there');
  if (rule.chair && !there.some(({ role }) => role === 'chair' || role === 'deputy'))
    lacks.push('neither the chair nor a deputy was there');
  if (agencies(there) * 100 < agencies(members) * rule.share)
    lacks.push(
      `${agencies(there)} of ${agencies(members)} agencies were there, and it takes ${rule.share} in a hundred`,
    );
  if (rule.essential)
    lacks.push(...essential.filter((seat) => !there.some(fills(seat))).map((seat) => `nobody was there for ${seat}`));
  return lacks;
}

/** What the terms of reference lack to be approved: their last version, by a quorate meeting. Pure. */
export function termsLack({ terms = [], meetings = [] }: ReviewDocument): string[] {
  const last = terms.at(-1);
  if (!last) return ['there are none'];
  return meetings.some((m) => m.lacked.length === 0 && m.terms === last.number)
    ? []
    : [`no quorate meeting has approved version ${last.number}`];
}

/** Whether a quorate meeting of this round agreed what a guard is about. Pure. */
export const isAgreed = ({ meetings = [], round }: ReviewDocument, code: string): boolean =>
  meetings.some((m) => m.round === round && m.lacked.length === 0 && m.agreed.includes(code));

/** Whether a quorate meeting ever agreed it: what was agreed before a part began again was agreed. Pure. */
export const wasAgreed = ({ meetings = [] }: ReviewDocument, code: string): boolean =>
  meetings.some((m) => m.lacked.length === 0 && m.agreed.includes(code));
