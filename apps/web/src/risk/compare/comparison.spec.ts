import type { Comparison } from '../../apis/risk';
import { chosenOf, columnsOf, rowsOf } from './comparison';

const topic = (code: string) => ({ code, text: code.toUpperCase(), type: 'yes-no' });
const document = (...topics: string[]) =>
  ({
    ...{
      open: ['not-known'],
      bands: [
        { code: 'low', title: 'Low' },
        { code: 'high', title: 'High' },
      ],
    },
    groups: [{ code: 'all', title: 'All', topics: topics.map(topic) }],
  }) as unknown as Comparison['documents'][string];
const sample = (id: string, band: string) => ({
  id,
  completedAt: id,
  band: { code: band, title: band },
  bands: ['low', 'high'],
  score: 1,
});
const comparison = {
  samples: [sample('1', 'low'), sample('2', 'high'), sample('3', 'high')],
  documents: { 1: document('fear'), 2: document('fear', 'new'), 3: document('fear', 'new') },
  topics: [
    { topic: 'fear', values: ['no', 'yes', 'no'], changes: ['appeared', 'ceased'] },
    { topic: 'new', values: [null, 'not-known', 'yes'], changes: ['not-comparable', 'settled'] },
  ],
} as unknown as Comparison;

describe('a comparison', () => {
  it('is of all, or of two that are asked for, the earlier first', () => {
    expect(chosenOf(comparison)).toEqual([0, 1, 2]);
    expect(chosenOf(comparison, '3', '1')).toEqual([0, 2]);
    expect(chosenOf(comparison, '2', '2')).toEqual([0, 1, 2]);
    expect(chosenOf(comparison, '2', 'elsewhere')).toEqual([0, 1, 2]);
    expect(columnsOf(comparison, [0, 2]).map(({ id, colour }) => [id, colour])).toEqual([
      ['1', 'orange'],
      ['3', 'red'],
    ]);
  });

  it('says of each topic what was answered and how it moved', () => {
    const [fear, added] = rowsOf(comparison, [0, 1, 2]);
    expect(fear).toEqual({
      label: 'FEAR',
      cells: [
        { text: 'No', change: '' },
        { text: 'Yes', change: 'New since the last' },
        { text: 'No', change: 'No longer' },
      ],
    });
    expect(added!.cells.map((cell) => cell.text)).toEqual(['Not asked in this version', 'Not known', 'Yes']);
  });

  it('of two that do not follow one another says only whether they differ', () => {
    const [fear, added] = rowsOf(comparison, [0, 2]);
    expect([fear, added].map((row) => row!.cells.at(-1)!.change)).toEqual(['', 'Changed']);
  });
});
