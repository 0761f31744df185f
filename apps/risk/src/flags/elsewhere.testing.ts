import type { TestApp } from '@concordat/testing';
import type { RecordsTells } from '../assessments/told.testing';

/** A flag on somebody is told of in another case of theirs too: what happens again is told of there, and proposed as a repeat. */
export async function toldElsewhere(
  app: TestApp,
  records: RecordsTells,
  { personId, flagId }: { readonly personId: string; readonly flagId: string },
): Promise<void> {
  const { caseId } = await records.opened();
  await records.tell(caseId, 'person-joined-case', { caseId, personId, roles: ['child'] });
  const { body } = await app.as('hana').get(`/api/risk/cases/${caseId}/forum-referrals`);
  expect(body.flags).toEqual([expect.objectContaining({ id: flagId, subjectId: personId })]);
}
