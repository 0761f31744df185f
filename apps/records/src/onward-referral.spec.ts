import { onwardStates } from '@concordat/contracts';
import {
  consentProblems,
  isOpen,
  mayTake,
  respondBy,
  shownTo,
  take,
  type OnwardReferral,
  type Side,
  type Step,
} from './onward-referral';

const at = new Date('2026-11-28T10:00:00Z');
const offered: OnwardReferral = {
  ...{ id: 'r', version: 1, state: 'offered', caseId: 'x', reference: 'C-1', fromOrg: 'a', fromId: 'amina' },
  ...{ toOrg: 'b', toId: 'bevan', outsideBody: null, urgency: 'soon', reason: 'Because.', purpose: 'support' },
  ...{
    permit: null,
    legalBasis: 'public-task',
    view: 'reach',
    items: ['name'],
    people: ['p'],
    actionId: null,
    consent: { answer: 'given' },
  },
  ...{ pack: 'p@1', offeredAt: at, respondBy: at, answeredAt: null, answeredBy: null, answerReason: null },
  ...{ endedAt: null, endedBy: null, endNote: null },
};
const steps: readonly Step[] = ['accept', 'decline', 'withdraw', 'complete', 'expire'];

describe('a referral between agencies', () => {
  it('takes each step in the states in which it is open, and in no other', () => {
    const open = Object.fromEntries(steps.map((step) => [step, onwardStates.filter((state) => isOpen(step, state))]));
    expect(open).toEqual({
      accept: ['offered'],
      decline: ['offered'],
      withdraw: ['offered', 'accepted'],
      complete: ['accepted'],
      expire: ['offered'],
    });
    for (const step of steps)
      for (const state of onwardStates.filter((s) => !isOpen(step, s)))
        expect(() => take({ ...offered, state }, step, { by: 'x', at })).toThrow(
          expect.objectContaining({ code: 'referral.not-open', details: { state } }),
        );
  });

  it('lets each side take its own steps', () => {
    const may = (side: Side, state: OnwardReferral['state']) => steps.filter((step) => mayTake(step, side, state));
    expect(may('sender', 'offered')).toEqual(['withdraw']);
    expect(may('recipient', 'offered')).toEqual(['accept', 'decline', 'complete']);
    expect(may('recipient', 'accepted')).toContain('withdraw');
  });

  it('keeps who answered and who ended apart', () => {
    const accepted = take(offered, 'accept', { by: 'carys', at });
    const done = take(accepted, 'complete', { by: 'bevan', at, note: 'Seen.' });
    expect(done).toMatchObject({
      state: 'completed',
      version: 3,
      answeredBy: 'carys',
      endedBy: 'bevan',
      endNote: 'Seen.',
    });
  });

  it('shows an ended one to its recipient as a header only', () => {
    expect(shownTo('recipient', offered)).toMatchObject({ reason: 'Because.', people: 1 });
    expect(shownTo('recipient', offered)).not.toHaveProperty('consent');
    const ended = take(offered, 'decline', { by: 'bevan', at, note: 'Full.' });
    for (const hidden of ['reason', 'reference', 'caseId', 'answerReason', 'items'])
      expect(shownTo('recipient', ended)).not.toHaveProperty(hidden);
    expect(shownTo('sender', ended)).toMatchObject({ reason: 'Because.', answerReason: 'Full.', caseId: 'x' });
  });

  it.each([
    [undefined, ['consent']],
    [{}, ['consent']],
    [{ answer: 'given' }, []],
    [{ answer: 'refused' }, ['consent.ground', 'consent.reason']],
    [{ answer: 'not-asked', ground: 'life', reason: ' ' }, ['consent.reason']],
    [{ answer: 'refused', ground: 'life', reason: 'Her life is at risk.' }, []],
  ] as const)('consent %j lacks %j', (consent, fields) => {
    expect(consentProblems(consent).map((p) => p.field)).toEqual(fields);
  });

  it('is to be answered within its days', () => {
    expect(respondBy(at, 3).toISOString()).toBe('2026-12-01T10:00:00.000Z');
  });
});
