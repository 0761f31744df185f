import { anyWay, byFlow, ofBasis, ofSender, traitsOf } from './candidate-rules';
import type { CompiledFlow, CompiledLine } from './compiled';
import type { Question } from './question';
import { bit, firstBit, NONE, REVIEW_BITS } from './reasons';

/** What came out of weighing every flow with every line of either end. */
export interface Weighed {
  readonly mask: number;
  readonly flow: CompiledFlow;
  /** The sender's line first, then one of each recipient that has any. */
  readonly lineIds: readonly string[];
}

/** A score orders outcomes: any DENY below any REVIEW below PERMIT, and within each the later first reason is the better. */
const PERMIT = 2 * (NONE + 1);
function scoreOf(mask: number): number {
  if (mask === 0) return PERMIT;
  const refusing = mask & ~REVIEW_BITS;
  return refusing !== 0 ? firstBit(refusing) : NONE + 1 + firstBit(mask);
}

/**
 * weigh takes each flow, each line of the sender and one line of each recipient, and keeps the best: best outcome, then the
 * first reason latest in the table, then the lowest flow, then the lowest lines.
 *
 * What a flow, a sender's line and a recipient's line fail is independent, and a set of reasons is their union, so that lines
 * of recipients need not be multiplied: each recipient fails at least what its best line fails, and of the lines that make the
 * whole no worse the lowest is taken. (The oracle in the tests does multiply them.)
 */
export function weigh(q: Question, items: readonly string[]): Weighed {
  const traits = traitsOf(q, items);
  const common = anyWay(q, items, traits);
  const recipients = leastOfRecipients(q, traits);
  let best = -1;
  let mask = 0;
  let flow = q.flows[0]!;
  let sendLine: CompiledLine | undefined;
  for (const eachFlow of q.flows) {
    const sofar = common | byFlow(q, eachFlow, items);
    if (q.sendLines.length === 0) {
      const score = scoreOf(sofar | bit.NO_BASIS_SENDER | recipients);
      if (score > best) [best, mask, flow] = [score, sofar | bit.NO_BASIS_SENDER, eachFlow];
      continue;
    }
    for (const line of q.sendLines) {
      const found = sofar | ofSender(q, line, traits);
      const score = scoreOf(found | recipients);
      if (score > best) [best, mask, flow, sendLine] = [score, found, eachFlow, line];
    }
  }
  return chosen(q, traits, best, mask, flow, sendLine);
}

const failures = (q: Question, line: CompiledLine, traits: number): number =>
  q.allDeceased ? 0 : ofBasis(line, traits);

/**
 * The union over recipients of what the best line of each fails, for the score alone: another line may be taken in the end.
 * Lines of recipients can only refuse, so the best is the one whose first reason is latest.
 */
function leastOfRecipients(q: Question, traits: number): number {
  let found = 0;
  for (const lines of q.receiveLines) {
    let least = lines.length === 0 ? bit.NO_BASIS_RECIPIENT : failures(q, lines[0]!, traits);
    for (let i = 1; i < lines.length && least !== 0; i++) {
      const other = failures(q, lines[i]!, traits);
      if (firstBit(other) > firstBit(least)) least = other;
    }
    found |= least;
  }
  return found;
}

/** Takes of each recipient the lowest line that leaves the score as it is, and gathers what those lines fail. */
function chosen(
  q: Question,
  traits: number,
  score: number,
  mask: number,
  flow: CompiledFlow,
  sendLine: CompiledLine | undefined,
): Weighed {
  const lineIds = sendLine ? [sendLine.id] : [];
  const worst = score > NONE ? NONE : score;
  let found = mask;
  for (const lines of q.receiveLines) {
    const line = lines.find((each) => firstBit(failures(q, each, traits)) >= worst);
    if (!line) {
      found |= bit.NO_BASIS_RECIPIENT;
      continue;
    }
    lineIds.push(line.id);
    found |= failures(q, line, traits);
  }
  return { mask: found, flow, lineIds };
}
