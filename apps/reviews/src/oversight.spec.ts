import { loadPacks, type ReviewKind } from '@concordat/packs';
import { join } from 'node:path';
import type { AuditCheck, AuditedAction, AuditedReview } from './audit-check';
import { auditChecks } from './audit-checks';
import { boardOf, keptOrder, placesOf, ranked, type BoardPlace, type BoardRow } from './board';
import type { DatedFact, Decision, ReviewDocument } from './review';
import type { ClockView } from './review-clocks';

const packs = loadPacks(join(__dirname, '../../../packs/england-wales'));
const kind = (code: string): ReviewKind => packs.reviewKind(code, '2026-06-01')!;
const DHR = kind('domestic-homicide-review');
const ASB = kind('asb-case-review');
const said = { by: 'jo', at: '2026-01-01T00:00:00.000Z' };
const fact = (code: string, date: string): DatedFact => ({
  ...{ code, date, party: null, approximate: false, reason: null },
  ...said,
});
const decision = (more: Partial<Decision> = {}): Decision => ({
  ...{ number: 1, round: 1, outcome: 'NO_REVIEW', legalBasis: 'DVCVA_s9', decidedOn: '2025-06-02' },
  ...{ decider: '', deciderRole: '', rationale: '', conflicts: '', alternatives: null, dissent: null },
  ...{ consulted: [], supersedes: null, ...said },
  criteria: ['age', 'cause', 'by-whom', 'suicide'].map((code) => ({ code, answer: 'yes', evidence: '-' })),
  ...more,
});
const audited = (document: Partial<ReviewDocument> = {}, more: Partial<AuditedReview> = {}): AuditedReview => ({
  ...{ id: 'r', version: 1, reference: 'SR-1', ownerOrg: 'o', state: 'REFERRED', decisions: [], recommendations: [] },
  ...{ kind: { code: DHR.code, version: DHR.version, digest: DHR.digest }, actions: [], repeats: 0 },
  history: [{ version: 1, from: null, to: 'REFERRED', by: 'jo' }],
  document: {
    ...{ about: '', notifier: '', parties: [], round: 1, facts: [], notices: [], confirmations: [], pauses: [] },
    ...{ extensions: [], allowedDates: [] },
    ...document,
  },
  ...more,
});
const check = (code: string, review: AuditedReview, of = DHR, today = '2026-06-01'): AuditCheck =>
  auditChecks(of, review, today).find((c) => c.code === code)!;
const result = (...given: Parameters<typeof check>) => check(...given).result;
/** The review took these steps. */
const taken = (...states: string[]): AuditedReview['history'] =>
  states.map((to, i) => ({ version: i + 1, from: states[i - 1] ?? null, to, by: 'jo' }));

