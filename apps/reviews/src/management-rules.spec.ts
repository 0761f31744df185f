import { loadPacks } from '@concordat/packs';
import fc from 'fast-check';
import { join } from 'node:path';
import { managementMoveCodes, type ManagementMove } from '@concordat/contracts';
import { missingFor } from './lifecycle';
import type { ManagementReview, ManagementStep, Submission } from './management-review';
import {
  acceptLacks,
  demandMove,
  managementLacks,
  managementMovesOf,
  managementStanding,
  managementState,
  submissionProblems,
} from './management-rules';
import type { ReviewDocument, ReviewRecord } from './review';

const DHR = loadPacks(join(__dirname, '../../../packs/england-wales')).reviewKind(
  'domestic-homicide-review',
  '2026-06-01',
)!;
const said = { by: 'jo', at: '2026-02-01T12:00:00.000Z' };
const asked = (id = 'm'): ManagementReview => ({
  ...{ id, round: 1, orgId: 'nhs', from: '2020-01-01', to: '2025-01-31', askedOn: '2026-01-01', dueOn: '2026-02-10' },
  ...said,
});
const step = (move: ManagementMove, more: Partial<ManagementStep> = {}): ManagementStep => ({
  ...{ review: 'm', move, orgId: 'nhs', reason: null, ...said, ...more },
});
const submission = (more: Partial<Submission> = {}): Submission => ({
  ...{ author: 'A nurse', independent: true, signer: 'A director', signedOn: '2026-02-01', records: 'All' },
  ...{ from: '2020-01-01', to: '2025-01-31', staffSeen: 0, clearance: null, terms: 1, goodPractice: true },
  ...{ recommendations: 2, ...more },
});
const document = (more: Partial<ReviewDocument> = {}): ReviewDocument => ({
  ...{ about: 'x', notifier: 'x', parties: [], round: 1, facts: [], notices: [], confirmations: [], pauses: [] },
  ...{ extensions: [], allowedDates: [], terms: [{ number: 1, text: 'x', ...said }] },
  meetings: [
    { id: 'q', round: 1, on: '2026-01-01', present: [], agreed: ['terms'], terms: 1, lacked: [], minute: '', ...said },
  ],
  ...more,
});
const good = { analysis: true, smart: true };

