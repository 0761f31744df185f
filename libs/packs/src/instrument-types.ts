import type { Versioned } from './rules';
import type { Provenance } from './types';

export const topicTypes = ['yes-no', 'parts', 'choice', 'frequency', 'text'] as const;
export type TopicType = (typeof topicTypes)[number];

/** Answers that say neither yes nor no: nobody knows, or it was not asked. They never count as "no". */
export const openAnswers = ['not-known', 'not-asked'] as const;
export type OpenAnswer = (typeof openAnswers)[number];

/** One answer that may be chosen. `weight` is what it adds to the score of an instrument that is scored by weight. */
export type InstrumentOption = { readonly code: string; readonly title: string; readonly weight?: number };

/**
 * What an instrument asks about, under a label of our own: the licensed wording of a published instrument is never in a pack
 * that is shipped.
 */
export type Topic = {
  readonly code: string;
  readonly text: string;
  readonly type: TopicType;
  readonly hint?: string;
  /** What a "yes" adds to the score; 1 unless said. Of `yes-no` and `parts` only. */
  readonly weight?: number;
  /** Of `parts`: each its own yes or no. The topic counts once, as "yes" if any part does. */
  readonly parts?: readonly { readonly code: string; readonly text: string }[];
  /** Of `choice`. */
  readonly options?: readonly InstrumentOption[];
  /** Whether words must go with a "yes". */
  readonly explain?: boolean;
  /** Of `text`: whether it may be left empty. */
  readonly optional?: boolean;
};

/** Topics that are asked on one page. */
export type TopicGroup = {
  readonly code: string;
  readonly title: string;
  readonly hint?: string;
  readonly topics: readonly Topic[];
};

/** A level of risk. "High" of one instrument is not "high" of another: keep the instrument with the band. */
export type Band = { readonly code: string; readonly title: string; readonly meaning: string };

/** From which score a band is reached; `>` as published, where it is published so. */
export type BandThreshold = { readonly operator: '>' | '>='; readonly value: number; readonly band: string };

/** One place's thresholds, dated and versioned. The first holds at 0, so that every score has a band. */
export type Banding = Versioned & { readonly title: string; readonly thresholds: readonly BandThreshold[] };

/** An answer that is enough for a band by itself, whatever the score. */
export type HardTrigger = {
  readonly code: string;
  readonly title: string;
  readonly topic: string;
  /** Of `choice` and `frequency`: which answers. Of the others it is "yes". */
  readonly is?: readonly string[];
  readonly band: string;
};

/** A questionnaire about risk (domain/risk-conferences.md §6). Results of two instruments are never converted. */
export type Instrument = Provenance & {
  readonly code: string;
  readonly title: string;
  readonly description: string;
  readonly effectiveTo?: string;
  /** `history`: kept so that old assessments can be read, and never answered anew. */
  readonly use: 'current' | 'history';
  /** `count`: each "yes" counts its weight. `weight`: options do. `none`: there is no score. */
  readonly scoring: 'count' | 'weight' | 'none';
  /**
   * `raise`: a professional may set a higher band than the counted one, never a lower. `decide`: there is no count, and the
   * professional sets the band. Either needs reasons in words.
   */
  readonly judgement: 'raise' | 'decide';
  /** Which open answers its topics offer. */
  readonly open: readonly OpenAnswer[];
  /** Lowest first. */
  readonly bands: readonly Band[];
  readonly bandings: readonly Banding[];
  /** Which of `bandings` holds unless a forum has its own. */
  readonly banding?: string;
  readonly triggers: readonly HardTrigger[];
  /** The answers of all topics of type `frequency`, rarest first. */
  readonly scale?: readonly InstrumentOption[];
  readonly groups: readonly TopicGroup[];
};
