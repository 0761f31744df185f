import { RuleBroken, type FieldProblem, type PublicationDecision, type QualityVerdict } from '@concordat/contracts';
import type { ReviewGuard, ReviewKind } from '@concordat/packs';
import type { PublicationRecord, QualityAnswer, QualityLetter } from './publication';
import { packageLacks, releasedFiles } from './release-rules';
import type { ReviewDocument } from './review';

/** The letter that counts: the last. */
export const letterOf = ({ letters = [] }: ReviewDocument): QualityLetter | undefined => letters.at(-1);

/** What was last answered to a point of a letter. */
export const answerTo = (
  { qualityAnswers = [] }: ReviewDocument,
  letter: number,
  point: number,
): QualityAnswer | undefined => qualityAnswers.findLast((a) => a.letter === letter && a.point === point);

/**
 * qualityLacks says what the central quality panel still keeps a step from: a letter with one of these verdicts, and an
 * answer to each of its points. Pure.
 */
export function qualityLacks(verdicts: readonly QualityVerdict[], document: ReviewDocument): string[] {
  const letter = letterOf(document);
  if (!letter) return ['there is no letter'];
  const lacks = verdicts.includes(letter.verdict) ? [] : [`letter ${letter.number} says otherwise`];
  const open = letter.points.flatMap((_, i) => (answerTo(document, letter.number, i + 1) ? [] : [i + 1]));
  if (open.length > 0) lacks.push(`nothing is answered to point ${open.join(', ')} of letter ${letter.number}`);
  return lacks;
}

/** Whether a letter of this round has one of these verdicts, whatever of it is answered. Pure. */
export function letterLacks(verdicts: readonly QualityVerdict[], document: ReviewDocument): string[] {
  const letter = letterOf(document);
  if (letter?.round !== document.round) return ['there is no letter'];
  return verdicts.includes(letter.verdict) ? [] : [`letter ${letter.number} says otherwise`];
}

/**
 * submissionLacks says what lacks for the package to have been sent to the central quality panel in this round, and for its
 * letter to be an answer to that. Pure.
 */
export function submissionLacks({ submissions = [], letters = [], round }: ReviewDocument): string[] {
  const sent = submissions.findLast((s) => s.round === round);
  if (!sent) return ['nothing was sent'];
  const letter = letters.findLast((l) => l.round === round);
  return letter && letter.receivedOn < sent.sentOn ? ['the letter came before the package was sent'] : [];
}

/**
 * submittable is the files that are sent to the central quality panel: the whole package, each file of it released. Pure.
 * @throws RuleBroken `submission.no-panel`, or `submission.package-open` with what it lacks
 */
export function submittable({ qa, guards }: ReviewKind, document: ReviewDocument): string[] {
  if (!qa) throw new RuleBroken('submission.no-panel', 'Reviews of this kind go to no central quality panel');
  const lacks = packageLacks(guards.find(({ check }) => check === 'release')?.package ?? [], document);
  if (lacks.length > 0)
    throw new RuleBroken('submission.package-open', `The package cannot be sent yet: ${lacks.join('; ')}`);
  return releasedFiles(document).map(({ id }) => id);
}

/** answerProblems says what an answer to a point lacks: where it was changed, or why it was not. Pure. */
export function answerProblems({ done, location, reason }: Pick<QualityAnswer, 'done' | 'location' | 'reason'>) {
  const problems: FieldProblem[] = [];
  if (done && !location?.trim())
    problems.push({ field: 'location', code: 'required', message: 'Enter where it was changed' });
  if (!done && !reason?.trim())
    problems.push({ field: 'reason', code: 'required', message: 'Enter why it was not done' });
  return problems;
}

type Proposed = Omit<PublicationRecord, 'number' | 'by' | 'at'>;

/**
 * publicationProblems says what a decision on publication lacks. Part and withheld need the reasons in words, what is held
 * back, when that is looked at again and what was learnt; wishes of the family alone hold nothing back (§8). Pure.
 */
export function publicationProblems(proposed: Proposed, today: string): FieldProblem[] {
  const { decision, reasons, text, heldBack, reviewOn, learning, decidedOn } = proposed;
  const problems: FieldProblem[] = [];
  const wrong = (field: string, code: string, message: string): void => void problems.push({ field, code, message });
  if (decidedOn > today) wrong('decidedOn', 'in-future', 'The date of the decision must be today or earlier');
  if (decision === 'full') {
    if (reasons.length > 0) wrong('reasons', 'not-asked', 'What is published whole has no reason not to be');
    return problems;
  }
  if (reasons.length === 0) wrong('reasons', 'required', 'Choose why it is not published whole');
  if (decision !== 'deferred' && reasons.length === 1 && reasons[0] === 'family-wishes')
    wrong('reasons', 'no-veto', 'Wishes of the family are weighed with other reasons, and decide nothing alone');
  if (!text?.trim()) wrong('text', 'required', 'Enter the reasons in words');
  if (!reviewOn) wrong('reviewOn', 'required', 'Enter when this is looked at again');
  else if (reviewOn <= today) wrong('reviewOn', 'too-early', 'The date must be after today');
  if (decision === 'deferred') return problems;
  if (!heldBack?.trim()) wrong('heldBack', 'required', 'Enter what is held back');
  if (!learning?.trim()) wrong('learning', 'required', 'Enter what was learnt, for those who may not read the report');
  return problems;
}

/** What lacks for a decision on publication to be one of these. Pure. */
export function publicationLacks(decisions: readonly PublicationDecision[], { publications = [] }: ReviewDocument) {
  const last = publications.at(-1);
  if (!last) return ['nothing is decided'];
  return decisions.includes(last.decision) ? [] : [`it is decided otherwise (${last.decision})`];
}

/** Central bodies that have had no copy. Pure. */
export const copiesLack = ({ copies: due = [] }: Pick<ReviewKind, 'copies'>, { copies = [] }: ReviewDocument) =>
  due.filter(({ code }) => !copies.some((c) => c.code === code)).map(({ to }) => `${to} has had no copy`);

/** How a guard about what leaves the review is not met; undefined when it is about something else. Pure. */
export function leavingLacks(guard: ReviewGuard, kind: ReviewKind, document: ReviewDocument): string[] | undefined {
  switch (guard.check) {
    case 'quality':
      return qualityLacks(guard.verdicts ?? [], document);
    case 'letter':
      return letterLacks(guard.verdicts ?? [], document);
    case 'submitted':
      return submissionLacks(document);
    case 'publication':
      return publicationLacks(guard.decisions ?? [], document);
    case 'copies':
      return copiesLack(kind, document);
    default:
      return undefined;
  }
}

/** Only what is decided to be published, in full or in part, may be. */
export function demandPublishable({ publications = [] }: ReviewDocument): PublicationRecord {
  const last = publications.at(-1);
  if (last?.decision !== 'full' && last?.decision !== 'part')
    throw new RuleBroken('publication.not-decided', 'It is not decided that this is published');
  return last;
}
