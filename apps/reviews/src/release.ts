import type { Recorded } from './review';
import type { ReleaseScan } from './release-scan';

/** As much of a file that is to leave a review as everybody who sees the review may know. */
export interface ReleaseBrief extends Recorded {
  readonly id: string;
  /** What it is, of the kind's artefacts. */
  readonly artefact: string;
  /** Which number of the map of who is protected it was last scanned for. */
  readonly mapped: number;
  readonly state: 'scanned' | 'released' | 'withdrawn';
  /** Who released it; null until somebody has. */
  readonly releasedBy: string | null;
}

/** That something found in a file is nothing, as a second person says. */
export interface Clearing extends Recorded {
  /** The hit that it is about. */
  readonly key: string;
  readonly reason: string;
}

/** A file that is to leave a review, with what was found in it. For those alone who draft the review. */
export interface ReleaseFile extends Recorded {
  readonly id: string;
  readonly artefact: string;
  readonly name: string;
  readonly type: string;
  readonly ending: string;
  readonly size: number;
  readonly digest: string;
  readonly scan: ReleaseScan;
  readonly clearings: readonly Clearing[];
}
