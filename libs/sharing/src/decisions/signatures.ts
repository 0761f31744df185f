import { instantOf } from '../reading';
import { live } from './compiled';
import { judgedAt } from './in-force';
import { Declarations, type Register } from './register';

/** That somebody signed the confidentiality statement of a meeting, for their organisation: it names no agreement. */
export interface StatementSignature {
  readonly meetingId: string;
  readonly userId: string;
  readonly orgId: string;
  /** The purpose that agreements name for such meetings. */
  readonly purpose: string;
  readonly signedAt: string;
  /** From when on it was known here. A decision of before did not know it, and is made again without it. */
  readonly knownAt: string;
}

/**
 * declarationsOf says to which agreement versions a signature binds its signatory at the meeting (R15): those that were in force when it
 * was given, list the meeting's purpose, and have the signatory's organisation as a live party. A later version asks for another
 * signature. It counts from when it was given and known. Pure.
 */
export function declarationsOf(signatures: readonly StatementSignature[], register: Register): Declarations {
  return Declarations.of(
    signatures.flatMap(({ meetingId, userId, orgId, purpose, signedAt, knownAt }) => {
      const at = instantOf(signedAt);
      const since = at < instantOf(knownAt) ? knownAt : signedAt;
      return register.ids().flatMap((agreementId) => {
        const judged = judgedAt(register, agreementId, at);
        if (!judged || judged.reason !== null) return [];
        const { purposes, parties, agreement } = judged.version;
        if (!purposes.has(purpose) || !live(parties.get(orgId), at)) return [];
        return [{ meetingId, userId, agreementId, version: agreement.version, signedAt: since }];
      });
    }),
  );
}