describe('individual management reviews (domain/statutory-reviews.md §7)', () => {
  it('are accepted only when independent, for the whole period, by the terms approved, analysed and SMART', () => {
    expect(acceptLacks(asked(), submission(), good, document())).toEqual([]);
    const lacks = (more: Partial<Submission>, judged = good, of = document()) =>
      acceptLacks(asked(), submission(more), judged, of).length;
    expect(lacks({ independent: false })).toBe(1);
    expect(lacks({ from: '2020-01-02' })).toBe(1);
    expect(lacks({ to: '2025-01-30' })).toBe(1);
    expect(lacks({}, { analysis: false, smart: true })).toBe(1);
    expect(lacks({}, { analysis: false, smart: false })).toBe(2);
    // Terms that a quorate meeting approved later are not answered by it, nor are those that none has.
    const terms = [1, 2].map((number) => ({ number, text: 'x', ...said }));
    expect(lacks({}, good, document({ terms }))).toBe(0);
    const meetings = [{ ...document().meetings![0]!, terms: 2 }];
    expect(lacks({}, good, document({ terms, meetings }))).toBe(1);
    expect(lacks({}, good, document({ meetings: [{ ...meetings[0]!, terms: 1, lacked: ['nobody'] }] }))).toBe(1);
  });

  it('are signed by somebody else than their author, and staff are seen under a criminal pause with clearance only', () => {
    const codes = (more: Partial<Submission>, of = document()) =>
      submissionProblems(submission(more), of, '2026-02-01').map(({ field }) => field);
    expect(codes({})).toEqual([]);
    expect(codes({ signer: ' a NURSE' })).toEqual(['signer']);
    expect(codes({ signedOn: '2026-02-02' })).toEqual(['signedOn']);
    expect(codes({ to: '2019-01-01' })).toEqual(['to']);
    expect(codes({ terms: 2 })).toEqual(['terms']);
    const pause = { id: 'p', reason: 'criminal' as const, askedBy: '', agreedBy: '', from: '2026-01-01', reviewOn: '' };
    const paused = document({ pauses: [{ ...pause, to: null, ending: null, ...said }] });
    expect(codes({ staffSeen: 3 }, paused)).toEqual(['clearance']);
    expect(codes({ staffSeen: 3, clearance: 'The officer, in writing' }, paused)).toEqual([]);
    expect(codes({ staffSeen: 0 }, paused)).toEqual([]);
    expect(
      codes({ staffSeen: 3 }, document({ pauses: [{ ...pause, to: '2026-01-20', ending: 'x', ...said }] })),
    ).toEqual([]);
  });

  it('take no move but those that are open, whatever was done before', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...managementMoveCodes), { maxLength: 12 }), (moves) => {
        let steps: ManagementStep[] = [];
        for (const move of moves) {
          const open = managementMovesOf(managementState(steps)).includes(move);
          if (open) steps = [...steps, step(move)];
          else expect(() => demandMove(managementState(steps), move)).toThrow('as it stands now');
        }
        // None is accepted that was not submitted after whatever returned it; nothing follows an end.
        const accepted = steps.findIndex(({ move }) => move === 'accept');
        if (accepted >= 0) {
          expect(steps[accepted - 1]!.move).toBe('submit');
          expect(accepted).toBe(steps.length - 1);
        }
        expect(steps.findIndex(({ move }) => move === 'waive')).toBeLessThanOrEqual(
          steps.some(({ move }) => move === 'waive') ? steps.length - 1 : -1,
        );
      }),
    );
  });

  it('hold up drafting until each has come to an end; that none is made a second person confirms', () => {
    const way = DHR.transitions.find((t) => t.to === 'DRAFTING' && t.from === 'EVIDENCE')!;
    const frozen = { number: 1, round: 1, items: 1, changes: 0, digest: '', ...said };
    const lacks = (more: Partial<ReviewDocument>, who = 'jo') => {
      const review: ReviewRecord = {
        ...{ id: 'r', version: 1, reference: 'SR-1', ownerOrg: 'o', state: 'EVIDENCE', decisions: [] },
        ...{ recommendations: [], kind: { code: DHR.code, version: DHR.version, digest: '' } },
        document: document({ ...more, chronologies: [frozen] }),
      };
      return missingFor(DHR, review, way, who).map(({ code }) => code);
    };
    const confirmations = ['imrs'].map((guard) => ({ guard, round: 1, evidence: 'x', ...said }));
    expect(lacks({})).toEqual(['imrs']);
    expect(lacks({ confirmations })).toEqual(['imrs']);
    expect(lacks({ confirmations }, 'gwen')).toEqual([]);
    const managementReviews = [asked('m'), asked('n')];
    expect(lacks({ confirmations, managementReviews }, 'gwen')).toEqual(['imrs']);
    const ended = [step('waive'), step('refuse', { review: 'n' })];
    expect(managementLacks(document({ managementReviews, managementSteps: ended }))).toEqual({ asked: 2, open: 1 });
    const escalated = [...ended, step('escalate', { review: 'n' })];
    expect(lacks({ confirmations, managementReviews, managementSteps: escalated })).toEqual([]);
  });

  it('stay late when they came late', () => {
    const on = (at: string) => ({ managementSteps: [step('submit', { at, submission: submission() })] });
    const late = (more: Partial<ReviewDocument>, today: string) =>
      managementStanding(document(more), asked(), today).late;
    expect(late({}, '2026-02-10')).toBe(false);
    expect(late({}, '2026-02-11')).toBe(true);
    expect(late(on('2026-02-10T12:00:00.000Z'), '2026-06-01')).toBe(false);
    expect(late(on('2026-02-11T12:00:00.000Z'), '2026-06-01')).toBe(true);
    expect(late({ managementSteps: [step('waive')] }, '2026-06-01')).toBe(false);
  });
});