describe('checks of auditors (domain/statutory-reviews.md §12)', () => {
  it('say of a new review that hardly anything is called for yet, and never that it failed', () => {
    const checks = auditChecks(DHR, audited(), '2026-06-01');
    expect(new Set(checks.map(({ result }) => result))).toEqual(new Set(['not-yet', 'met', 'not-applicable']));
    expect(checks.filter(({ result }) => result === 'met').map(({ code }) => code)).toEqual(['history']);
  });

  it('count the days to the decision, and fail nobody by a limit that is not confirmed', () => {
    const late = audited(
      { facts: [fact('notice', '2025-01-30'), fact('aware', '2025-01-31'), fact('decision', '2025-06-02')] },
      { decisions: [decision()] },
    );
    const found = check('notice-to-decision', late);
    expect(found.result).toBe('to-judge');
    expect(found.evidence).toContainEqual({ text: '123 days', on: null });
    expect(found.evidence).toContainEqual({ text: 'DHR-1 (not confirmed): met late, due', on: '2025-02-28' });
    const confirmed = { ...DHR, clocks: DHR.clocks.map((c) => ({ ...c, force: 'guidance' as const })) };
    expect(result('notice-to-decision', late, confirmed)).toBe('not-met');
  });

  it('want every notice of the decision in force, for no as well as for yes, once a step was taken over it', () => {
    const notice = (code: string, number = 1) => ({
      ...{ code, decision: number, sentOn: '2025-06-03', how: null, receipt: null, reason: null, ...said },
    });
    const told = (notices: ReviewDocument['notices'], history = taken('REFERRED', 'SCREENING', 'DECIDED')) =>
      result('told', audited({ notices }, { decisions: [decision()], history }));
    expect(told([])).toBe('not-yet');
    expect(told([], taken('REFERRED', 'SCREENING', 'DECIDED', 'NOTIFIED'))).toBe('not-met');
    expect(told([notice('home-office'), notice('family')])).toBe('met');
    expect(told([notice('home-office', 2), notice('family', 2)])).toBe('not-yet');
  });

  it('want evidence for each criterion of each decision', () => {
    const of = (criteria: Decision['criteria']) =>
      result('criteria', audited({}, { decisions: [decision(), decision({ number: 2, criteria })] }));
    expect(of(decision().criteria)).toBe('met');
    expect(of(decision().criteria.slice(1))).toBe('not-met');
    expect(of(decision().criteria.map((c) => ({ ...c, evidence: '' })))).toBe('not-met');
  });

  it('tell who has not declared from who is missing, and find the specialist', () => {
    const member = (seat: string, conflict: boolean | null, role: 'chair' | 'member' = 'member') => ({
      ...{ id: seat, role, seat, orgId: null, userId: null, name: null, endedOn: null, ...said },
      declarations: conflict === null ? [] : [{ statement: '', conflict, ...said }],
    });
    const panel = [member('chair', false, 'chair'), member('specialist domestic abuse service', false)];
    expect(result('independence', audited({ panel }))).toBe('met');
    expect(result('specialist', audited({ panel }))).toBe('met');
    expect(result('independence', audited({ panel: [...panel, member('police', true)] }))).toBe('not-yet');
    const later = { history: taken('SET_UP', 'EVIDENCE') };
    expect(result('independence', audited({ panel: [...panel, member('police', null)] }, later))).toBe('not-met');
    expect(result('specialist', audited({ panel: [panel[0]!] }, later))).toBe('not-met');
    expect(result('specialist', audited({}), ASB)).toBe('not-applicable');
  });

  it('find what was agreed and made before a quality panel sent the review back', () => {
    const meetings = ['draft', 'panel-signed'].map((code) => ({
      ...{
        id: code,
        round: 1,
        on: '2026-01-01',
        present: [],
        agreed: [code],
        terms: 1,
        lacked: [],
        minute: '',
        ...said,
      },
    }));
    const asked = { ...{ id: 'm', round: 1, orgId: 'o', from: '2025-01-01', to: '2025-12-31' }, ...said };
    const more = {
      ...{ round: 2, meetings, terms: [{ number: 1, text: '', ...said }] },
      managementReviews: [{ ...asked, askedOn: '2026-01-01', dueOn: '2026-02-01' }],
      managementSteps: [{ review: 'm', move: 'waive' as const, orgId: null, reason: 'x', ...said }],
    };
    const history = { history: taken('EVIDENCE', 'DRAFTING') };
    expect(result('quorum', audited(more, history))).toBe('met');
    expect(result('management-reviews', audited(more, history))).toBe('met');
    const open = audited({ ...more, managementSteps: [], meetings: [] }, history);
    expect([result('management-reviews', open), result('quorum', open)]).toEqual(['not-met', 'not-yet']);
  });

  it('name every date that was agreed late, by how many days', () => {
    const extension = (agreedOn: string) => ({
      ...{ clock: 'DHR-2', party: null, old: '2025-12-02', new: '2026-03-31', reason: '', approvers: [], agreedOn },
      ...said,
    });
    expect(result('extensions', audited())).toBe('not-applicable');
    expect(result('extensions', audited({ extensions: [extension('2025-12-02')] }))).toBe('met');
    const late = check('extensions', audited({ extensions: [extension('2025-12-02'), extension('2025-12-05')] }));
    expect(late.result).toBe('not-met');
    expect(late.evidence[1]!.text).toContain('3 days late');
  });

  it('compare the end of a pause with the day of what ended it; one that is not known is for a person to judge', () => {
    const pause = (to: string | null, endedOn: string | null, reason: 'criminal' | 'family' = 'criminal') => ({
      ...{ id: 'p', reason, askedBy: '', agreedBy: '', from: '2025-08-01', reviewOn: '2025-12-01', ending: null },
      ...{ to, endedOn, ...said },
    });
    const of = (...pauses: ReviewDocument['pauses']) => result('pauses', audited({ pauses }), DHR, '2025-11-30');
    expect(of(pause('2025-11-20', '2025-11-19'))).toBe('met');
    expect(of(pause('2025-11-20', '2025-11-21'))).toBe('not-met');
    expect(of(pause('2025-11-20', null))).toBe('to-judge');
    expect(of(pause(null, null))).toBe('not-yet');
    expect(result('pauses', audited({ pauses: [pause(null, null)] }), DHR, '2025-12-01')).toBe('not-met');
    expect(of(pause(null, null, 'family'))).toBe('not-applicable');
    expect(of(pause('2025-11-20', '2025-11-19'), pause('2025-11-20', '2025-11-21'))).toBe('not-met');
  });

  it('want each point of each quality letter answered, and central bodies to have their copies', () => {
    const letters = [
      { number: 1, round: 1, receivedOn: '2026-01-01', verdict: 'publish' as const, points: ['-', '-'], ...said },
    ];
    const answer = (point: number) => ({
      ...{ letter: 1, point, done: true, response: '', location: null, reason: null, on: '2026-01-02', ...said },
    });
    expect(result('quality', audited({ letters, qualityAnswers: [answer(1)] }))).toBe('not-yet');
    expect(result('quality', audited({ letters, qualityAnswers: [answer(1), answer(2)] }))).toBe('met');
    const copy = (code: string) => ({ code, sentOn: '2026-01-01', how: null, receipt: '', ...said });
    expect(result('copies', audited({ copies: [copy('home-office')] }))).toBe('not-yet');
    expect(result('copies', audited({ copies: [copy('home-office'), copy('commissioner')] }))).toBe('met');
  });

  it('fail what is withheld past the day on which it was to be looked at again', () => {
    const publications = [
      {
        ...{
          number: 1,
          decision: 'withheld' as const,
          reasons: ['safety' as const],
          text: '',
          heldBack: '',
          learning: '',
        },
        ...{ reviewOn: '2026-05-01', decider: '', decidedOn: '2026-01-01', ...said },
      },
    ];
    expect(result('publication', audited({ publications }), DHR, '2026-04-30')).toBe('met');
    expect(result('publication', audited({ publications }), DHR, '2026-05-01')).toBe('not-met');
  });

  it('believe no action that nobody else has looked at, nor a history with a line missing', () => {
    const action = (more: Partial<AuditedAction>): AuditedAction => ({
      ...{ name: 'R1.1', state: 'VERIFIED', leadId: 'bevan', claims: [{ by: 'bevan', evidence: true }] },
      ...{ checks: [{ by: 'jo', verified: true }], ...more },
    });
    const of = (more: Partial<AuditedAction>) => result('actions', audited({}, { actions: [action(more)] }));
    expect(of({})).toBe('met');
    expect(of({ state: 'CLAIMED_DONE' })).toBe('not-yet');
    expect(of({ claims: [{ by: 'bevan', evidence: false }] })).toBe('not-met');
    expect(of({ checks: [{ by: 'bevan', verified: true }] })).toBe('not-met');
    expect(of({ checks: [] })).toBe('not-met');
    expect(result('history', audited({}, { version: 2 }))).toBe('not-met');
  });

  it('follow an appeal by its own clock', () => {
    const local = kind('northbank-asb-case-review');
    expect(result('appeals', audited(), local)).toBe('not-applicable');
    const appealed = audited({ facts: [fact('appeal', '2026-01-05')] });
    expect(result('appeals', appealed, local, '2026-01-06')).toBe('not-yet');
    expect(result('appeals', appealed, local, '2026-06-01')).toBe('not-met');
    const decided = audited({ facts: [fact('appeal', '2026-01-05'), fact('appeal-decided', '2026-01-08')] });
    expect(result('appeals', decided, local)).toBe('met');
  });
});

