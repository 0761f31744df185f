import type { ReviewActionState } from '@concordat/contracts';
import { loadPacks, type ReviewKind } from '@concordat/packs';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkDates, openDateErrors } from './date-checks';
import { dateGivenBy, problemsOf } from './decision-rules';
import { demandMove, movingLacks } from './kind-moving';
import { isConfirmed, missingFor, nextWay, takeStep, waysFrom } from './lifecycle';
import { clocksOf, nextDuty, toldOf } from './review-clocks';
import type { DatedFact, Decision, ReviewDocument, ReviewRecord } from './review';

const packs = loadPacks(join(__dirname, '../../../packs/england-wales'));
const kind = (code: string): ReviewKind => packs.reviewKind(code, '2026-06-01')!;
const DHR = kind('domestic-homicide-review');
const OWHR = kind('offensive-weapons-homicide-review');
const said = { by: 'jo', at: '2026-01-01T00:00:00.000Z' };
const fact = (code: string, date: string, party: string | null = null): DatedFact => ({
  ...{ code, date, party, approximate: false, reason: null },
  ...said,
});
const document = (more: Partial<ReviewDocument> = {}): ReviewDocument => ({
  ...{ about: 'x', notifier: 'x', parties: [], round: 1, facts: [], notices: [], confirmations: [], pauses: [] },
  ...{ extensions: [], allowedDates: [], ...more },
});
const decision = (more: Partial<Decision> = {}): Decision => ({
  ...{
    number: 1,
    round: 1,
    outcome: 'REVIEW',
    legalBasis: 'DVCVA_s9',
    decider: 'x',
    deciderRole: 'x',
    supersedes: null,
  },
  ...{ decidedOn: '2025-06-02', alternatives: null, dissent: null, rationale: 'x', conflicts: 'None', ...said },
  criteria: ['age', 'cause', 'by-whom', 'suicide'].map((code) => ({ code, answer: 'yes', evidence: 'x' })),
  consulted: ['section-9-bodies', 'specialists'].map((code) => ({ code, who: 'x', view: 'Agree', noReply: false })),
  ...more,
});
const review = (state: string, more: Partial<ReviewDocument> = {}, decisions: Decision[] = []): ReviewRecord => ({
  ...{ id: 'r', version: 1, reference: 'SR-1', ownerOrg: 'o', state, decisions, document: document(more) },
  recommendations: [],
  kind: { code: DHR.code, version: 1, digest: DHR.digest },
});
const confirmed = (guard: string, by = 'jo', round = 1) => ({ guard, round, evidence: 'x', ...said, by });
const lacks = (of: ReviewKind, r: ReviewRecord, to: string, who = 'jo'): string[] =>
  missingFor(
    of,
    r,
    of.transitions.find((t) => t.from === r.state && t.to === to)!,
    who,
  ).map((m) => m.code);

