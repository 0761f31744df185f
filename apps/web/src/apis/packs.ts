import { Injectable } from '@nestjs/common';
import { Apis, type Asking } from './apis';

export type How = 'added' | 'changed' | 'gone';
export interface PackDifference {
  readonly kind: string;
  readonly code: string;
  readonly version: number | null;
  readonly how: How;
}
/** Something wrong in a pack, and where. */
interface PackProblem {
  readonly file: string;
  readonly line: number;
  readonly path: string;
  readonly reason: string;
}
/** A document of the pack, without what it says. */
export interface PackDocument {
  readonly kind: string;
  readonly code: string;
  readonly title: string | null;
  readonly version: number | null;
  readonly effectiveFrom: string | null;
  readonly effectiveTo: string | null;
  readonly source: string | null;
  readonly verified: boolean | null;
  readonly standing: 'in-force' | 'replaced' | 'ended' | 'not-yet';
}
export interface PacksView {
  readonly pack: string;
  readonly title: string;
  readonly effectiveFrom: string;
  readonly documents: readonly PackDocument[];
  readonly taken: readonly {
    readonly pack: string;
    readonly takenAt: string;
    /** Null for the first. */
    readonly differences: readonly PackDifference[] | null;
    /** It calls itself what the one before called itself. */
    readonly sameName: boolean;
  }[];
  /** What a start would find in the folder now. */
  readonly folder: {
    readonly pack: string | null;
    readonly differences: readonly PackDifference[];
    readonly renamed: boolean;
    readonly problems: readonly PackProblem[];
  };
}
/** What one file more would do to the pack in force. */
export interface TriedDocument {
  readonly problems: readonly PackProblem[];
  readonly differences: readonly PackDifference[];
}
export interface PackDocumentView {
  readonly pack: string;
  readonly kind: string;
  readonly code: string;
  readonly title: string | null;
  readonly versions: readonly (PackDocument & {
    readonly differences: readonly { part: string; item: string | null; how: How }[] | null;
  })[];
}

/** Law and local practice in force, which the `referrals` context keeps on record. */
@Injectable()
export class Packs {
  constructor(private readonly apis: Apis) {}

  all(asking: Asking): Promise<PacksView> {
    return this.apis.get(asking, 'referrals', '/packs');
  }

  /** What would be wrong in the pack with one file more, or in the place of another. Nothing is taken up. */
  check(asking: Asking, body: { file: string; content: string }, key: string): Promise<TriedDocument> {
    return this.apis.change(asking, 'POST', 'referrals', '/packs/checks', { body, key });
  }

  document(asking: Asking, kind: string, code: string): Promise<PackDocumentView> {
    return this.apis.get(asking, 'referrals', `/packs/${kind}${code === '' ? '' : `/${code}`}`);
  }
}
