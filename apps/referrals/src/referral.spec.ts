import {
  IllegalTransition,
  Invalid,
  referralStatuses,
  type ReferralStatus,
  type TriageDecision,
} from '@concordat/contracts';
import * as fc from 'fast-check';
import { differing, type Entry } from './history';
import * as referral from './referral';
import type { Referral, Step } from './referral';

const doing = { by: 'amina', at: new Date('2026-11-24T10:00:00Z') };
const fresh: Referral = {
  id: 'r',
  version: 1,
  referredBy: 'hana',
  referringOrg: 'housing',
  receivedAt: new Date('2026-11-24T09:00:00Z'),
  discardedAt: null,
  entries: [],
};
const stamp = { dueAt: '2026-11-24T13:00:00.000Z', scheme: 'northbank', rule: 'northbank.red@1', pack: 'ew@1' };

/** Every step that triage knows, as somebody might ask for it. */
const STEPS: Partial<Record<Step, (r: Referral, n: number) => Entry | null>> = {
  rate: (r, n) => referral.rate(r, { colour: `c${n}`, rationale: 'why' }, stamp, doing),
  assign: (r, n) => referral.assign(r, n % 2 ? `u${n}` : null, doing),
  note: (r, n) => referral.note(r, { id: `n${n}`, text: 'seen' }, doing),
  'request-information': (r) => referral.requestInformation(r, { question: 'Who?' }, doing),
  'return-information': (r) => referral.returnInformation(r, 'Her sister', doing),
  decide: (r, n) => referral.decide(r, { outcome: DECISIONS[n % DECISIONS.length]!, pack: 'ew@1' }, doing),
  'give-feedback': (r) => referral.giveFeedback(r, 'Thank you', doing),
  reopen: (r) => referral.reopen(r, { reason: 'new-information', rationale: 'She rang', dueAt: null }, doing),
  withdraw: (r) => referral.withdraw(r, { reason: 'made-in-error' }, doing),
};
const DECISIONS: readonly TriageDecision[] = [
  'accept',
  'redirect',
  'step-up',
  'step-down',
  'signpost',
  'no-further-action',
];
const steps = Object.keys(STEPS) as Step[];

/** take makes the step, or says why not. */
function take(r: Referral, step: Step, n = 1): Referral {
  const entry = STEPS[step]!(r, n);
  return entry ? referral.evolve(r, entry) : r;
}

/** A referral in each state, by the steps that lead there. */
const ways: Readonly<Record<ReferralStatus, readonly (readonly [Step, number?])[] | null>> = {
  draft: null,
  discarded: null,
  received: [],
  rated: [['rate']],
  'information-requested': [['rate'], ['request-information']],
  returned: [['rate'], ['request-information'], ['return-information']],
  accepted: [['rate'], ['decide', 0]],
  redirected: [['rate'], ['decide', 1]],
  'stepped-up': [['rate'], ['decide', 2]],
  'stepped-down': [['rate'], ['decide', 3]],
  signposted: [['rate'], ['decide', 4]],
  'no-further-action': [['rate'], ['decide', 5]],
  reopened: [['rate'], ['decide', 5], ['reopen']],
  withdrawn: [['rate'], ['withdraw']],
};
function inState(status: ReferralStatus): Referral {
  if (status === 'draft') return { ...fresh, receivedAt: null };
  if (status === 'discarded') return { ...fresh, receivedAt: null, discardedAt: doing.at };
  return ways[status]!.reduce((r, [step, n]) => take(r, step, n), fresh);
}

/** The table that a person would draw: what may be done in each state. */
const OPEN = ['rate', 'assign', 'note', 'withdraw'];
const DECIDED = ['note', 'give-feedback'];
const ALLOWED: Readonly<Record<ReferralStatus, readonly string[]>> = {
  draft: [],
  discarded: [],
  received: OPEN,
  rated: [...OPEN, 'request-information', 'decide'],
  'information-requested': [...OPEN, 'return-information'],
  returned: [...OPEN, 'request-information', 'decide'],
  accepted: DECIDED,
  redirected: [...DECIDED, 'reopen'],
  'stepped-up': [...DECIDED, 'reopen'],
  'stepped-down': [...DECIDED, 'reopen'],
  signposted: [...DECIDED, 'reopen'],
  'no-further-action': [...DECIDED, 'reopen'],
  reopened: OPEN,
  withdrawn: [],
};

