import type { Tx } from '@concordat/messaging';

/** Takes away everything that is held of a case. Done again it does nothing. */
export async function eraseCase(tx: Tx, caseId: string): Promise<void> {
  await tx.execute('DELETE FROM assessment WHERE case_id = $1', [caseId], 'erase-assessments');
  // What was written of its meetings is asked for again.
  await tx.execute(
    `DELETE FROM minutes_paper_file WHERE paper_id IN (SELECT p.id FROM minutes_paper p
       JOIN agenda_item i ON i.meeting_id = p.meeting_id WHERE i.case_id = $1)`,
    [caseId],
    'erase-minutes-papers',
  );
  // With it goes what was said of it at meetings, and the actions that followed.
  await tx.execute('DELETE FROM forum_referral WHERE case_id = $1', [caseId], 'erase-forum-referrals');
  await tx.execute('DELETE FROM case_person WHERE case_id = $1', [caseId], 'erase-case-people');
  await tx.execute('DELETE FROM open_glass WHERE case_id = $1', [caseId], 'erase-glass');
  await tx.execute('DELETE FROM case_access WHERE case_id = $1', [caseId], 'erase-case-access');
}
