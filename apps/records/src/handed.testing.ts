import { newId } from '@concordat/contracts';
import { type Caller, type TestApp } from '@concordat/testing';
import { opened, org, type PeersStandIn, staff, type Opening } from './opened.testing';

/** What a referral to somebody says, complete; `more` in the place of its parts. */
export const offerOf = (more: object = {}): Record<string, unknown> => ({
  recipient: staff('bevan'),
  reason: 'She has not been seen by a nurse since May.',
  purpose: 'health-care',
  legalBasis: 'public-task',
  urgency: 'soon',
  view: 'health',
  consent: { answer: 'given' },
  ...more,
});

const TAMSIN = {
  roles: ['subject'],
  name: { given: 'Tamsin', family: 'Ashgrove' },
  gp: 'The practice by the harbour',
  occupation: 'Baker',
  addresses: [
    { kind: 'home', lines: ['1 Invented Row'], postcode: 'ZZ99 9ZZ' },
    { kind: 'refuge', lines: ['Nowhere'], confidential: true },
  ],
};
const CORIN = { roles: ['alleged-perpetrator'], name: { given: 'Corin', family: 'Ashgrove' }, gp: 'Another practice' };

/** Case X of Amina's, which nobody but Northbank Council works on, unless said. */
export const caseX = (app: TestApp, referrals: PeersStandIn, opening: Opening = {}) =>
  opened(app, referrals, { participants: [org('northbank-council')], people: [TAMSIN, CORIN], ...opening });

/** Refers a case as somebody, from its version as it is. */
export const refer = (caller: Caller, caseId: string, more: object = {}, version = 1) =>
  caller.post(`/api/records/cases/${caseId}/onward-referrals`, offerOf(more), { version, key: newId() });

/** Takes a step of a referral, from its version as it is. */
export async function answer(caller: Caller, id: string, step: string, body: object = {}) {
  const path = `/api/records/onward-referrals/${id}`;
  const { body: seen } = await caller.get<{ version?: number }>(path);
  return caller.post(`${path}/${step}`, body, { version: seen?.version ?? 1 });
}

/** The codes of what was wrong with what was sent, by field. */
export const problemsOf = (body: { errors?: { field: string; code: string }[] }): string[] =>
  (body.errors ?? []).map((e) => `${e.field} ${e.code}`);
