/** Why something was refused. The first eight are the verifier's codes (design/ledger.md §5); the rest guard our own input. */
export type LedgerErrorCode =
  | 'BAD_SIGNATURE'
  | 'NO_QUORUM'
  | 'NOT_INCLUDED'
  | 'INCONSISTENT'
  | 'COMMIT_MISMATCH'
  | 'MISSING_DETAIL'
  | 'ERASURE_NOT_HONOURED'
  | 'MALFORMED'
  | 'OUT_OF_RANGE'
  | 'TOO_LARGE';

/** The only error this library throws on purpose. `message` names the broken rule and never echoes an entry's content. */
export class LedgerError extends Error {
  constructor(
    readonly code: LedgerErrorCode,
    message: string,
  ) {
    super(message);
    this.name = 'LedgerError';
  }
}
