import { dutyState, type DutyState } from '@concordat/clocks';
import {
  IllegalTransition,
  RuleBroken,
  type AppealedAgainst,
  type FieldProblem,
  type LetterMatter,
} from '@concordat/contracts';
import type { ReviewGuard, ReviewKind } from '@concordat/packs';
import type { Appeal, AppealDecision } from './appeal';
import { membersSitting } from './panel';
import { dateOf, decisionOf, type ReviewDocument, type ReviewRecord } from './review';

/** What was decided about an appeal. */
export const resultOf = ({ appealDecisions = [] }: ReviewDocument, id: string): AppealDecision | undefined =>
  appealDecisions.find(({ appeal }) => appeal === id);

/** The appeal that nobody has decided yet; there is one at most. */
export const openAppeal = (document: ReviewDocument): Appeal | undefined =>
  (document.appeals ?? []).find(({ id }) => !resultOf(document, id));

/** The day of what is appealed against: of the decision on the threshold, or of telling the outcome. */
function appealableOn({ decisions, document }: ReviewRecord, against: AppealedAgainst): string | undefined {
  if (against === 'threshold') return decisionOf({ decisions })?.decidedOn;
  const told = (document.outcomeLetters ?? []).filter(({ about }) => about === 'outcome').map(({ id }) => id);
  return (document.letterSendings ?? []).findLast(({ letter }) => told.includes(letter))?.sentOn;
}

/**
 * appealProblems says why an appeal cannot be kept as it is told: it is against nothing that the kind lets be appealed
 * against, or that there is yet, or it came before that. Pure.
 * @throws RuleBroken `appeal.not-taken` if the kind keeps no appeals, `appeal.open` if one is open
 */
export function appealProblems(
  { appeal }: Pick<ReviewKind, 'appeal'>,
  review: ReviewRecord,
  { against, receivedOn }: Pick<Appeal, 'against' | 'receivedOn'>,
  today: string,
): FieldProblem[] {
  if (!appeal) throw new RuleBroken('appeal.not-taken', 'Reviews of this kind keep no appeals here');
  if (openAppeal(review.document)) throw new RuleBroken('appeal.open', 'Another appeal is not decided yet');
  const since = appeal.against.includes(against) ? appealableOn(review, against) : undefined;
  if (since === undefined)
    return [{ field: 'against', code: 'not-yet', message: 'There is nothing of this kind to appeal against yet' }];
  if (receivedOn > today)
    return [{ field: 'receivedOn', code: 'in-future', message: 'The date must be today or earlier' }];
  return receivedOn < since
    ? [{ field: 'receivedOn', code: 'too-early', message: 'An appeal cannot come before what it is against' }]
    : [];
}

/**
 * demandDecidable lets through who may decide the open appeal: somebody who had no part in what it is against, once the review
 * has taken it up. For the threshold that is whoever recorded the decision; for the outcome whoever sits on the panel or wrote
 * the letter. Pure.
 * @throws IllegalTransition `appeal.none-open` or `appeal.not-taken-up`
 * @throws RuleBroken `appeal.own`
 */
export function demandDecidable(review: ReviewRecord, who: string): Appeal {
  const { document } = review;
  const appeal = openAppeal(document);
  if (!appeal) throw new IllegalTransition('appeal.none-open', 'There is no appeal to decide', review.state);
  if (appeal.round >= document.round)
    throw new IllegalTransition('appeal.not-taken-up', 'The review must take the appeal up first', review.state);
  const took =
    appeal.against === 'threshold'
      ? review.decisions.filter(({ round }) => round <= appeal.round).map(({ by }) => by)
      : (document.outcomeLetters ?? []).filter(({ about }) => about === 'outcome').map(({ by }) => by);
  const sits = membersSitting(document).flatMap(({ userId }) => userId ?? []);
  if ([...took, ...sits].includes(who))
    throw new RuleBroken('appeal.own', 'Somebody who had no part in what is appealed against must decide');
  return appeal;
}

/** Null when an appeal of the last was decided as a guard wants it; else what it lacks, which may be nothing more. Pure. */
export function appealLacks({ check, results = [], against }: ReviewGuard, document: ReviewDocument): string | null {
  const last = document.appeals?.at(-1);
  if (check === 'appeal-open') return last && !resultOf(document, last.id) ? null : '';
  const result = last && resultOf(document, last.id);
  if (!result) return 'It is not decided';
  const fits = results.includes(result.result) && (against === undefined || against === last.against);
  return fits ? null : '';
}

/**
 * letterAbout lets through a letter about something that there is to tell: a decision, an outcome that is agreed, an appeal that
 * was decided in this round. Pure.
 * @throws RuleBroken `letter.nothing-to-tell`
 */
export function letterAbout({ decisions, document }: ReviewRecord, about: LetterMatter): void {
  const last = document.appeals?.at(-1);
  const there = {
    threshold: () => decisionOf({ decisions })?.round === document.round,
    outcome: () => dateOf(document, 'outcome') !== undefined,
    appeal: () => last !== undefined && resultOf(document, last.id) !== undefined && last.round < document.round,
  };
  if (!there[about]()) throw new RuleBroken('letter.nothing-to-tell', 'There is nothing to tell of this yet');
}

/** What lacks for a letter about something to have been sent in this round. Pure. */
export function letterSentLacks({ about }: ReviewGuard, document: ReviewDocument): string | null {
  const { outcomeLetters = [], letterSendings = [], round } = document;
  const letters = outcomeLetters.filter((l) => l.about === about && l.round === round);
  if (letters.length === 0) return 'None is written';
  return letters.some(({ id }) => letterSendings.some((s) => s.letter === id)) ? null : 'It is not sent';
}

export interface AppealStanding extends Appeal {
  readonly decision: AppealDecision | null;
  /** As its clock has it; null where this area has set no time. */
  readonly clock: DutyState | null;
}

/** appealStanding is each appeal with how it was decided and by when it is to be, as of a civil day. Pure. */
export function appealStanding(kind: ReviewKind, document: ReviewDocument, today: string): AppealStanding[] {
  const clock = kind.clocks.find(({ code }) => code === kind.appeal?.clock);
  const { pauses, extensions } = document;
  return (document.appeals ?? []).map((appeal, i, all) => {
    const decision = resultOf(document, appeal.id) ?? null;
    const last = i === all.length - 1;
    return {
      ...{ ...appeal, decision },
      clock:
        clock?.value === undefined
          ? null
          : dutyState(
              clock,
              {
                ...{ anchors: [appeal.receivedOn], ...(decision ? { doneOn: decision.decidedOn } : {}) },
                pauses: pauses.map(({ reason, from, to }) => ({ reason, from, ...(to ? { to } : {}) })),
                // What was agreed for one appeal is not agreed for the next.
                extensions: last ? extensions.filter((e) => e.clock === clock.code && e.at >= appeal.at) : [],
              },
              today,
            ),
    };
  });
}
