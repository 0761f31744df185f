import type { FieldProblem } from '@concordat/platform';
import type { HandOverPractice } from '../apis/hand-over';
import { orNothing, type Submitted } from '../design/submitted';
import { choicesOf, CONSENT, titleIn } from './words';

type Needed = readonly [field: string, value: unknown, message: string];

/** What was said of consent, and what is missing of it. */
export function consentIn(sent: Submitted) {
  const answer = sent.text('consent.answer');
  const [ground, reason] = [sent.text('consent.ground'), sent.text('consent.reason')];
  // A ground is for sharing without consent: what was hidden again when consent was given is not meant.
  const consent = orNothing({ answer, ...(answer === 'given' ? {} : { ground, reason }) });
  const settled = !answer || answer === 'given';
  const needed: Needed[] = [
    ['consent.answer', answer, 'Select whether the person agreed'],
    ['consent.ground', settled || ground, 'Select the ground for sharing without consent'],
    ['consent.reason', settled || reason, 'Enter why you share without consent'],
  ];
  return { consent, needed };
}

export const missing = (needed: readonly Needed[]): FieldProblem[] =>
  needed.flatMap(([field, value, message]) => (value ? [] : [{ field, code: 'required', message }]));

/** For what a case is shared whole, and how consent stands, with what is missing. */
export function sharingIn(sent: Submitted) {
  const purpose = sent.text('purpose');
  const { consent, needed } = consentIn(sent);
  return {
    body: { ...(purpose ? { purpose } : {}), ...(consent ? { consent } : {}) },
    problems: missing([['purpose', purpose, 'Select the purpose'], ...needed]),
  };
}

/** What `sharing.njk` offers. */
export const sharingChoices = ({ purposes, consentGrounds }: HandOverPractice) => ({
  purposes: choicesOf(purposes),
  grounds: choicesOf(consentGrounds),
  consent: CONSENT,
});

/** The purpose for which a case of this pathway is usually shared: what the form begins with. */
export const usualPurpose = ({ purposeOf }: HandOverPractice, pathway: string): string =>
  purposeOf.find((p) => p.pathway === pathway)?.purpose ?? '';

/** What was said of it, to be looked over. */
export const sharingRows = (
  sent: Submitted,
  { purposes, consentGrounds }: HandOverPractice,
): [string, string | undefined][] => [
  ['Purpose', titleIn(purposes, sent.text('purpose'))],
  ['Did the person agree?', CONSENT.find((c) => c.value === sent.text('consent.answer'))?.text],
  ['Ground for sharing without consent', titleIn(consentGrounds, sent.text('consent.ground'))],
  ['Why without consent', sent.text('consent.reason')],
];
