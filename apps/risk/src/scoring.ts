import { inForce, type Banding, type Instrument, type Topic } from '@concordat/packs';
import { isOpen, topicsOf, valueOf, type Answer, type Content } from './answers';

/** Why a result is what it is, in codes: pages put them into words. */
export type ResultReason =
  | { readonly code: 'counted'; readonly score: number; readonly band: string }
  | { readonly code: 'trigger'; readonly trigger: string; readonly band: string }
  | { readonly code: 'judgement-raises'; readonly from: string; readonly band: string }
  | { readonly code: 'judgement-agrees'; readonly band: string }
  | { readonly code: 'judgement-does-not-lower'; readonly judged: string; readonly band: string }
  | { readonly code: 'judgement-decides'; readonly band: string }
  | { readonly code: 'could-be-higher'; readonly open: number; readonly score: number | null; readonly band: string };

/** What an assessment comes to. Everything needed to work it out again is in it or beside it. */
export interface Result {
  /** Null for an instrument without a score. */
  readonly score: number | null;
  /** The band that the score and hard triggers give, before any judgement. Null where there is neither. */
  readonly counted: string | null;
  readonly judged: string | null;
  /** The band that stands. Null while nothing gives one. */
  readonly band: string | null;
  /** How many topics are open: nobody knows, or nobody asked. They are not counted as “no”. */
  readonly open: number;
  /** `id@version` of the banding that was followed. */
  readonly banding: string | null;
  readonly reasons: readonly ResultReason[];
}

/** The banding of an instrument that holds on a civil day: its own default, or the one that a forum has. */
export function bandingOf(instrument: Instrument, day: string, id = instrument.banding): Banding | null {
  return inForce(instrument.bandings, day).find((banding) => banding.id === id) ?? null;
}

/**
 * scored works out a result. Pure. The score's band, every hard trigger and the judgement each give a band, and the highest
 * stands: judgement raises and never lowers (domain/risk-conferences.md §1). An open answer adds nothing and is never a “no”:
 * where the open ones could lead to a higher band, the result says so.
 * @throws Error for a scored instrument without a banding: its thresholds are not in force
 */
export function scored(instrument: Instrument, banding: Banding | null, { answers, judgement }: Content): Result {
  if (instrument.scoring !== 'none' && !banding) throw new Error(`${instrument.code} has no banding in force`);
  const tally = tallied(instrument, answers);
  const rank = (band: string | null): number => instrument.bands.findIndex((each) => each.code === band);
  const highest = (bands: readonly (string | null)[]): string | null =>
    bands.reduce((best, band) => (rank(band) > rank(best) ? band : best), null);

  const byScore = banding && bandOf(banding, tally.score);
  const fired = instrument.triggers.filter(({ topic, is }) => (is ?? ['yes']).includes(tally.values.get(topic) ?? ''));
  const counted = highest([byScore, ...fired.map(({ band }) => band)]);
  const judged = judgement.band ?? null;
  const band = highest([counted, judged]);

  const reasons: ResultReason[] = [];
  if (byScore) reasons.push({ code: 'counted', score: tally.score, band: byScore });
  for (const trigger of fired) reasons.push({ code: 'trigger', trigger: trigger.code, band: trigger.band });
  if (judged) reasons.push(judgedReason(counted, judged, rank));
  const couldFire = instrument.triggers.filter(({ topic }) => isOpen(instrument, tally.values.get(topic) ?? null));
  const could = highest([banding && bandOf(banding, tally.most), ...couldFire.map((trigger) => trigger.band)]);
  if (could && tally.open > 0 && rank(could) > rank(band))
    reasons.push({ code: 'could-be-higher', open: tally.open, score: banding ? tally.most : null, band: could });
  return {
    ...{ score: banding ? tally.score : null, counted, judged, band, open: tally.open, reasons },
    banding: banding ? `${banding.id}@${banding.version}` : null,
  };
}

function judgedReason(counted: string | null, judged: string, rank: (band: string) => number): ResultReason {
  if (counted === null) return { code: 'judgement-decides', band: judged };
  if (rank(judged) > rank(counted)) return { code: 'judgement-raises', from: counted, band: judged };
  if (judged === counted) return { code: 'judgement-agrees', band: judged };
  return { code: 'judgement-does-not-lower', judged, band: counted };
}

/** The highest band whose threshold a score reaches; the first holds at 0, so there is one. */
export function bandOf({ thresholds }: Banding, score: number): string | null {
  const reached = thresholds.filter(({ operator, value }) => (operator === '>' ? score > value : score >= value));
  return reached.at(-1)?.band ?? null;
}

interface Tally {
  readonly score: number;
  /** What the score would be if every open answer turned out to count most. */
  readonly most: number;
  readonly open: number;
  readonly values: ReadonlyMap<string, string | null>;
}

function tallied(instrument: Instrument, answers: Readonly<Record<string, Answer>>): Tally {
  let [score, most, open] = [0, 0, 0];
  const values = new Map<string, string | null>();
  for (const topic of topicsOf(instrument)) {
    const value = valueOf(instrument, topic, answers[topic.code]);
    values.set(topic.code, value);
    if (topic.type === 'text') continue;
    const weights = weightsOf(instrument, topic);
    const isUndecided = isOpen(instrument, value);
    score += isUndecided ? 0 : (weights.get(value!) ?? 0);
    most += isUndecided ? Math.max(0, ...weights.values()) : (weights.get(value!) ?? 0);
    open += isUndecided ? 1 : 0;
  }
  return { score, most, open, values };
}

/** What each answer to a topic adds to the score; “no” and everything that is not named add nothing. */
function weightsOf(instrument: Instrument, { type, weight = 1, options }: Topic): ReadonlyMap<string, number> {
  if (type === 'yes-no' || type === 'parts') return new Map([['yes', weight]]);
  const chosen = type === 'frequency' ? instrument.scale : options;
  return new Map((chosen ?? []).map((option) => [option.code, option.weight ?? 0]));
}
