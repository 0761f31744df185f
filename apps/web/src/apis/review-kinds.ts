import type { AppealedAgainst, ClockForce } from '@concordat/contracts';
import type { ReviewClock } from './reviews';

/** Who does something, with the force of that it is they. */
export interface Said {
  readonly who: string;
  readonly force: ClockForce;
}
/** A kind of review, as pages show it. */
export interface ReviewKind {
  readonly code: string;
  readonly version: number;
  readonly published: boolean;
  readonly source: string;
  readonly effectiveFrom: string;
  readonly legalBasis: readonly {
    readonly code: string;
    readonly text: string;
    readonly force: ClockForce;
    readonly source: string;
    readonly inForce?: boolean;
  }[];
  readonly criteria: readonly {
    readonly code: string;
    readonly text: string;
    readonly force: ClockForce;
    readonly basis?: string;
    readonly count?: number;
  }[];
  readonly exclusions: readonly { readonly text: string; readonly force: ClockForce }[];
  readonly notifiers: readonly Said[];
  readonly decider: Said;
  readonly mustConsult: readonly (Said & { readonly code: string })[];
  readonly outcomes: readonly { readonly code: string; readonly title: string }[];
  readonly notices: readonly {
    readonly code: string;
    readonly outcomes: readonly string[];
    readonly to: string;
    readonly within: string;
    readonly force: ClockForce;
    readonly orReason?: boolean;
    readonly family?: boolean;
  }[];
  readonly facts: readonly { readonly code: string; readonly title: string; readonly perParty?: boolean }[];
  readonly states: readonly { readonly code: string; readonly title: string; readonly final?: boolean }[];
  readonly guards: readonly {
    readonly code: string;
    readonly text: string;
    readonly check: string;
    readonly fact?: string;
    readonly topic?: string;
    readonly package?: readonly string[];
  }[];
  readonly transitions: readonly {
    readonly from: string;
    readonly to: string;
    readonly guards: readonly string[];
    readonly reason?: boolean;
    readonly again?: boolean;
  }[];
  readonly clocks: readonly {
    readonly code: string;
    readonly title: string;
    readonly anchor: string;
    readonly meets: readonly string[];
    readonly unit: ReviewClock['unit'];
    readonly value?: number;
    readonly mode: ReviewClock['mode'];
    readonly force: ClockForce;
    readonly source: string;
    readonly pausable: readonly string[];
    readonly pauseEffect: ReviewClock['pauseEffect'];
    readonly approvers?: readonly string[];
    readonly perParty: boolean;
  }[];
  readonly pauses: readonly {
    readonly reason: string;
    readonly title: string;
    readonly askedBy: string;
    readonly agreedBy: string;
    readonly holds: readonly string[];
    readonly goesOn: readonly string[];
    readonly endings: readonly { readonly code: string; readonly title: string }[];
  }[];
  readonly panel: { readonly essential: readonly string[]; readonly quorum: string };
  readonly threshold?: { readonly complaintMonths: number; readonly applicationMonths: number };
  readonly appeal?: { readonly against: readonly AppealedAgainst[]; readonly decider: Said };
  readonly artefacts: readonly string[];
  readonly copies?: readonly {
    readonly code: string;
    readonly to: string;
    readonly force: ClockForce;
    readonly from?: string;
  }[];
  readonly publisher: string;
  readonly publication: string;
  readonly qa?: string;
  readonly evidence?: { readonly informs: readonly { readonly code: string; readonly title: string }[] };
}
