/** One thing wrong with untrusted input: where (`parties[2].agencyType`), a stable code, and words that repeat no value. */
export interface Problem {
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

/** Either the whole value or everything that is wrong with it (up to a bound): nothing is read by half. */
export type Outcome<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: Problem[] };

/** SharingError is what this library throws on purpose; `code` is stable and `message` holds no personal data. */
export class SharingError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'SharingError';
  }
}
