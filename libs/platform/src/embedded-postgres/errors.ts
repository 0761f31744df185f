/**
 * The embedded PostgreSQL could not be started or stopped. The message is written for the person at the terminal:
 * what is wrong, where, and what to do. Codes: `folder-taken`, `port-taken`, `folder-not-ours`,
 * `platform-unsupported`, `start-failed`, `stop-failed`.
 */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';

  constructor(
    readonly code:
      'folder-taken' | 'port-taken' | 'folder-not-ours' | 'platform-unsupported' | 'start-failed' | 'stop-failed',
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}