describe('guards (domain/statutory-reviews.md §2)', () => {
  it('ask that the report says who did not answer, where somebody did not', () => {
    const scoping = [{ id: 's', round: 1, orgId: 'fire', askedOn: '2026-01-01', dueOn: '2026-01-10', ...said }];
    const returns = [{ requestId: 's', answer: 'nil' as const, on: '2026-02-01', text: null, ...said }];
    const told = (more: Partial<ReviewDocument>) =>
      lacks(DHR, review('READING', more), 'SIGN_OFF').includes('silence-told');
    expect([told({}), told({ scoping }), told({ scoping, returns })]).toEqual([false, true, false]);
    expect(told({ scoping, confirmations: [confirmed('silence-told')] })).toBe(false);
    const guard = DHR.guards.find(({ code }) => code === 'silence-told')!;
    expect([isConfirmed(guard, review('READING', { scoping })), isConfirmed(guard, review('READING'))]).toEqual([
      true,
      false,
    ]);
  });

  it('name everything that a step lacks, and let it through when nothing is', () => {
    expect(lacks(DHR, review('REFERRED'), 'SCREENING')).toEqual(['tested', 'scoped']);
    const tested = {
      kindTests: [{ number: 1, nation: 'england' as const, answers: [], findings: [], ...said }],
      scoping: [{ id: 's', round: 1, orgId: 'police', askedOn: '2026-01-01', dueOn: '2026-01-10', ...said }],
      returns: [{ requestId: 's', answer: 'nil' as const, on: '2026-01-02', text: null, ...said }],
    };
    expect(takeStep(DHR, review('REFERRED', tested), 'SCREENING', 'jo')).toEqual({
      ...{ state: 'SCREENING', round: 1, reason: false },
    });
    expect(() => takeStep(DHR, review('REFERRED'), 'SCREENING', 'jo')).toThrow(
      expect.objectContaining({ code: 'review.guards-missing', details: { reasons: ['tested', 'scoped'] } }),
    );
    expect(() => takeStep(DHR, review('REFERRED'), 'PUBLISHED', 'jo')).toThrow(
      expect.objectContaining({ code: 'review.step-not-open' }),
    );
  });

  it('a “no” is told as a “yes” is: every notice, each with a receipt or an allowed reason', () => {
    const no = decision({ outcome: 'NO_REVIEW' });
    expect(lacks(DHR, review('DECIDED', {}, [no]), 'NOTIFIED')).toEqual(['told']);
    const notice = (code: string, number = 1) => ({
      ...{ code, decision: number, sentOn: '2026-01-01', how: null, receipt: 'R', reason: null, ...said },
    });
    const told = { notices: [notice('home-office'), notice('family')] };
    expect(lacks(DHR, review('DECIDED', told, [no]), 'NOTIFIED')).toEqual([]);
    expect(lacks(DHR, review('NOTIFIED', told, [no]), 'NO_REVIEW')).toEqual([]);
    expect(lacks(DHR, review('NOTIFIED', told, [no]), 'SET_UP')).toEqual(['go']);
    // A decision that supersedes it is told anew.
    const yes = decision({ number: 2, supersedes: 1 });
    expect(lacks(DHR, review('NOTIFIED', told, [no, yes]), 'SET_UP')).toEqual(['told']);
  });

  it('the usual way is the one that the decision leads to', () => {
    const to = (outcome: string) => nextWay(waysFrom(DHR, review('NOTIFIED', {}, [decision({ outcome })]), 'jo'))?.to;
    expect([to('REVIEW'), to('NO_REVIEW'), to('OTHER_CSP')]).toEqual(['SET_UP', 'NO_REVIEW', 'TRANSFERRED']);
  });

  it('what begins again wants its confirmations and its decision anew', () => {
    const central = review('NO_REVIEW', { confirmations: [confirmed('central-asked')] }, [decision()]);
    const step = takeStep(DHR, central, 'SCREENING', 'jo');
    expect(step).toEqual({ state: 'SCREENING', round: 2, reason: true });
    expect(lacks(DHR, review('SCREENING', { round: 2 }, [decision()]), 'DECIDED')).toEqual(['decided']);
    expect(lacks(DHR, review('SCREENING', { round: 2 }, [decision({ round: 2 })]), 'DECIDED')).toEqual([]);
    expect(
      lacks(DHR, review('NO_REVIEW', { round: 2, confirmations: [confirmed('central-asked')] }), 'SCREENING'),
    ).toEqual(['central-asked']);
  });

  it('closing waits for every action of what was accepted, and names those that are not verified (§13.8)', () => {
    const one = (state: ReviewActionState) => ({
      ...{ number: 1, level: 'local' as const, response: 'accepted' as const, responded: false },
      actions: [{ number: 1, state }],
    });
    const closing = (state: ReviewActionState) =>
      missingFor(
        DHR,
        { ...review('PUBLISHED', { confirmations: [confirmed('actions', 'gwen')] }), recommendations: [one(state)] },
        DHR.transitions.find(({ to }) => to === 'CLOSED')!,
        'jo',
      ).map(({ text }) => text);
    expect(closing('VERIFIED')).toEqual([]);
    expect(closing('CLAIMED_DONE')).toEqual([expect.stringContaining('R1.1 (claimed done)')]);
  });

  it('the commissioning body signs off after a quorate meeting of the panel, and not before it', () => {
    const meeting = (on: string, lacked: string[] = []) => ({
      ...{ id: 'm', round: 1, on, present: [], agreed: ['panel-signed'], terms: null, lacked, minute: 'x', ...said },
    });
    const signing = (...meetings: ReturnType<typeof meeting>[]) =>
      lacks(DHR, review('SIGN_OFF', { facts: [fact('sign-off', '2026-03-02')], meetings }), 'CENTRAL_QA').filter(
        (code) => code === 'panel-signed' || code === 'signed' || code === 'dates',
      );
    expect(signing()).toEqual(['panel-signed']);
    expect(signing(meeting('2026-03-01', ['nobody was there']))).toEqual(['panel-signed']);
    expect(signing(meeting('2026-03-02'))).toEqual([]);
    expect(signing(meeting('2026-03-03'))).toEqual(['dates']);
    expect(lacks(DHR, review('SIGN_OFF', { meetings: [meeting('2026-03-02')] }), 'CENTRAL_QA')).toContain('signed');
  });

  it('what needs a second person is never confirmed by the one who takes the step', () => {
    const own = { confirmations: [confirmed('actions', 'jo')] };
    expect(lacks(DHR, review('PUBLISHED', own), 'CLOSED', 'jo')).toEqual(['actions']);
    expect(lacks(DHR, review('PUBLISHED', own), 'CLOSED', 'gwen')).toEqual([]);
  });

  it('nothing is published while a criminal or coroner’s pause runs', () => {
    const pause = {
      id: 'p',
      askedBy: 'x',
      agreedBy: 'x',
      from: '2026-01-01',
      reviewOn: '2026-02-01',
      ending: null,
      ...said,
    };
    const running = (reason: 'criminal' | 'coroner' | 'family', to: string | null) =>
      lacks(DHR, review('PUBLICATION_DECISION', { pauses: [{ ...pause, reason, to }] }), 'PUBLISHED');
    expect(running('criminal', null)).toContain('no-live-case');
    expect(running('coroner', null)).toContain('no-live-case');
    expect(running('criminal', '2026-01-20')).not.toContain('no-live-case');
    expect(running('family', null)).not.toContain('no-live-case');
    const read = (reason: 'criminal' | 'coroner') =>
      lacks(DHR, review('DRAFTING', { pauses: [{ ...pause, reason, to: null }] }), 'READING');
    expect([read('criminal'), read('coroner')]).toEqual([['draft', 'drafts-free'], ['draft']]);
  });

  it('a guard that the kind does not explain is never met', () => {
    const odd = { ...DHR, guards: [] };
    expect(lacks(odd, review('REFERRED'), 'SCREENING')).toEqual(['tested', 'scoped']);
  });
});

