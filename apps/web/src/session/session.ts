import type { Me } from '../apis/identity';

/** Tokens of a sign-in. They never leave the server. */
export interface SessionTokens {
  readonly access: string;
  readonly refresh: string | null;
  /** Names the sign-in to the identity provider when it is to end. */
  readonly id: string | null;
  /** Milliseconds since 1970 when the access token ends. */
  readonly until: number;
  /** Milliseconds since 1970 when the person last proved who they are; null where the provider does not tell. */
  readonly signedInAt: number | null;
}

/** A sign-in under way at the identity provider (RFC 7636, OpenID Connect Core §3.1.2). */
export interface Attempt {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** The page to return to: a path of ours. */
  readonly to: string;
}

/** What the server knows of one browser. */
export interface Session {
  /** Goes with every form, and comes back with it. */
  readonly csrf: string;
  /** Milliseconds since 1970: sessions end twelve hours after this, whatever happens. */
  readonly began: number;
  readonly seen: number;
  /** By which its person names it, of no use to whoever has no session of theirs. None before it was seen by a version with lists. */
  readonly handle?: string;
  /** In plain words. */
  readonly browser?: string;
  readonly me?: Me;
  readonly tokens?: SessionTokens;
  readonly attempt?: Attempt;
}

/** One of somebody's sessions, as it is shown to them. */
export interface SignedIn {
  readonly handle: string;
  readonly began: number;
  readonly seen: number;
  readonly browser: string;
}
