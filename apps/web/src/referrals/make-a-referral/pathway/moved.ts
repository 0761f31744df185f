import type { Pathway, Question } from '../../../apis/practice';
import type { ReferralContent } from '../../../apis/referral-content';
import { compact, orNothing } from '../../../design/submitted';
import { PARTS } from '../task-list/tasks';

/** A draft under another pathway, and what it loses by that, in the words of the pages that asked it. */
export interface Moved {
  readonly content: ReferralContent;
  readonly lost: readonly string[];
}

/**
 * movedTo is `content` as it would be under the pathway `to`. What both pathways ask stays; a page, a criterion or a question
 * that only the old one asks is lost, and so is an answer that the new one does not offer: nobody may send what no page shows.
 * Pure.
 */
export function movedTo(content: ReferralContent, from: Pathway | undefined, to: Pathway): Moved {
  const asked = new Set(to.groups.map((g) => g.code));
  const pages = (from?.groups ?? Object.keys(PARTS).map((code) => ({ code, title: code }))).filter(
    ({ code }) => !asked.has(code) && partsOf(code).some((part) => content[part] !== undefined),
  );
  const gone = new Set(pages.flatMap(({ code }) => partsOf(code)));
  const rest = Object.fromEntries(Object.entries(content).filter(([part]) => !gone.has(part as never)));
  const criteria = kept(
    rest['criteria'] as ReferralContent['criteria'],
    (code) => titleOf(to.criteria, code) !== undefined,
  );
  const answers = kept(rest['answers'] as ReferralContent['answers'], (code, answer) =>
    takes(questionOf(to, code), questionOf(from, code), answer),
  );
  return {
    content: compact({ ...rest, pathway: to.code, criteria: criteria.left, answers: answers.left }),
    lost: [
      ...pages.map((page) => page.title),
      ...criteria.lost.map((code) => titleOf(from?.criteria, code) ?? code),
      ...answers.lost.map((code) => questionOf(from, code)?.text ?? code),
    ],
  };
}

const partsOf = (group: string): readonly (keyof ReferralContent)[] => PARTS[group] ?? [];

const titleOf = (list: Pathway['criteria'] | undefined, code: string): string | undefined =>
  list?.find((one) => one.code === code)?.title;

const questionOf = (pathway: Pathway | undefined, code: string): Question | undefined =>
  pathway?.groups.flatMap((g) => g.questions ?? []).find((q) => q.code === code);

/** Whether an answer to the old question is one to the new: asked in the same way, and offered where there is a choice. */
const takes = (asked: Question | undefined, before: Question | undefined, answer: string): boolean =>
  asked !== undefined &&
  (before === undefined || asked.type === before.type) &&
  (asked.options === undefined || asked.options.some((option) => option.value === answer));

function kept<T>(of: Record<string, T> | undefined, stays: (code: string, value: T) => boolean) {
  const all = Object.entries(of ?? {});
  return {
    left: orNothing(Object.fromEntries(all.filter(([code, value]) => stays(code, value)))),
    lost: all.filter(([code, value]) => !stays(code, value)).map(([code]) => code),
  };
}