describe('date checks never correct', () => {
  const dates = (...facts: DatedFact[]) => checkDates(DHR, document({ facts }));

  it('dates out of order are an error, which stops every step until it is allowed with a reason', () => {
    const facts = [fact('death', '2026-02-01'), fact('aware', '2026-01-31')];
    expect(dates(...facts)).toEqual([expect.objectContaining({ level: 'error', earlier: 'death', later: 'aware' })]);
    expect(lacks(DHR, review('REFERRED', { facts }), 'SCREENING')).toContain('dates');
    const allowedDates = [{ earlier: 'death', later: 'aware', dates: '2026-02-01 2026-01-31', reason: 'x', ...said }];
    expect(openDateErrors(DHR, document({ facts, allowedDates }))).toEqual([]);
    // Another date needs another reason.
    const moved = [...facts, fact('aware', '2026-01-30')];
    expect(openDateErrors(DHR, document({ facts: moved, allowedDates }))).toHaveLength(1);
  });

  it('a date known to the month is a warning, and in order with a day of that month', () => {
    expect(dates(fact('death', '2026-02'), fact('aware', '2026-02-01'))).toEqual([
      expect.objectContaining({ level: 'warning', text: '“Death” is known to the month only' }),
    ]);
    expect(dates(fact('death', '2026-02'), fact('aware', '2026-01-31')).map((d) => d.level)).toContain('error');
  });

  it('a meeting on a weekend or a bank holiday is a warning', () => {
    expect(dates(fact('terms', '2026-02-01'))).toEqual([expect.objectContaining({ level: 'warning' })]);
    expect(dates(fact('terms', '2026-04-03'))).toHaveLength(1);
    expect(dates(fact('terms', '2026-02-02'), fact('decision', '2026-02-01'))).toEqual([]);
    expect(dates(fact('decision', '2026-02-01'))).toEqual([]);
  });
});

