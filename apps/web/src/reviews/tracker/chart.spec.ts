import { chartOf } from './chart';

describe('the chart of actions', () => {
  it('has a bar for each state in the order of the path, as wide as its count, overdue ones apart', () => {
    const chart = chartOf([
      { state: 'VERIFIED', count: 1, overdue: 0 },
      { state: 'IN_PROGRESS', count: 4, overdue: 3 },
      { state: null, count: 2, overdue: 0 },
    ]);
    expect(chart.bars.map((b) => [b.text, b.count, b.overdue, b.inTime + b.late, b.late])).toEqual([
      ['No action yet', 2, 0, 200, 0],
      ['In progress', 4, 3, 400, 300],
      ['Verified', 1, 0, 100, 0],
    ]);
    expect(chart).toMatchObject({ total: 7, overdue: 3, height: 102 });
    expect(chart.bars.map((b) => b.y)).toEqual([0, 34, 68]);
  });

  it('is empty of nothing', () => expect(chartOf([])).toMatchObject({ bars: [], total: 0 }));
});
