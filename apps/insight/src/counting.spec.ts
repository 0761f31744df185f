import { deadlineKinds, type Received } from '@concordat/contracts';
import fc from 'fast-check';
import { changesOf, type Count } from './count';
import { countsOf } from './counting';
import { missed, plans } from './plan';
import { disordered, storyOf } from './recount.testing';
import { homeOf, placing, tellingsOf, together, type RecordKind, type Telling, type Told } from './told';

/** Counts as the service does, one event after another, with memory in the place of tables. */
function counted(events: readonly Received[]): Map<string, number> {
  const records = new Map<string, { kind: RecordKind; told: readonly Told[] }>();
  const numbers = new Map<string, number>();
  const about = new Map<string, Set<string>>();
  /** With what a case tells of the records about it, whichever was told first. */
  const placed = (telling: Telling): Telling[] => {
    const home = homeOf(telling);
    const caseId = home?.id ?? telling.recordId;
    const those = about.get(caseId) ?? new Set();
    if (home) about.set(caseId, those.add(`${telling.kind}/${telling.recordId}`));
    const kind = home?.kind ?? telling.kind;
    const said = [...(records.get(`${kind}/${caseId}`)?.told ?? []), ...(home ? [] : [telling.told])];
    const place = said.flatMap((each) => placing({ kind, recordId: caseId, told: each }) ?? []).at(-1);
    const found = [...those].map((key) => key.split('/') as [RecordKind, string]);
    return [telling, ...(place ? found.map(([kind, recordId]) => ({ kind, recordId, told: place })) : [])];
  };
  const add = ({ kind, recordId, told }: Telling): void => {
    const before = records.get(`${kind}/${recordId}`)?.told ?? [];
    const after = together(before, [told]);
    records.set(`${kind}/${recordId}`, { kind, told: after });
    for (const { by, ...count } of changesOf(countsOf(kind, before), countsOf(kind, after))) {
      const { measure, day, area, kind: of, agency, code } = count;
      const key = [measure, day, area, of, agency, code].join('|');
      const n = (numbers.get(key) ?? 0) + by;
      if (n === 0) numbers.delete(key);
      else numbers.set(key, n);
    }
  };
  for (const telling of events.flatMap(tellingsOf)) placed(telling).forEach(add);
  return numbers;
}
const sorted = (numbers: Map<string, number>): [string, number][] => [...numbers].sort(([a], [b]) => (a < b ? -1 : 1));

describe('numbers', () => {
  it('are those of an independent count, whatever the order of events and however often they come', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1 }), fc.integer({ min: 1 }), (seed, order) => {
        const { events, numbers } = storyOf(seed, 300);
        expect(sorted(counted(disordered(events, order)))).toEqual(sorted(numbers));
      }),
      { numRuns: 30 },
    );
  });

  it('hold ids, codes and times alone: nothing of an event that is not named is kept', () => {
    const { events } = storyOf(7, 300);
    const kept = new Set(events.flatMap(tellingsOf).flatMap(({ told }) => Object.keys(told.data)));
    expect([...kept].sort()).toEqual(
      [
        ...['actionState', 'due', 'reviewId', 'recordId'],
        ...[
          'areaId',
          'caseId',
          'colour',
          'dueAt',
          'dueOn',
          'heardAt',
          'kind',
          'leadOrg',
          'meetingId',
          'on',
          'orgId',
          'outcome',
        ],
        ...['ownerOrg', 'pathway', 'receivedAt', 'receivingOrg', 'referringOrg', 'repeatOf', 'standing', 'state'],
        ...['status', 'toOrg', 'what'],
      ].sort(),
    );
  });
});

const ORG = '00000000-0000-4000-8000-000000000001';
const told = (...parts: [what: string, at: string, data?: Record<string, string>][]): Told[] =>
  parts.map(([what, at, data = {}], i) => ({ id: String(i), what, v: i + 1, at, data }));
