import type { Reason, Reasons } from '../apis/practice';

/** Which list a decision's reasons come from. */
export const reasonsFor = (reasons: Reasons, outcome: string): readonly Reason[] => {
  const lists: Readonly<Record<string, readonly Reason[]>> = {
    redirect: reasons.redirect,
    'step-up': reasons.stepUp,
    'step-down': reasons.stepDown,
    signpost: reasons.signpost,
    'no-further-action': reasons.noFurtherAction,
  };
  return lists[outcome] ?? [];
};

/** Titles of reasons by outcome and code; a code that the pack no longer has stands for itself. */
export const reasonTitles =
  (reasons: Reasons) =>
  (outcome: string, code: string | null): string | null =>
    code === null ? null : (reasonsFor(reasons, outcome).find((r) => r.code === code)?.title ?? code);