describe('decision records', () => {
  const problems = (more: Partial<Decision>) =>
    problemsOf(DHR, decision(more), '2026-06-01').map((p) => `${p.field} ${p.code}`);

  it('are complete or not kept', () => {
    expect(problems({})).toEqual([]);
    expect(problems({ criteria: decision().criteria.slice(1) })).toEqual(['criteria.age.answer required']);
    expect(problems({ criteria: decision().criteria.map((c) => ({ ...c, evidence: ' ' })) })).toHaveLength(4);
    const unknown = decision().criteria.map((c) => ({ ...c, answer: 'unknown' as const }));
    expect(problems({ criteria: unknown })).toEqual([]);
    expect(problems({ consulted: [] })).toHaveLength(2);
    expect(problems({ consulted: decision().consulted.map((c) => ({ ...c, view: null, noReply: true })) })).toEqual([]);
    expect(problems({ decidedOn: '2026-06-02' })).toEqual(['decidedOn in-future']);
    expect(problems({ outcome: 'MAYBE' })).toEqual(['outcome not-in-list']);
    expect(problems({ reviewOn: '2025-06-02' })).toEqual(['reviewOn too-early']);
    expect(problems({ consulted: decision().consulted.map((c) => ({ ...c, on: '2026-06-02' })) })).toEqual([
      ...['consulted.section-9-bodies.on in-future', 'consulted.specialists.on in-future'],
    ]);
  });

  it('give the date of the decision, unless they only put it off or nothing was tested', () => {
    expect(['REVIEW', 'NO_REVIEW', 'DEFER_INFO'].map((outcome) => dateGivenBy(DHR, outcome))).toEqual([
      ...['decision', 'decision', undefined],
    ]);
    expect(dateGivenBy(OWHR, 'UNDECIDED')).toBeUndefined();
    const asb = kind('asb-case-review');
    expect(['NOT_MET', 'WITHDRAWN'].map((outcome) => dateGivenBy(asb, outcome))).toEqual(['threshold', undefined]);
  });

  it('stand on no law that is not in force', () => {
    expect(problems({ legalBasis: 'DVCVA_s8A' })).toContain('legalBasis not-in-force');
  });
});