const codeOf = (counts: readonly Count[], measure: string): string | undefined =>
  counts.find((count) => count.measure === measure)?.code;

describe('time to triage', () => {
  const submitted = ['referral-submitted', '2026-03-31T23:30:00Z', { receivedAt: '2026-03-31T23:30:00Z' }] as [
    string,
    string,
    Record<string, string>,
  ];
  const rated = (at: string, dueAt: string) =>
    ['referral-rated', at, { colour: 'amber', dueAt }] as [string, string, Record<string, string>];

  it('counts in the month of London in which it was received', () => {
    const [first] = countsOf('referral', told(submitted));
    expect(first!.day).toBe('2026-04-01');
  });

  it('is in time until the very moment at which its clock runs out', () => {
    const at = (decided: string) =>
      codeOf(
        countsOf(
          'referral',
          told(submitted, rated('2026-04-01T08:00:00Z', '2026-04-02T22:59:59.999Z'), ['referral-accepted', decided]),
        ),
        'referral.clock',
      );
    expect([at('2026-04-02T22:59:59.999Z'), at('2026-04-02T23:00:00.000Z')]).toEqual(['in-time', 'late']);
  });

  it('is by the rating that was in force when it was decided, and by none of a second triage', () => {
    const counts = countsOf(
      'referral',
      told(
        submitted,
        rated('2026-04-01T08:00:00Z', '2026-04-01T12:00:00Z'),
        ['referral-decided', '2026-04-01T13:00:00Z', { outcome: 'signposted' }],
        ['referral-reopened', '2026-04-05T08:00:00Z'],
        rated('2026-04-05T09:00:00Z', '2026-04-09T12:00:00Z'),
        ['referral-accepted', '2026-04-06T09:00:00Z'],
      ),
    );
    expect(
      ['referral.clock', 'referral.wait', 'referral.outcome', 'referral.again'].map((m) => codeOf(counts, m)),
    ).toEqual([...['late', '1-day', 'accepted', 'reopened']]);
  });

  it('is late while it is open once the clock has passed, and waits again when it is given another', () => {
    const passed = told(submitted, rated('2026-04-01T08:00:00Z', '2026-04-01T12:00:00Z'), [
      'triage-clock-passed',
      '2026-04-01T12:01:00Z',
    ]);
    expect(codeOf(countsOf('referral', passed), 'referral.clock')).toBe('late');
    const again = { ...told(rated('2026-04-01T13:00:00Z', '2026-04-03T12:00:00Z'))[0]!, id: '9', v: 4 };
    expect(codeOf(countsOf('referral', together(passed, [again])), 'referral.clock')).toBe('waiting');
  });
});

describe('actions', () => {
  const state = (actionState: string, at: string) =>
    ['recommendation-changed', at, { actionState, due: '2026-05-10', leadOrg: ORG }] as [
      string,
      string,
      Record<string, string>,
    ];

  it('are done when they were claimed, not when that was verified; one that was returned is open again, on its very day', () => {
    const claimed = [state('ACCEPTED', '2026-05-01T09:00:00Z'), state('CLAIMED_DONE', '2026-05-09T09:00:00Z')] as const;
    expect(countsOf('review-action', told(...claimed, state('VERIFIED', '2026-06-09T09:00:00Z')))).toMatchObject([
      { code: 'in-time', day: '2026-05-01' },
    ]);
    expect(countsOf('review-action', told(...claimed, state('RETURNED', '2026-05-12T09:00:00Z')))).toMatchObject([
      { code: 'open', day: '2026-05-10' },
    ]);
    expect(
      countsOf(
        'review-action',
        told(...claimed, state('RETURNED', '2026-05-12T09:00:00Z'), state('CLOSED', '2026-05-13T09:00:00Z')),
      ),
    ).toMatchObject([{ code: 'late' }]);
  });
});

