import { addDays, lastDayBeginningWith } from '@concordat/clocks';
import fc from 'fast-check';
import { figuresOf, noteContradicts, type CaseEvent, type CountedCase } from './asb-figures';
import { countedCase } from './asb/counted-cases';
import { outcomeBarred, thresholdOf, type Complaint } from './asb-threshold';

const said = { by: 'jo', at: '2026-06-01T09:00:00.000Z' };
let n = 0;
const complaint = (behaviourOn: string, complainedOn: string, complainant: string): Complaint => ({
  ...{ id: `c${n++}`, behaviourOn, complainedOn, complainant, summary: 'x', ...said },
});
const kind = {
  criteria: [{ code: 'complaints', text: 'x', force: 'law' as const, source: 'x', count: 3 }],
  threshold: {
    ...{ criterion: 'complaints', complaintMonths: 1, applicationMonths: 6 },
    caveats: [{ text: 'Five if several people', count: 5, severalPeople: true }],
  },
};
const neighbours = ['A', 'B', 'C'].map((who, i) => {
  const day = ['2026-05-01', '2026-05-10', '2026-05-20'][i]!;
  return complaint(day, addDays(day, 1), who);
});

describe('the threshold of an ASB case review (domain/statutory-reviews.md §4.3)', () => {
  it('§13.3: three qualifying complaints of three neighbours, and a local caveat that would defeat them', () => {
    const finding = thresholdOf(kind, neighbours, '2026-06-01');
    expect(finding).toMatchObject({ qualifying: 3, needed: 3, mandatory: true, defeated: ['Five if several people'] });
    expect(outcomeBarred(finding, 'NOT_MET')).toContain('the threshold is met');
    expect(outcomeBarred(finding, 'MET_DISCRETIONARY')).not.toBeNull();
    expect([outcomeBarred(finding, 'MET_MANDATORY'), outcomeBarred(finding, 'WITHDRAWN')]).toEqual([null, null]);
  });

  it('§13.3: two are for the discretionary test', () => {
    const finding = thresholdOf(kind, neighbours.slice(0, 2), '2026-06-01');
    expect(finding).toMatchObject({ mandatory: false, defeated: [] });
    expect(outcomeBarred(finding, 'MET_MANDATORY')).toContain('decide under the procedures');
    for (const outcome of ['MET_DISCRETIONARY', 'NOT_MET', 'REVIEWED_THOUGH_NOT_MET'])
      expect(outcomeBarred(finding, outcome)).toBeNull();
  });

  it.each([
    ['2026-05-10', '2026-05-09', '2026-06-01', 'before-behaviour'],
    ['2026-05-10', '2026-06-09', '2026-06-10', null],
    ['2026-05-10', '2026-06-10', '2026-06-10', 'too-late'],
    ['2026-01-31', '2026-02-28', '2026-03-01', null],
    ['2026-05-10', '2026-05-11', '2026-11-10', null],
    ['2026-05-10', '2026-05-11', '2026-11-11', 'too-old'],
    ['2026-05-10', '2026-05-12', '2026-05-11', 'after-application'],
  ])('behaviour %s, complaint %s, application %s: %s', (behaviour, complained, applied, not) => {
    expect(thresholdOf(kind, [complaint(behaviour, complained, 'A')], applied)?.complaints[0]?.not).toBe(not);
  });

  it('counts one person’s complaints once per incident, and different people’s of one incident each', () => {
    const day = '2026-05-10';
    const found = thresholdOf(
      kind,
      [complaint(day, day, 'A'), complaint(day, day, 'a '), complaint(day, day, 'B')],
      day,
    );
    expect(found?.complaints.map(({ not }) => not)).toEqual([null, 'same-incident', null]);
  });

  it('is no test without a date of application or without a rule', () => {
    expect(thresholdOf(kind, neighbours, undefined)).toBeUndefined();
    expect(thresholdOf({ criteria: kind.criteria }, neighbours, '2026-06-01')).toBeUndefined();
  });

  it('never counts fewer when a complaint is added, and no caveat changes what must be: property', () => {
    const some = fc.record({
      day: fc.integer({ min: 0, max: 400 }),
      gap: fc.integer({ min: -3, max: 45 }),
      who: fc.constantFrom('A', 'B', 'C', 'D'),
    });
    fc.assert(
      fc.property(fc.array(some, { maxLength: 12 }), some, (all, one) => {
        const made = [...all, one].map(({ day, gap, who }) => {
          const behaviour = addDays('2026-01-01', day);
          return complaint(behaviour, addDays(behaviour, gap), who);
        });
        const at = '2026-12-31';
        const [few, more] = [thresholdOf(kind, made.slice(0, -1), at)!, thresholdOf(kind, made, at)!];
        expect(more.qualifying).toBeGreaterThanOrEqual(few.qualifying);
        const bare = { ...kind, threshold: { ...kind.threshold, caveats: [] } };
        expect(thresholdOf(bare, made, at)!.mandatory).toBe(more.mandatory);
        for (const [i, { not }] of more.complaints.entries())
          if (not === null) expect(made[i]!.complainedOn <= lastDayBeginningWith(made[i]!.behaviourOn, 1)).toBe(true);
      }),
    );
  });
});