describe('clocks of a review', () => {
  it('OWHR (§13.2): each partner’s own month; UNDECIDED meets it and opens the next', () => {
    const parties = ['police', 'council', 'icb'];
    const facts = [
      ...[fact('aware', '2026-03-05', 'police'), fact('aware', '2026-03-12', 'council')],
      ...[fact('aware', '2026-03-31', 'icb'), fact('undecided-notice', '2026-04-04', 'police')],
    ];
    const clocks = clocksOf(OWHR, document({ parties, facts }), '2026-04-05');
    const of = (code: string) => clocks.filter((c) => c.code === code);
    expect(of('OWHR-1').map((c) => [c.party, c.due?.latest, c.status])).toEqual([
      ...[
        ['police', '2026-04-04', 'met'],
        ['council', '2026-04-11', 'running'],
        ['icb', '2026-04-30', 'running'],
      ],
    ]);
    expect(of('OWHR-2').map((c) => c.status)).toEqual(['running', 'notApplicable', 'notApplicable']);
    expect(of('OWHR-2')[0]).toMatchObject({ party: 'police', due: null, daysUsed: 1, force: 'law' });
    expect(nextDuty(clocks)).toMatchObject({ code: 'OWHR-1', party: 'council' });
    // What has no day is told to nobody, nor what is met.
    expect(toldOf(OWHR, document({ parties, facts }), '2026-04-05')).toEqual({ clock: 'OWHR-1', dueOn: '2026-04-11' });
    expect(toldOf(OWHR, document({ parties: ['police'], facts: facts.slice(0, 1) }), '2026-04-05')).toEqual({
      ...{ clock: 'OWHR-1', dueOn: '2026-04-04' },
    });
  });

  it('OWHR: a partner who knew already that others review it owes no notice', () => {
    const facts = [fact('aware', '2026-03-05', 'police'), fact('no-notice-due', '2026-03-05', 'police')];
    const [clock] = clocksOf(OWHR, document({ parties: ['police'], facts }), '2026-05-01');
    expect(clock).toMatchObject({ code: 'OWHR-1', status: 'met' });
  });

  it('arise only while it is decided so: no report is to be completed where there is no review', () => {
    const facts = [fact('decision', '2025-06-02')];
    const at = (outcome?: string) =>
      clocksOf(DHR, document({ facts }), '2026-01-01', outcome).find((c) => c.code === 'DHR-2')?.status;
    expect([at('REVIEW'), at('NO_REVIEW'), at()]).toEqual(['overdue', 'notApplicable', 'overdue']);
  });

  it('keep their force: what is not confirmed is never law', () => {
    const clocks = clocksOf(DHR, document({ facts: [fact('aware', '2025-01-31')] }), '2025-03-01');
    expect(clocks.map((c) => `${c.code} ${c.force} ${c.status}`)).toEqual([
      ...['DHR-1 unverified overdue', 'DHR-2 unverified unanchored', 'DHR-3 law unanchored'],
    ]);
    expect(clocks[0]).toMatchObject({ due: { latest: '2025-02-28' }, daysOverOriginal: 1 });
    expect(toldOf(DHR, document({ facts: [fact('aware', '2025-01-31')] }), '2025-03-01')).toEqual({});
  });

  it('give way to what falls due before: answers that are waited for, and the next meeting of the panel', () => {
    const recorded = { by: 'jo', at: '2025-03-01T09:00:00.000Z' };
    const scoping = [{ id: 's', round: 1, orgId: 'fire', askedOn: '2025-03-01', dueOn: '2025-03-20', ...recorded }];
    const planned = { round: 1, time: '10:00', place: 'Hall', agenda: ['Terms'], calledOff: null, ...recorded };
    const plannedMeetings = ['2025-03-19', '2025-03-18'].map((on) => ({ id: on, on, ...planned }));
    const told = (more: object, state?: string) =>
      toldOf(DHR, document({ round: 1, ...more }), '2025-03-01', undefined, state);
    expect(told({ scoping })).toEqual({ clock: 'SCOPING', dueOn: '2025-03-20' });
    expect(told({ scoping, plannedMeetings })).toEqual({ clock: 'PANEL-MEETING', dueOn: '2025-03-18' });
    expect(told({ scoping, plannedMeetings }, 'ARCHIVED')).toEqual({});
  });

  it('of an area compute nothing until the area has set them', () => {
    const facts = [fact('application', '2026-06-01')];
    const at = (code: string) =>
      clocksOf(kind(code), document({ facts }), '2026-06-02').find((c) => c.code === 'ASB-threshold');
    expect(at('asb-case-review')).toMatchObject({ unset: true, status: 'notApplicable', due: null });
    expect(at('northbank-asb-case-review')).toMatchObject({
      unset: false,
      force: 'local',
      due: { latest: '2026-06-15' },
    });
  });
});

