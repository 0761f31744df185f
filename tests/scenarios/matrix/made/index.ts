import { addDays, civilDate } from '@concordat/clocks';
import { begun } from '../../../web/assessed';
import { offer } from '../../../web/handed';
import { staffId } from '../../../web/stories';
import type { World } from '../../../web/world';
import type { Kind } from '../kinds';
import { post, versionAt } from '../partnership';
import { kept } from './kept';
import { othersMade } from './others';
import { recordsMade } from './records';
import { reviewsMade } from './reviews';
import { riskMade } from './risk';

const CASES = '/api/records/cases';

/**
 * A real record for every kind that operations are about: the demonstration's, and what the people of the own agency make
 * through the API. `own` leads each of them, and the other agency has no part in any.
 */
export async function recordsOf(world: World, own: string): Promise<Kind[]> {
  const cases = await world.app.sql<{ id: string; person: string; referral: string }>(
    `SELECT f.id, f.referral_id AS referral, (SELECT c.person_id FROM records.case_person c WHERE c.case_id = f.id ORDER BY c.place LIMIT 1) AS person
       FROM records.case_file f JOIN records.participation p ON p.case_id = f.id AND p.org_id = $1 AND p.level = 'lead' AND p.until IS NULL
      WHERE NOT EXISTS (SELECT 1 FROM records.restricted_case r WHERE r.case_id = f.id) ORDER BY f.id`,
    [own],
  );
  const [open, closed] = [cases[0]!, cases[1]!];
  const [assessment, offered] = [
    await begun(world, 'safelives-dash', { caseId: closed.id, subject: closed.person }),
    await offer(world, closed.id),
  ];
  await restrict(world, closed.id);
  const restricted: Readonly<Record<string, string>> = {
    ...{ referral: closed.referral, case: closed.id, person: closed.person, 'assessments of a case': closed.id },
    ...{ assessment: assessment.id, 'onward referral': offered },
  };
  const made = await Promise.all([
    kept(world, own, open.referral),
    recordsMade(world, open.id),
    riskMade(world),
    reviewsMade(world),
    othersMade(world, open.person),
  ]);
  const ofServices = ['/api/records/cases/{id}/names', '/api/records/cases/{id}/ages', '/api/audit/accesses/{id}'].map(
    (path): Kind => ({
      ...{ name: `what services alone are told at ${path}`, path, id: open.id, parts: {}, by: ['kit'], within: [] },
    }),
  );
  return [...made.flat(), ...ofServices].map((kind) => ({
    ...kind,
    ...(restricted[kind.name] ? { restrictedId: restricted[kind.name] } : {}),
  }));
}

/** Opens a case to its lead alone, so that no holder of a role is named in it. */
async function restrict(world: World, caseId: string): Promise<void> {
  const at = `${CASES}/${caseId}/restrictions`;
  const body = {
    ...{ kind: 'protected-person', named: [await staffId(world, 'amina')], reason: 'Open to one' },
    reviewOn: addDays(civilDate(new Date()), 30),
  };
  await post(world, 'amina', at, body, await versionAt(world, 'amina', at));
}