describe('the figures of a year (domain/statutory-reviews.md §10)', () => {
  const [FROM, TO] = ['2026-04-01', '2027-03-31'];
  const event = (what: CaseEvent['what'], on: string, more: Partial<CaseEvent> = {}): CaseEvent => ({
    what,
    on,
    ...more,
  });
  const one = (reference: string, ...events: CaseEvent[]): CountedCase => ({ reference, events });

  it('§13.6: four applications, none met, all reviewed, three with recommendations', () => {
    const cases = [1, 2, 3, 4].map((i) =>
      one(
        `A${i}`,
        event('application', '2026-05-01'),
        event('not-met', '2026-05-10'),
        event('review', '2026-06-01', { thoughNotMet: true, recommended: i < 4 }),
      ),
    );
    expect(figuresOf(cases, FROM, TO)).toEqual({
      ...{ applications: 4, notMet: 4, reviews: 4, withRecommendations: 3, openAtStart: 0, reopened: 0 },
      ...{ reviewedThoughNotMet: 4, withdrawn: 0, redirected: 0, openAtEnd: 0, contradictions: [] },
    });
  });

  it('counts a case that an appeal has reopened as open again, before anybody has decided anew', () => {
    const dated = (code: string, date: string) => ({
      code,
      date,
      party: null,
      approximate: false,
      reason: null,
      ...said,
    });
    const decision = { round: 1, outcome: 'NOT_MET', decidedOn: '2026-05-10' };
    const review = {
      ...{ reference: 'A1', recommendations: [], decisions: [decision] },
      document: { facts: [dated('application', '2026-05-01'), dated('appeal-decided', '2026-06-03')] },
    } as unknown as Parameters<typeof countedCase>[0];
    const reopened = { fromState: 'APPEAL', toState: 'RETURNS', at: '2026-06-04T09:00:00.000Z' };
    expect(figuresOf([countedCase(review, [reopened])], FROM, TO)).toMatchObject({
      ...{ applications: 1, notMet: 1, reopened: 1, openAtEnd: 1, contradictions: [] },
    });
  });

  it('names a case whose events contradict each other', () => {
    const twice = one(
      'A1',
      event('application', '2026-05-01'),
      event('withdrawn', '2026-05-02'),
      event('review', '2026-05-03'),
    );
    expect(figuresOf([twice], FROM, TO).contradictions).toEqual([
      '1 came in or were open, and 2 are accounted for',
      'A1: review while it was not open',
    ]);
    const early = one('A2', event('not-met', '2026-04-30'), event('application', '2026-05-01'));
    expect(figuresOf([early], FROM, TO).contradictions.join()).toContain('A2: not-met while it was not open');
    const voluntary = one(
      'A3',
      event('application', '2026-05-01'),
      event('review', '2026-05-09', { thoughNotMet: true }),
    );
    expect(figuresOf([voluntary], FROM, TO).contradictions.join()).toContain('nothing says that it was not met');
  });

  it('find a footnote that says another number of what is counted, and none that says the same or of something else', () => {
    const figures = { ...figuresOf([], FROM, TO), applications: 4, reviews: 4, withRecommendations: 3 };
    const found = (note: string) => noteContradicts(note, figures);
    expect(found('Five reviews were carried out')).toEqual(['It says 5 reviews, and the figures say 4']);
    expect(found('Of 3 applications, 4 case reviews with recommendations')).toEqual([
      ...[
        'It says 4 reviews with recommendations, and the figures say 3',
        'It says 3 applications, and the figures say 4',
      ],
    ]);
    for (const note of [
      '4 applications, four reviews, 3 reviews that made recommendations',
      '2 applications were withdrawn',
    ])
      expect(found(note)).toEqual([]);
  });

  /** What becomes of an application, as days after it. */
  const fate = fc.record({
    applied: fc.integer({ min: -200, max: 364 }),
    wait: fc.integer({ min: 0, max: 90 }),
    longer: fc.integer({ min: 0, max: 90 }),
    end: fc.constantFrom('open', 'withdrawn', 'redirected', 'refused', 'refused-reviewed', 'reviewed', 'appealed'),
    recommended: fc.boolean(),
  });
  const lived = ({
    applied,
    wait,
    longer,
    end,
    recommended,
  }: typeof fate extends fc.Arbitrary<infer T> ? T : never) => {
    const day = addDays(FROM, applied);
    const [decided, later] = [addDays(day, wait), addDays(day, wait + longer)];
    const first = event('application', day);
    switch (end) {
      case 'open':
        return [first];
      case 'withdrawn':
      case 'redirected':
        return [first, event(end, decided)];
      case 'refused':
        return [first, event('not-met', decided)];
      case 'refused-reviewed':
        return [first, event('not-met', decided), event('review', later, { thoughNotMet: true, recommended })];
      case 'reviewed':
        return [first, event('review', decided, { recommended })];
      default:
        return [first, event('not-met', decided), event('reopened', later), event('review', later, { recommended })];
    }
  };

  it('of 200 generated applications equal an independent count, and reconcile: property', () => {
    fc.assert(
      fc.property(fc.array(fate, { minLength: 200, maxLength: 200 }), (fates) => {
        const cases = fates.map((f, i) => one(`A${i}`, ...lived(f)));
        const found = figuresOf(cases, FROM, TO);
        // Counted again, day by day, with nothing but a tally of what is open.
        const tally: Record<string, number> = {};
        let open = 0;
        let atStart = 0;
        const all = cases.flatMap((c) => c.events);
        for (let day = addDays(FROM, -200); day <= TO; day = addDays(day, 1)) {
          if (day === FROM) atStart = open;
          for (const e of all.filter(({ on }) => on === day)) {
            if (e.what === 'application' || e.what === 'reopened') open++;
            else if (!e.thoughNotMet) open--;
            if (day < FROM) continue;
            tally[e.what] = (tally[e.what] ?? 0) + 1;
            if (e.recommended) tally['recommended'] = (tally['recommended'] ?? 0) + 1;
          }
        }
        const of = (what: string): number => tally[what] ?? 0;
        expect(found).toMatchObject({
          ...{ applications: of('application'), notMet: of('not-met'), reviews: of('review') },
          ...{ withRecommendations: of('recommended'), reopened: of('reopened'), withdrawn: of('withdrawn') },
          ...{ redirected: of('redirected'), openAtStart: atStart, openAtEnd: open, contradictions: [] },
        });
      }),
      { numRuns: 20, endOnFailure: true },
    );
  });

  it('of 200 with one contradiction among them never reconcile: property', () => {
    const year = fc.array(fate, { minLength: 200, maxLength: 200 });
    fc.assert(
      fc.property(year, fc.integer({ min: 0, max: 364 }), (fates, day) => {
        const cases = fates.map((f, i) => one(`A${i}`, ...lived(f)));
        const wrong = one('WRONG', event('withdrawn', addDays(FROM, day)));
        expect(figuresOf([...cases, wrong], FROM, TO).contradictions).toEqual([
          expect.stringContaining('are accounted for'),
          'WRONG: withdrawn while it was not open',
        ]);
      }),
      { numRuns: 10, endOnFailure: true },
    );
  });
});
