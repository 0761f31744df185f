import type {
  FamilyBeginning,
  FamilyChannel,
  FamilyOutcome,
  FamilyReach,
  FamilyTopic,
  SeenAnswer,
} from '@concordat/contracts';
import { Injectable } from '@nestjs/common';
import { Apis, type Asking } from './apis';

export interface FamilyPerson {
  readonly id: string;
  readonly number: number;
  readonly name: string;
  readonly relationship: string;
  readonly advocate: string | null;
  readonly safeWay: string;
  readonly wishes: string | null;
  readonly language: string | null;
  readonly leafletOn: string | null;
  /** As `02-03` for 3 February. */
  readonly sensitiveDays: readonly string[];
  /** Null in entries of before it was asked. */
  readonly reach: FamilyReach | null;
}
export interface FamilyContact {
  readonly id: string;
  readonly personId: string | null;
  readonly on: string;
  readonly channel: FamilyChannel;
  readonly spoke: string;
  readonly topic: FamilyTopic;
  readonly outcome: FamilyOutcome;
  readonly said: string | null;
  readonly change: string | null;
  readonly nextOn: string | null;
  readonly begunBy: FamilyBeginning | null;
  readonly despite: string | null;
  readonly by: string;
  readonly at: string;
}
export interface FamilyLog {
  readonly id: string;
  readonly version: number;
  readonly reference: string;
  readonly people: readonly FamilyPerson[];
  readonly contacts: readonly FamilyContact[];
  /** Until which day they asked for time, when they have it now. */
  readonly timeUntil: string | null;
}
export interface ChronologyItem {
  readonly id: string;
  readonly number: number;
  readonly orgId: string;
  readonly date: string;
  readonly approximate: boolean;
  readonly event: string;
  readonly people: readonly string[];
  readonly theme: string | null;
  readonly source: string;
  readonly seen: SeenAnswer;
  readonly decision: string | null;
  readonly comment: string | null;
  readonly thirdParty: boolean;
  readonly informs: readonly string[];
  /** The item that it takes the place of, and why. */
  readonly corrects: string | null;
  readonly why: string | null;
  readonly by: string;
  readonly at: string;
}
export interface Chronology {
  readonly id: string;
  readonly version: number;
  readonly reference: string;
  readonly events: readonly {
    readonly items: readonly ChronologyItem[];
    readonly contradictions: readonly ('dates' | 'seen' | 'decision')[];
  }[];
  /** What was corrected since by what is shown, as far as the visitor’s agency may see it. */
  readonly former: readonly ChronologyItem[];
  readonly gaps: readonly { readonly from: string; readonly to: string; readonly days: number }[];
  readonly gapDays: number;
  /** Agencies that have said that they know something and tell nothing. */
  readonly silent: readonly string[];
  /** How many items there are that the visitor’s agency may not see now. */
  readonly hidden: number;
  readonly agencies: readonly string[];
  readonly people: readonly string[];
  readonly themes: readonly string[];
  readonly frozen: readonly { readonly number: number; readonly items: number; readonly at: string }[];
  /** The frozen version that is shown; null for the chronology as it stands. */
  readonly shown: number | null;
  readonly may: {
    /** For which agency the visitor looks, and whether it can correct what it has told. */
    readonly as: string | null;
    readonly correct: boolean;
    readonly give: boolean;
    readonly join: boolean;
    readonly export: boolean;
    readonly freeze: boolean;
  };
}
export type ChronologyQuery = Readonly<Partial<Record<'agency' | 'person' | 'theme' | 'version', string>>>;

/** The family log and the combined chronology of a review, as pages ask the reviews context for them. */
@Injectable()
export class EvidenceApi {
  constructor(private readonly apis: Apis) {}

  family(asking: Asking, id: string): Promise<FamilyLog> {
    return this.apis.get(asking, 'reviews', `/reviews/${id}/family`);
  }

  chronology(asking: Asking, id: string, query: ChronologyQuery = {}): Promise<Chronology> {
    return this.apis.get(asking, 'reviews', `/reviews/${id}/chronology`, query);
  }

  /** The same, on record as taken out. */
  exportChronology(asking: Asking, id: string, query: ChronologyQuery): Promise<Chronology> {
    return this.apis.get(asking, 'reviews', `/reviews/${id}/chronology/export`, query);
  }
}
