import type { Tx } from '@concordat/messaging';
import type { DecisionRequest, StatementSignature } from '@concordat/sharing';

interface Row extends Record<string, unknown> {
  readonly meetingId: string;
  readonly userId: string;
  readonly orgId: string;
  readonly purpose: string;
  readonly signedAt: Date;
  readonly knownAt: Date;
}
const read = ({ signedAt, knownAt, ...row }: Row): StatementSignature => ({
  ...row,
  ...{ signedAt: signedAt.toISOString(), knownAt: knownAt.toISOString() },
});

/**
 * The signatures that decide a request about a meeting: those of whoever acts, at that meeting. None becomes known until the end of the
 * unit of work, so that the decision is made again the same. A request about no meeting needs none.
 */
export async function signaturesFor(
  tx: Tx,
  { setting, meetingId, actor }: DecisionRequest,
): Promise<StatementSignature[]> {
  if (setting !== 'MEETING' || meetingId === undefined) return [];
  await tx.query('SELECT hold_signatures_of($1)', [meetingId], 'hold-signatures');
  const rows = await tx.query<Omit<Row, 'meetingId' | 'userId'>>(
    'SELECT org_id AS "orgId", purpose, signed_at AS "signedAt", known_at AS "knownAt" FROM signatures_of($1, $2)',
    [meetingId, actor.userId],
    'signatures-of',
  );
  return rows.map((row) => read({ ...row, meetingId, userId: actor.userId } as Row));
}

/** Everybody's since a moment. */
export async function signaturesSince(tx: Tx, since: Date): Promise<StatementSignature[]> {
  const rows = await tx.query<Row>(
    `SELECT meeting_id AS "meetingId", user_id AS "userId", org_id AS "orgId", purpose, signed_at AS "signedAt", known_at AS "knownAt"
       FROM signatures_since($1)`,
    [since],
    'signatures-since',
  );
  return rows.map(read);
}

/** Keeps one that is told, once however often it is told. From now on decisions know of it. */
export async function keepSignature(tx: Tx, s: Omit<StatementSignature, 'knownAt'>): Promise<void> {
  await tx.query('SELECT lock_signatures_of($1)', [s.meetingId], 'lock-signatures');
  await tx.execute(
    `INSERT INTO meeting_signature (meeting_id, user_id, org_id, purpose, signed_at, known_at)
     VALUES ($1, $2, $3, $4, $5, clock_timestamp()) ON CONFLICT DO NOTHING`,
    [s.meetingId, s.userId, s.orgId, s.purpose, s.signedAt],
    'keep-signature',
  );
}
