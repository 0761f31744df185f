import type { Submitted } from '../../design/submitted';
import { divertsFrom } from '../diverted';

/** A referral as the API takes it, from the form: a criterion is chosen by saying what it rests on. */
export function bodyOf(
  forumId: string,
  criteria: readonly { readonly code: string }[],
  characteristics: readonly { readonly code: string }[],
  sent: Submitted,
  diverts: readonly { readonly code: string }[] = [],
): Record<string, unknown> {
  const chosen = sent.list('criteria');
  const answer = sent.text('consent.answer');
  const on = sent.date('incident.on', { what: 'The day on which it happened' });
  const kind = sent.text('incident.kind');
  if (kind && !on && sent.errors.length === 0)
    sent.wrong('incident.on-day', 'required', 'Enter the day on which it happened');
  return {
    forumId,
    ...(sent.text('homeOrg') ? { homeOrg: sent.text('homeOrg') } : {}),
    ...{ subjectId: sent.text('subjectId') ?? '', otherIds: sent.list('otherIds'), childIds: sent.list('childIds') },
    criteria: criteria
      .filter(({ code }) => chosen.includes(code))
      .map(({ code }) => ({ code, evidence: sent.text(`evidence.${code}`) ?? '' })),
    ...(kind && on ? { incident: { kind, on } } : {}),
    diverts: divertsFrom(sent, diverts),
    characteristics: characteristics.flatMap(({ code }) => {
      const said = sent.text(`characteristic.${code}`);
      return said ? [{ code, answer: said }] : [];
    }),
    consent: { answer: answer ?? '', ground: sent.text('consent.ground'), reason: sent.text('consent.reason') },
  };
}

const MESSAGES: Readonly<Record<string, string>> = {
  subjectId: 'Select whom the referral is about',
  'consent.answer': 'Select what they said to being referred',
};
/** What was wrong, in the words of the form, at the fields that it has. */
export const saidOf = (problem: { field: string; code: string; message: string }) => ({
  ...problem,
  field: problem.field === 'incident.on' ? 'incident.on-day' : problem.field,
  message: MESSAGES[problem.field] ?? problem.message,
});