describe('cases', () => {
  it('that were brought in from another system count apart, and never as opened here', () => {
    const tellings = tellingsOf({
      ...{ id: 'e1', source: 'records', streamId: ORG, version: 1n, type: 'records.case-brought-in.v1' },
      ...{ time: new Date('2026-04-30T23:30:00Z'), correlationId: 'c1' },
      data: { caseId: ORG, leadOrg: ORG, areaId: 'a1', kind: 'domestic-abuse', openedOn: '2019-03', closed: true },
    } as unknown as Received);
    const counts = tellings.flatMap(({ kind, told: one }) => countsOf(kind, [one]));
    expect(counts).toEqual([
      { measure: 'case-brought-in', day: '2026-05-01', area: 'a1', kind: '', agency: ORG, code: '' },
    ]);
  });
});

describe('agreements', () => {
  it('fall due while they are in force only, and an overdue review takes the place of one that comes near', () => {
    const due = ['agreement-fell-due', '2026-05-01T09:00:00Z', { what: 'review', on: '2026-06-01' }] as [
      string,
      string,
      Record<string, string>,
    ];
    const active = ['agreement-changed', '2026-01-01T09:00:00Z', { status: 'ACTIVE', ownerOrg: ORG }] as [
      string,
      string,
      Record<string, string>,
    ];
    const over = ['agreement-fell-due', '2026-06-02T09:00:00Z', { what: 'review-overdue', on: '2026-06-01' }] as [
      string,
      string,
      Record<string, string>,
    ];
    const ended = ['agreement-changed', '2026-07-01T09:00:00Z', { status: 'SUPERSEDED' }] as [
      string,
      string,
      Record<string, string>,
    ];
    const dues = (...parts: Parameters<typeof told>) =>
      countsOf('agreement', told(...parts)).flatMap(({ measure, code }) => (measure === 'agreement.due' ? [code] : []));
    expect([dues(active, due), dues(active, due, over), dues(active, due, over, ended)]).toEqual([
      ...[['review'], ['review-overdue'], []],
    ]);
  });
});

describe('deadlines', () => {
  it('that were missed are told of every kind that the register has', () => {
    /** Kinds that a subject of its own tells more of, by the row that does. */
    const elsewhere: Record<string, string> = {
      ...{ triage: 'triage.late', 'conference-action': 'actions.late', 'review-action': 'actions.late' },
      ...{ 'onward-referral': 'hand-overs.expired', 'agreement-review': 'agreements.review-overdue' },
    };
    const rows = missed.map(({ subject, code }) => `${subject}.${code}`);
    expect(deadlineKinds.filter((kind) => !rows.includes(elsewhere[kind] ?? `deadlines.${kind}`))).toEqual([]);
    for (const { subject, table } of missed) expect(plans[subject].tables.map(({ code }) => code)).toContain(table);
  });

  it('count on the day on which they were due, each time that it passed, in the area of their case or review', () => {
    const fired = (dueAt: string) =>
      ['deadline-fired', dueAt, { kind: 'review-clock', recordId: 'r1', orgId: ORG, dueAt }] as [
        string,
        string,
        Record<string, string>,
      ];
    // The last moment of a day in London: of the month before by the world's time.
    const counts = countsOf('deadline', told(fired('2026-05-31T22:59:59.999Z'), fired('2026-07-01T22:59:59.999Z')));
    expect(counts).toMatchObject([
      { measure: 'deadline', day: '2026-05-01', kind: 'review-clock', agency: ORG },
      { day: '2026-07-01' },
    ]);
    const telling = { kind: 'deadline' as const, recordId: ORG };
    const homes = [{ kind: 'review-clock', recordId: 'r1' }, { kind: 'forum-flag', caseId: 'c1' }, { kind: 'triage' }];
    expect(homes.map((data) => homeOf({ ...telling, told: { ...told(fired('x'))[0]!, data } }))).toEqual([
      ...[{ kind: 'review', id: 'r1' }, { kind: 'case', id: 'c1' }, null],
    ]);
  });
});