describe('a referral', () => {
  it.each(referralStatuses)('%s: allows the steps that it should, and refuses every other with its state', (status) => {
    const r = inState(status);
    expect(referral.statusOf(r)).toBe(status);
    for (const step of steps) {
      const before = JSON.stringify(r);
      if (ALLOWED[status].includes(step)) {
        expect(() => take(r, step, 3)).not.toThrow();
        expect(referral.mayTake(r, step)).toBe(true);
      } else {
        expect(referral.mayTake(r, step)).toBe(false);
        expect(() => take(r, step, 3)).toThrow(
          expect.objectContaining({ code: 'referral.step-not-open', details: { state: status } }) as Error,
        );
      }
      expect(JSON.stringify(r)).toBe(before); // nothing changes underfoot
    }
  });

  it('keeps its promises whatever is asked, in whatever order', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...steps), fc.nat(20)), { maxLength: 40 }), (asked) => {
        let r = fresh;
        for (const [step, n] of asked) {
          const status = referral.statusOf(r);
          let next: Referral;
          try {
            next = take(r, step, n);
          } catch (error) {
            expect(error).toBeInstanceOf(IllegalTransition);
            expect((error as IllegalTransition).details.state).toBe(status);
            expect(referral.OPEN_IN[step]).not.toContain(status);
            continue;
          }
          expect(referral.OPEN_IN[step]).toContain(status);
          expect(next.entries.slice(0, r.entries.length)).toEqual(r.entries); // appended, never changed
          expect(next.version).toBe(next === r ? r.version : r.version + 1);
          expect(next.entries.length).toBe(next.version - 1);
          expect(referralStatuses).toContain(referral.statusOf(next));
          r = next;
        }
      }),
      { numRuns: 500 },
    );
  });

  it('has the status of the first fact that matches (TRI-1 to TRI-14, in our terms)', () => {
    const after = (...way: (readonly [Step, number?])[]) =>
      referral.statusOf(way.reduce((r, [s, n]) => take(r, s, n), fresh));
    expect(after(['rate'], ['request-information'], ['rate', 2])).toBe('information-requested');
    expect(after(['rate'], ['request-information'], ['return-information'], ['rate', 2])).toBe('rated');
    expect(after(['rate'], ['request-information'], ['return-information'], ['request-information'])).toBe(
      'information-requested',
    );
    expect(after(['rate'], ['decide', 5], ['reopen'], ['assign'])).toBe('reopened');
    expect(after(['rate'], ['decide', 5], ['reopen'], ['rate'])).toBe('rated');
    expect(after(['rate'], ['decide', 5], ['note'], ['give-feedback'])).toBe('no-further-action');
    expect(after(['note'], ['assign'])).toBe('received');
  });

  it('changes its colour only with a rationale, and keeps both (TRI-15, TRI-16)', () => {
    const red = take(fresh, 'rate', 1);
    expect(() => referral.rate(red, { colour: 'c2' }, stamp, doing)).toThrow(Invalid);
    const amber = referral.evolve(red, referral.rate(red, { colour: 'c2', rationale: 'Calmer' }, stamp, doing)!);
    expect(amber.entries).toMatchObject([
      { colour: 'c1' },
      { colour: 'c2', previous: 'c1', rationale: 'Calmer', pack: 'ew@1' },
    ]);
    expect(referral.rate(amber, { colour: 'c2' }, stamp, doing)).toBeNull();
  });

  it('is rated anew after it was reopened, in the same colour too', () => {
    const reopened = inState('reopened');
    expect(referral.rate(reopened, { colour: 'c1' }, stamp, doing)).toMatchObject({ what: 'rated', previous: 'c1' });
    expect(() => referral.rate(reopened, { colour: 'c2' }, stamp, doing)).toThrow(Invalid);
  });

  it('is not assigned twice to the same person', () => {
    const mine = take(fresh, 'assign', 1);
    expect(referral.assign(mine, 'u1', doing)).toBeNull();
    expect(referral.assign(mine, null, doing)).toMatchObject({ from: 'u1', to: null });
    expect(referral.assign(fresh, null, doing)).toBeNull();
  });

  it('names the fields that changed since a version, and none for a clock that passed', () => {
    const r = [['rate'], ['note'], ['assign']].reduce((x, [s]) => take(x, s as Step), fresh);
    expect(differing(r.entries, 1)).toEqual(['status', 'colour', 'dueAt', 'ratings', 'notes', 'assignedTo']);
    expect(differing(r.entries, 3)).toEqual(['assignedTo']);
    const late = referral.evolve(r, referral.passClock(r, { colour: 'c1', dueAt: stamp.dueAt }, doing));
    expect(late.version).toBe(r.version);
    expect(differing(late.entries, r.version)).toEqual([]);
    expect(referral.statusOf(late)).toBe('rated');
  });
});
