import { overTime } from './changes';
import { counted, instrumentOf } from './instruments.testing';

const dash = instrumentOf('safelives-dash');
const control = instrumentOf('coercive-control');
const matrix = instrumentOf('asb-matrix');
const change = (instrument: typeof dash, topic: string, ...values: (string | undefined)[]) => {
  const samples = values.map((value) => ({ instrument, answers: value ? { [topic]: { value } } : {} }));
  return overTime(samples).find((each) => each.topic === topic)!;
};

describe('change over time', () => {
  it.each([
    ['no', 'yes', 'appeared'],
    ['yes', 'no', 'ceased'],
    ['yes', 'yes', 'same'],
    ['no', 'not-known', 'opened'],
    ['not-known', 'yes', 'settled'],
    [undefined, 'yes', 'not-comparable'],
  ])('from %s to %s of a yes or no is %s', (from, to, expected) => {
    expect(change(dash, 'fear', from, to).changes).toEqual([expected]);
  });

  it('rises and falls with how often and how much', () => {
    expect(change(control, 'watched', 'never', 'often', 'sometimes', 'not-asked', 'not-known').changes).toEqual([
      ...['rose', 'fell', 'opened', 'same'],
    ]);
    expect(change(matrix, 'threat', 'implied', 'to-life').changes).toEqual(['rose']);
  });

  it('has every topic of the newest version, and those that an earlier one asked besides', () => {
    const earlier = {
      ...dash,
      groups: [{ ...dash.groups[0]!, topics: [{ code: 'old', text: 'Old', type: 'yes-no' as const }] }],
    };
    const topics = overTime([
      { instrument: earlier, answers: { old: { value: 'yes' } } },
      { instrument: dash, answers: counted('safelives-dash', 1).answers },
    ]);
    expect(topics).toHaveLength(25);
    expect(topics.find(({ topic }) => topic === 'old')).toEqual({
      ...{ topic: 'old', values: ['yes', null], changes: ['not-comparable'] },
    });
    expect(topics.find(({ topic }) => topic === 'injury')!.values).toEqual([null, 'yes']);
  });

  it('is never between instruments', () => {
    expect(() =>
      overTime([
        { instrument: dash, answers: {} },
        { instrument: control, answers: {} },
      ]),
    ).toThrow('never compared');
  });
});
