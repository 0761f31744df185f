/** What kind of act a leaf records (design/ledger.md §3; the first six are those a log must cover by UK law, DPA 2018 s.62). */
export const LEAF_OPS = [
  'COLLECTION',
  'ALTERATION',
  'CONSULTATION',
  'DISCLOSURE',
  'COMBINATION',
  'ERASURE',
  'DECISION',
  'AGREEMENT',
  'SYSTEM',
] as const;
export type LeafOp = (typeof LEAF_OPS)[number];

/** A code or a list of codes, as `basis` and `items` hold them. */
export type BasisValue = string | boolean | readonly string[];

/**
 * Leaf is what is sealed for ever, so nothing in it may identify a person: codes, times, organisation ids and random
 * pseudonyms only (design/ledger.md §3). Names, free text and addresses belong in the detail that `commit` commits to.
 *
 * - a *code* is up to 200 ASCII characters without spaces;
 * - a *pseudonym* is a random 128-bit value, as a UUID or 32 hex digits, lower case;
 * - times are UTC with milliseconds, `2026-11-24T09:00:00.000Z`;
 * - 64-bit numbers (`seq`, `index`, `ver`) are decimal strings;
 * - `corr` and `cause` are pseudonyms too: correlation and event ids, never a caller's own words.
 */
export interface Leaf {
  readonly v: 1;
  /** UUIDv7 given by the producer; unique in the log. */
  readonly eventId: string;
  /** The log's origin. */
  readonly origin: string;
  /** Who produced it, and its number in that producer's gapless sequence, which starts at 1. */
  readonly src: { readonly id: string; readonly seq: string };
  readonly op: LeafOp;
  /** VERB_RESOURCE, such as VIEW_CASE. */
  readonly act: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly outcome: string;
  /** commitDetail(k, detail), hex. */
  readonly commit: string;
  readonly actor?: string;
  readonly actorRole?: string;
  readonly actorOrg?: string;
  readonly onBehalfOf?: string;
  readonly subjects?: readonly string[];
  readonly objects?: readonly { readonly t: string; readonly id: string; readonly ver?: string }[];
  readonly recipients?: readonly { readonly org: string; readonly role?: string; readonly channel?: string }[];
  readonly items?: readonly string[];
  readonly purpose?: string;
  readonly basis?: { readonly [key: string]: BasisValue };
  /** Information sharing agreement, `id@version`, and the hash of its text. */
  readonly isa?: string;
  readonly isaHash?: string;
  readonly rule?: string;
  readonly decision?: string;
  readonly reasons?: readonly string[];
  readonly justification?: string;
  readonly retentionRule?: string;
  readonly regime?: string;
  readonly classification?: string;
  readonly corr?: string;
  readonly cause?: string;
  /** On a recipient's COLLECTION: the sender's leaf. */
  readonly peer?: {
    readonly origin: string;
    readonly index: string;
    readonly eventId: string;
    readonly leafHash: string;
  };
  readonly payloadCommit?: string;
  /**
   * On ERASURE only, with `rule` or `request`: which leaves' details were destroyed. Left out when what was erased is a
   * producer's own record (a discarded draft, say) and no detail of this log.
   */
  readonly target?: readonly { readonly eventId: string; readonly index: string }[];
  readonly request?: string;
}