describe('the board', () => {
  const row = (reference: string, more: Partial<BoardRow> = {}): BoardRow => ({
    ...{ id: reference, version: 1, reference, ownerOrg: 'o', state: 'EVIDENCE', stateTitle: 'Evidence' },
    ...{ kind: { code: 'dhr', version: 1, label: 'DHR' }, duty: null, overdue: 0, unanchored: 0, pauses: [] },
    next: { to: 'DRAFTING', title: 'Drafting', missing: ['x'] },
    ...more,
  });
  const duty = (latest: string | null, daysUsed: number | null = null, daysAllowed: number | null = null) =>
    ({ due: latest && { earliest: latest, latest }, daysUsed, daysAllowed }) as ClockView;
  const order = (...given: Parameters<typeof boardOf>) => boardOf(...given).map(({ reference }) => reference);
  const rows = [
    row('SR-1', { next: null }),
    row('SR-2', { duty: duty(null) }),
    row('SR-3', { duty: duty('2026-05-01', 50, 100) }),
    row('SR-4', { duty: duty('2026-02-01', 10, 100), overdue: 1, next: { to: 'X', title: 'X', missing: [] } }),
    row('SR-5', { state: 'DECIDED', stateTitle: 'Decided' }),
  ];

  it('puts first what is due first, then what is due as soon as possible, then what has no duty; ended only when asked', () => {
    expect(order(rows, {})).toEqual(['SR-4', 'SR-3', 'SR-2', 'SR-5']);
    expect(order(rows, { sort: '-due' })).toEqual(['SR-5', 'SR-2', 'SR-3', 'SR-4']);
    expect(order(rows, { only: 'ended' })).toEqual(['SR-1']);
  });

  it('sorts by time used of the original, by what is missing, by state and by reference', () => {
    expect(order(rows, { sort: '-used' })).toEqual(['SR-3', 'SR-4', 'SR-2', 'SR-5']);
    expect(order(rows, { sort: 'missing' })[0]).toBe('SR-4');
    expect(order(rows, { sort: 'state' })[0]).toBe('SR-5');
    expect(order(rows, { sort: '-reference' })).toEqual(['SR-5', 'SR-4', 'SR-3', 'SR-2']);
  });

  it('narrows by kind, state and what is wrong', () => {
    expect(order(rows, { only: 'overdue' })).toEqual(['SR-4']);
    expect(order(rows, { only: 'ready' })).toEqual(['SR-4']);
    expect(order(rows, { state: 'DECIDED' })).toEqual(['SR-5']);
    expect(order(rows, { kind: 'other' })).toEqual([]);
    const paused = row('SR-6', {
      pauses: [{ reason: 'criminal', title: 'x', from: '2026-01-01', reviewOn: '2026-02-01', lookAgain: true }],
    });
    expect(order([...rows, paused], { only: 'look-again' })).toEqual(['SR-6']);
  });

  it('leaves to the database what does not move with the day, by the places where reviews stand', () => {
    const place = (state: string, label: string, ended = false): BoardPlace => ({
      ...{ kind: { code: label.toLowerCase(), version: 1, label }, state, stateTitle: `In ${state}`, ended },
    });
    const places = [place('B', 'DHR'), place('A', 'SAR'), place('A', 'DHR'), place('Z', 'DHR', true)];
    const names = (found: readonly BoardPlace[]) => found.map(({ kind, state }) => `${kind.label} ${state}`);
    expect(names(placesOf(places, {}))).toEqual(['DHR B', 'SAR A', 'DHR A']);
    expect(names(placesOf(places, { only: 'ended' }))).toEqual(['DHR Z']);
    expect(names(placesOf(places, { kind: 'dhr', state: 'A', only: 'paused' }))).toEqual(['DHR A']);
    expect(ranked(placesOf(places, {}), false).map(({ rank }) => rank)).toEqual([2, 1, 0]);
    expect(keptOrder({ sort: '-state' })).toEqual({ by: 'state', descending: true });
    expect(keptOrder({ only: 'ended' })).toEqual({ by: 'reference', descending: true });
    expect(keptOrder({ only: 'look-again', sort: 'reference' })).toEqual({ by: 'reference', descending: false });
    expect([keptOrder({}), keptOrder({ sort: 'used' }), keptOrder({ sort: 'state', only: 'ready' })]).toEqual([
      ...[undefined, undefined, undefined],
    ]);
  });
});