/** A local kind of review that no code knows of. */
const NEAR_MISS = `
kind: review-kind
code: northbank-near-miss
version: 1
names: [{ from: '2026-01-01', label: Near miss review }]
nations: [england]
effectiveFrom: '2026-01-01'
source: Made up for a test
legalBasis: [{ code: LOCAL, text: Agreed by the partnership, force: local, source: Made up }]
criteria: [{ code: close, text: Somebody was nearly killed, force: local, source: Made up }]
exclusions: []
notifiers: [{ who: Any agency, force: local }]
decider: { who: The partnership, force: local }
mustConsult: []
outcomes: [{ code: LOOK, title: Look }, { code: LEAVE, title: Leave }]
notices: [{ code: agency, outcomes: [LOOK, LEAVE], to: The agency, within: At once, force: local }]
facts: [{ code: told, title: Told }, { code: talked, title: Talked about, meeting: true }]
states: [{ code: TOLD, title: Told }, { code: LOOKED_AT, title: Looked at }, { code: LEFT, title: Left, final: true }]
guards:
  - { code: told, text: The date, check: fact, fact: told }
  - { code: decided, text: A decision, check: decision }
  - { code: look, text: The decision is to look, check: outcome, outcomes: [LOOK] }
  - { code: sent, text: The agency knows, check: notices }
  - { code: learnt, text: What was learnt is written down, check: confirmed }
transitions:
  - { from: NEW, to: TOLD, guards: [told] }
  - { from: TOLD, to: LOOKED_AT, guards: [decided, look, sent] }
  - { from: LOOKED_AT, to: LEFT, guards: [learnt] }
clocks:
  - { code: NEAR-1, title: Talk about it, anchor: told, meets: [talked], unit: workingDay, value: 3, mode: after, perParty: false,
      force: local, source: Made up, pausable: [], pauseEffect: none, overridable: true }
pauses: []
artefacts: []
panel: { essential: [], quorum: Two }
publisher: Nobody
publication: None
`;

describe('a new local kind', () => {
  const folder = mkdtempSync(join(tmpdir(), 'concordat-kind-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is led from its notification to its end with no code of its own', () => {
    cpSync(join(__dirname, '../../../packs/england-wales'), folder, { recursive: true });
    writeFileSync(join(folder, 'review-kinds/near-miss.yaml'), NEAR_MISS);
    const near = loadPacks(folder).reviewKind('northbank-near-miss', '2026-06-01')!;
    let at: ReviewRecord = { ...review('TOLD', { facts: [fact('told', '2026-06-05')] }), kind: near };
    expect(lacks(near, { ...at, state: 'NEW', document: document() }, 'TOLD')).toEqual(['told']);
    expect(lacks(near, at, 'LOOKED_AT')).toEqual(['decided', 'look', 'sent']);
    const decided = decision({ outcome: 'LOOK', legalBasis: 'LOCAL', consulted: [], criteria: [] });
    expect(problemsOf(near, decided, '2026-06-30').map((p) => p.field)).toEqual(['criteria.close.answer']);
    const notices = [
      { code: 'agency', decision: 1, sentOn: '2026-06-08', how: null, receipt: 'x', reason: null, ...said },
    ];
    at = { ...at, decisions: [decided], document: { ...at.document, notices } };
    at = { ...at, state: takeStep(near, at, 'LOOKED_AT', 'jo').state };
    expect(waysFrom(near, at, 'jo')).toEqual([
      expect.objectContaining({ to: 'LEFT', missing: [expect.objectContaining({ code: 'learnt' })] }),
    ]);
    at = { ...at, document: { ...at.document, confirmations: [confirmed('learnt')] } };
    expect(takeStep(near, at, 'LEFT', 'jo').state).toBe('LEFT');
    expect(clocksOf(near, at.document, '2026-06-09')).toEqual([
      expect.objectContaining({
        code: 'NEAR-1',
        force: 'local',
        due: { earliest: '2026-06-10', latest: '2026-06-10' },
      }),
    ]);
  });
});

describe('another version of its kind', () => {
  const held = { state: 'REFERRED', document: document({ facts: [fact('death', '2026-01-01')] }), decisions: [] };
  const later = { ...DHR, version: DHR.version + 1 };

  it('is followed only when it is the later one that is in force, and the one that was meant', () => {
    expect(demandMove(DHR, later, later.version, held)).toBe(later);
    for (const [to, meant] of [
      ...[[undefined, later.version] as const, [DHR, DHR.version] as const],
      [later, later.version + 1] as const,
    ])
      expect(() => demandMove(DHR, to, meant, held)).toThrow(/No later version/);
  });

  it('is not followed when it has no place for something that the review holds', () => {
    const less = { ...later, facts: later.facts.filter(({ code }) => code !== 'death') };
    expect(movingLacks(less, held)).toEqual(['death']);
    expect(() => demandMove(DHR, less, less.version, held)).toThrow(/no place/);
    expect(movingLacks(later, { ...held, state: 'THRESHOLD', decisions: [decision({ outcome: 'MET' })] })).toEqual([
      ...['THRESHOLD', 'MET'],
    ]);
  });
});
