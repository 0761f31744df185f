/** One thing wrong with what was sent, at one field. */
export interface FieldProblem {
  /** Path of the field, dots between names and indexes: `people.0.name.family`. Empty for the body as a whole. */
  readonly field: string;
  /** Stable code, kebab case: `required`, `referral.cannot-receive`. */
  readonly code: string;
  /** Plain English that says how to put it right. Never repeats the value. */
  readonly message: string;
}

/** What may accompany a problem. Never personal data: problems are logged by other people's software. */
export interface ProblemDetails {
  readonly state?: string;
  readonly errors?: readonly FieldProblem[];
  readonly reasons?: readonly string[];
  readonly differing?: readonly string[];
  readonly currentVersion?: number;
  readonly retryAfterSeconds?: number;
  /** How long ago, in seconds, somebody may have signed in for this. */
  readonly maxAgeSeconds?: number;
  /** How somebody must have signed in, as the identity provider calls it. */
  readonly acrValues?: string;
  /** The decision of the sharing context by which it was refused. */
  readonly decision?: string;
}

/** An error that a caller can understand. `code` is stable, `noun.reason`; it carries no HTTP number (house.md §5). */
export abstract class Problem extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly details: ProblemDetails = {},
  ) {
    super(message);
    this.name = new.target.name;
  }
}

/** Nobody is signed in, or the token is not one that we accept. */
export class Unauthenticated extends Problem {
  constructor(code = 'token.missing', message = 'Sign in to do this', details: ProblemDetails = {}) {
    super(code, message, details);
  }
}

/** The caller is known, but signed in too long ago for something that lasts, or nobody can tell when (RFC 9470, step-up). */
export class SignInAgain extends Problem {
  constructor(maxAgeSeconds: number) {
    super('sign-in.not-fresh', 'Sign in again to do this', { maxAgeSeconds });
  }
}

/** The record does not exist, or the caller may not know that it does. The two are the same on purpose. */
export class NotFound extends Problem {
  constructor(noun: string) {
    super(`${noun}.not-found`, 'There is no such record, or you may not see it');
  }
}

/** The caller may know of the record but not do this to it. */
export class Forbidden extends Problem {
  constructor(code: string, message: string, reasons: readonly string[] = [], more: ProblemDetails = {}) {
    super(code, message, { reasons, ...more });
  }
}

/** What would be disclosed may not be, or not before somebody has looked: the decision says why. */
export class NotShared extends Forbidden {
  constructor(
    readonly decisionId: string,
    outcome: 'DENY' | 'REVIEW',
    reasons: readonly string[],
  ) {
    super(
      outcome === 'DENY' ? 'sharing.refused' : 'sharing.review',
      outcome === 'DENY' ? 'No agreement allows this to be shared' : 'Somebody must look at this before it is shared',
      reasons,
      { decision: decisionId },
    );
  }
}

/** Somebody else changed the record first, or the same thing was asked twice. Nothing was written. */
export class Conflict extends Problem {}

/** The step is not open in the record's present state, which `details.state` names. */
export class IllegalTransition extends Problem {
  constructor(code: string, message: string, state: string) {
    super(code, message, { state });
  }
}

/** A rule of practice forbids it, whatever the state. */
export class RuleBroken extends Problem {}

/** What was sent is wrong; one entry per field. */
export class Invalid extends Problem {
  constructor(errors: readonly FieldProblem[], code = 'request.invalid') {
    super(code, 'Some of what was sent is not right', { errors });
  }
}

/** wrong is what was sent wrong at one field. `message` says how to put it right, and never repeats the value. */
export const wrong = (field: string, code: string, message: string): Invalid => new Invalid([{ field, code, message }]);

/** The request cannot be read at all: not JSON, wrong encoding, a needed header missing. */
export class Unreadable extends Problem {}

/** Too many requests from one caller. */
export class TooMany extends Problem {}

/** Something we depend on cannot answer now; nothing was done, or its outcome is unknown and the key settles it. */
export class Unavailable extends Problem {}
