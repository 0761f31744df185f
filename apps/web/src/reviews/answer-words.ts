import type { AppealedAgainst, AppealResult, LetterMatter } from '@concordat/contracts';
import type { Names } from '../apis/directory';
import type { ReviewAppeal } from '../apis/answers';
import type { ReviewView } from '../apis/reviews';
import { civilDateOf } from '../design/filters';

export const AGAINST: Readonly<Record<AppealedAgainst, string>> = {
  threshold: 'The decision on the threshold',
  outcome: 'The outcome',
};
export const RESULTS: Readonly<Record<AppealResult, string>> = {
  upheld: 'Upheld',
  part: 'Upheld in part',
  'not-upheld': 'Not upheld',
};
export const MATTERS: Readonly<Record<LetterMatter, string>> = {
  threshold: 'Whether there will be a review',
  outcome: 'The outcome',
  appeal: 'The result of an appeal',
};

const STANDING: Readonly<Record<string, { text: string; colour: string }>> = {
  running: { text: 'To be decided', colour: 'blue' },
  overdue: { text: 'Overdue', colour: 'red' },
  met: { text: 'Decided in time', colour: 'green' },
  metLate: { text: 'Decided late', colour: 'orange' },
};
const due = (clock: ReviewAppeal['clock']): string =>
  clock?.due ? `To be decided by ${civilDateOf(clock.due.latest)}` : 'This area has set no time for it';

/** Appeals and letters to whoever applied, for the page of a review. Pure. */
export function shownAnswers({ document, definition, appeals, may }: ReviewView, names: Names) {
  const { outcomeLetters = [], letterSendings = [], releases = [] } = document;
  if (!definition.appeal) return { answers: null };
  const open = appeals.some(({ decision }) => !decision);
  return {
    answers: {
      decider: definition.appeal.decider.who,
      ...{ mayKeep: may.coordinate && !open, mayDecide: open && may.confirm, mayWrite: may.seeRelease },
      appeals: appeals.map((a) => ({
        ...{ number: a.number, against: AGAINST[a.against], receivedOn: a.receivedOn, grounds: a.grounds },
        ...{ due: due(a.clock), standing: a.clock && STANDING[a.clock.status] },
        decision: a.decision && { ...a.decision, result: RESULTS[a.decision.result], who: names.person(a.decision.by) },
      })),
      letters: outcomeLetters.map((l) => {
        const sending = letterSendings.find((s) => s.letter === l.id);
        const file = releases.find((r) => r.id === l.id);
        const released = file?.state === 'released' && file.mapped === (document.mapped ?? 0);
        return {
          ...{ id: l.id, number: l.number, about: MATTERS[l.about], at: l.at, sentOn: sending?.sentOn },
          ...{ withdrawn: file?.state === 'withdrawn', released, maySend: may.coordinate && released && !sending },
        };
      }),
    },
  };
}
