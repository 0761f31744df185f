import type { Tx } from '@concordat/messaging';

/** Referrals that were received and name somebody, the oldest first: the whole of each, whoever else is in it. */
export const referralsAbout = (
  tx: Tx,
  personId: string,
): Promise<{ id: string; reference: string; receivedAt: Date; content: unknown }[]> =>
  tx.query(
    'SELECT id, reference, received_at AS "receivedAt", content FROM referrals_about($1)',
    [personId],
    'referrals-about',
  );
