import { answered, type Answer } from './answered';
import { bestOf, type Found } from './decide-among';
import type { Decision } from './decision';

/** What a person said about the same matter, under one version of an agreement and for its reasons. */
export interface GivenAnswer {
  readonly id: string;
  readonly isa: string;
  readonly reasons: readonly string[];
  readonly answer: Answer;
  readonly answeredAt: Date;
}

/** What was found, as it stands, and the answer that decides it where one does. */
export interface SettledAmong extends Found {
  readonly by: GivenAnswer | null;
}

/** Whether an answer is about what was found: the same version left it to a person for the same reasons. Pure. */
const isAbout = ({ isa, reasons }: Pick<GivenAnswer, 'isa' | 'reasons'>, of: Decision): boolean =>
  isa === of.isa && reasons.length === of.reasons.length && reasons.every((reason, i) => reason === of.reasons[i]);

/**
 * settleAmong is what several agreements come to where people have answered. What one of them permits needs nobody. Where all that is
 * left is for a person, the newest answer about it decides, under whichever of them it was given: the same lead is not asked the same
 * again because another agreement would ask them too, and what they refused last stays refused. Of answers of one moment a refusal
 * decides. Only where nobody has answered is the best of them asked about. Pure.
 */
export function settleAmong(found: readonly Found[], given: readonly GivenAnswer[]): SettledAmong {
  const best = bestOf(found);
  if (best.decision.outcome !== 'REVIEW') return { ...best, by: null };
  const settled = found
    .filter(({ decision }) => decision.outcome === 'REVIEW')
    .flatMap((each) => given.filter((answer) => isAbout(answer, each.decision)).map((by) => ({ ...each, by })));
  const [last] = settled.sort((a, b) => newestFirst(a.by, b.by));
  return last ? { ...last, decision: answered(last.decision, last.by.answer) } : { ...best, by: null };
}

const newestFirst = (a: GivenAnswer, b: GivenAnswer): number =>
  b.answeredAt.getTime() - a.answeredAt.getTime() ||
  Number(a.answer === 'allow') - Number(b.answer === 'allow') ||
  (a.id < b.id ? -1 : 1);
