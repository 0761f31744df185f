import type { Names } from '../apis/directory';
import type { Statistics, Tally, TwelveMonths } from '../apis/forum-statistics';
import { caseBars } from './bars';
import { figureSections, quarterAsked, quarterChoices, quarterText, shownText } from './figures';

const names = { organisation: (id: string) => `Agency ${id}` } as unknown as Names;
const tally = (cases: number, more: Partial<Tally> = {}): Tally => ({
  ...{ cases, repeats: 2, children: 5, agencies: { b: cases }, groups: { male: { yes: 1, known: 3 } } },
  ...more,
});
const months = (total: Tally | null): TwelveMonths => ({
  ...{ quarters: [], total, waiting: 0 },
  shares: [
    { code: 'police', title: 'Police', cases: total && 4, share: total && 40 },
    { code: 'partners', title: 'Partners', cases: total && 6, share: total && 60 },
  ],
  rates: { repeatRate: 12.5, childrenPerCase: null, perPopulation: 3.4, recommended: 285, ofRecommended: 8.4 },
});
const view = (now: Tally | null, before: Tally | null): Statistics => ({
  ...{ forum: { id: 'f', title: 'MARAC', kind: 'marac' }, to: '2026-Q1', last: '2026-Q3', smallBelow: 5 },
  groups: [{ code: 'male', title: 'Male' }],
  sharesBy: { force: 'unverified', source: 'Local practice' },
  population: { count: 71_250, vintage: '2021', source: 'Count', title: 'Females', per: 10_000 },
  ...{ now: months(now), before: months(before), published: null },
  practice: {
    clocks: [{ code: 'minutes', met: 7, missed: 5, running: 1, compliance: 58.3 }],
    actions: { done: 2, notPossible: 1, notDone: 1, open: 2, ofAll: 33.3, ofPossible: null },
    staff: [{ code: 'idva', title: 'Advisers', actual: 3, recommended: 2.9 }],
  },
  change: { cases: 25, repeats: -50, children: null },
});

describe('figures of a forum', () => {
  it('name quarters by their months, and offer twelve', () => {
    expect([quarterText('2026-Q1'), quarterText('2025-Q4')]).toEqual([
      'January to March 2026',
      'October to December 2025',
    ]);
    const offered = quarterChoices('2026-Q1').map((each) => each.value);
    expect([offered.length, offered[0], offered[1], offered.at(-1)]).toEqual([12, '2026-Q1', '2025-Q4', '2023-Q2']);
    expect([quarterAsked('2026-Q1'), quarterAsked('2026-Q5'), quarterAsked(['2026-Q1'])]).toEqual([
      ...['2026-Q1', undefined, undefined],
    ]);
  });

  it('stand beside those of the year before, with what they are measured against', () => {
    const sections = figureSections(view(tally(10), tally(8, { agencies: { a: 8 } })), names);
    expect(sections.map((s) => s.title)).toEqual([
      'Cases',
      'Rates',
      'Who referred',
      'Shares of referrals, as is local practice, not verified as how others count',
      'Who they are about, of all cases',
      ...['In time', 'Actions', 'Full-time staff that so many cases need'],
    ]);
    expect(sections[3]!.rows.map(({ text, now }) => [text, now])).toEqual([
      ['Police', '40% (4)'],
      ['Partners', '60% (6)'],
    ]);
    expect(sections[5]!.rows[0]).toMatchObject({ now: '58.3% (7 of 12, 1 still running)', before: '–' });
    expect(sections[6]!.rows.map(({ now }) => now)).toEqual(['2', '1', '1', '2', '33.3%', '–']);
    expect(sections[7]!.rows.map(({ text, now }) => [text, now])).toEqual([
      ['Advisers', '3'],
      ['Advisers, for the cases recommended', '2.9'],
    ]);
    expect(sections[0]!.rows.map((r) => [r.now, r.before, r.change])).toEqual([
      ...[
        ['10', '8', '+25%'],
        ['2', '2', '-50%'],
        ['5', '5', '–'],
      ],
    ]);
    expect(sections[1]!.rows[2]).toMatchObject({ text: 'Cases per 10,000. Females: 71,250 (2021)', now: '3.4' });
    expect(sections[2]!.rows.map((r) => [r.text, r.now, r.before])).toEqual([
      ...[
        ['Agency a', '0', '8'],
        ['Agency b', '10', '0'],
      ],
    ]);
    expect(sections[4]!.rows[0]).toMatchObject({ text: 'Male', now: '1 (known of 3)' });
    expect(figureSections(view(null, tally(8)), names)[0]!.rows[0]).toMatchObject({ now: '–', before: '8' });
  });

  it('say in words what is not shown', () => {
    expect([shownText('few', 5), shownText('hidden', 5), shownText(0, 5)]).toEqual(['fewer than 5', 'not shown', '0']);
  });

  it('are drawn as wide as they are, repeats at the end', () => {
    const { bars, height } = caseBars([
      { text: 'a', label: '4', cases: 4, repeats: 1 },
      { text: 'b', label: 'not shown', cases: 0, repeats: 0 },
    ]);
    expect(bars.map((b) => [b.light, b.dark, b.y])).toEqual([
      [255, 85, 0],
      [0, 0, 34],
    ]);
    expect([height, caseBars([]).bars]).toEqual([68, []]);
  });
});
