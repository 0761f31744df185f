import type { TestApp } from '@concordat/testing';
import { org, staff } from '../assessments/told.testing';
import type { Conferring } from './conferring.testing';
import type { DecisionsStandIn } from './decisions.testing';
import { codes } from './stages.testing';

interface Decided {
  readonly itemId: string;
  readonly subject: string;
}

/**
 * By the date of birth on record somebody is under 18: a parent or guardian consents to their support, which another decision that the
 * members carried still stands against. While records does not answer, nothing is put on record.
 */
export async function consentChecked(
  at: Conferring,
  { decisions, itemId, subject }: Decided & { readonly decisions: DecisionsStandIn },
): Promise<void> {
  decisions.minors.set(subject, true);
  const by = (consentBy: string) => at.hear('amina', itemId, { decision: 'supported', consentBy }, 2);
  expect(codes(await by('subject'))).toEqual(['consent.minor']);
  expect((await by('parent-or-guardian')).body.code).toBe('vote.carried-other');
  decisions.down = true;
  expect((await by('parent-or-guardian')).status).toBe(503);
  decisions.down = false;
}

/** The record of a decision is a document of its own, for whoever may read the minutes: with the acts that it leaves. */
export async function recordRead(app: TestApp, at: Conferring, { itemId, subject }: Decided): Promise<void> {
  const path = `/agenda-items/${itemId}/decision-record`;
  expect((await at.get('idris', path)).body.record).toMatchObject({
    grounds: [{ evidence: 'What he said at school' }],
    quorum: { present: 4, home: { orgId: org('northbank-police'), present: true } },
    ...{ against: [org('eastvale-nhs')], abstained: [org('harbour-housing')] },
    ...{ chair: staff('amina'), record: 'The support plan' },
  });
  expect(await at.lastAct('meeting.read-minutes')).toMatchObject({ subjects: [subject] });
  expect((await at.get('bevan', path)).status).toBe(404); // a draft is of whoever leads
  const headers = { authorization: `Bearer ${await app.tokenFor('idris')}` };
  const file = await fetch(`${app.url}/api/risk${path}/file`, { headers });
  expect(file.headers.get('content-disposition')).toContain('decision-');
  expect(Buffer.from(await file.arrayBuffer()).toString('latin1', 0, 5)).toBe('%PDF-');
  expect((await at.lastAct('minutes-paper.download')).objects).toContainEqual(expect.objectContaining({ id: itemId }));
}
