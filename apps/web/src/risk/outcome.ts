import type { AssessmentView } from '../apis/risk';
import { bandTag, bandTitle, reasonsInWords, thresholdsInWords } from './words';

/** What an assessment came to, as templates show it. `forums` gives the titles of forums by code. Pure. */
export function outcomeOf(
  { document, result }: Pick<AssessmentView, 'document' | 'result'>,
  forums: readonly { readonly code: string; readonly title: string }[],
) {
  const band = document.bands.find(({ code }) => code === result.band);
  const forumOf = (code: string): string => forums.find((forum) => forum.code === code)?.title ?? code;
  return {
    title: bandTitle(document, result.band),
    meaning: band?.meaning ?? null,
    colour: bandTag(
      document.bands.map(({ code }) => code),
      result.band,
    ),
    score: result.score,
    reasons: reasonsInWords(document, result),
    thresholds: thresholdsInWords(document, result.thresholds ?? null),
    routes: result.routes.map(({ forum, met }) =>
      met
        ? `The score meets the count for a referral to ${forumOf(forum)}.`
        : `The score does not meet the count for a referral to ${forumOf(forum)}. Professional judgement, escalation or a repeat may each be enough.`,
    ),
  };
}
