import type { AssessmentResult, InstrumentText } from '../apis/risk';
import { outcomeOf } from './outcome';
import { answerLines, bandTag, reasonsInWords, thresholdsInWords } from './words';

const document = {
  ...{ scoring: 'count', open: ['not-known', 'not-asked'] },
  bands: ['low', 'medium', 'high'].map((code) => ({ code, title: code.toUpperCase(), meaning: `It is ${code}` })),
  triggers: [{ code: 'gun', title: 'There is a gun', topic: 'gun' }],
} as unknown as InstrumentText;
const result = (reasons: object[], open = 0): AssessmentResult =>
  ({
    reasons,
    open,
    band: 'high',
    score: 14,
    routes: [],
    counted: 'high',
    banding: 'x@1',
  }) as unknown as AssessmentResult;

describe('a result in words', () => {
  it.each([
    [{ code: 'counted', score: 1, band: 'low' }, '1 topic counted as “yes”, which gives LOW.'],
    [{ code: 'trigger', trigger: 'gun', band: 'high' }, 'There is a gun: this is enough for HIGH by itself.'],
    [{ code: 'judgement-raises', from: 'low', band: 'high' }, 'Professional judgement raises it from LOW to HIGH.'],
    [{ code: 'judgement-agrees', band: 'low' }, 'Professional judgement agrees: LOW.'],
    [
      { code: 'judgement-does-not-lower', judged: 'low', band: 'high' },
      'The judgement was LOW. Judgement never lowers a result, so it stays HIGH.',
    ],
    [{ code: 'judgement-decides', band: 'medium' }, 'There is no score. A professional judged it to be MEDIUM.'],
  ])('%j', (reason, words) => expect(reasonsInWords(document, result([reason]))).toEqual([words]));

  it('says by which thresholds it came, and whose they are', () => {
    const thresholds = [
      { operator: '>=' as const, value: 0, band: 'low' },
      { operator: '>' as const, value: 31, band: 'high' },
    ];
    const stamp = { id: 'x', version: 2, title: 'Ours', source: 'Terms of 2026', thresholds };
    const of = (more: Pick<NonNullable<AssessmentResult['thresholds']>, 'setBy' | 'forum'>) =>
      thresholdsInWords(document, { ...stamp, ...more })?.text;
    const forum = { title: 'the panel', version: 3 };
    expect(of({ setBy: 'forum', forum })).toBe(
      'Ours, version 2, as the panel has set them: LOW from 0, HIGH above 31.',
    );
    expect(of({ setBy: 'instrument', forum: null })).toMatch(/^Ours, version 2, which hold by default: /);
    expect([thresholdsInWords(document, null), outcomeOf({ document, result: result([]) }, []).thresholds]).toEqual([
      ...[null, null],
    ]);
  });

  it('says of what is open that it is not no, once', () => {
    expect(reasonsInWords(document, result([], 2))).toEqual([
      '2 topics could not be answered yes or no. They do not count as “no”.',
    ]);
    const could = reasonsInWords(document, result([{ code: 'could-be-higher', open: 2, band: 'high', score: 9 }], 2));
    expect(could).toHaveLength(1);
    expect(could[0]).toContain('With other answers it could be HIGH');
  });

  it('says whether a count is met, and that nothing is refused by one that is not', () => {
    const route = (met: boolean) => ({ forum: 'marac', criterion: 'visibleHighRisk', rule: 'r@1', met });
    const told = outcomeOf({ document, result: { ...result([]), routes: [route(true), route(false)] } }, [
      { code: 'marac', title: 'the MARAC' },
    ]);
    expect(told).toMatchObject({ title: 'HIGH', meaning: 'It is high', colour: 'red' });
    expect(told.routes[0]).toBe('The score meets the count for a referral to the MARAC.');
    expect(told.routes[1]).toContain('may each be enough');
  });
});

it('an answer that nobody gave is neither no nor unknown', () => {
  const topic = { code: 't', text: 'T', type: 'yes-no' as const };
  expect(answerLines(document, topic, undefined)).toBe('Not answered');
  expect(answerLines(document, topic, { value: 'not-asked', words: 'He came in' })).toBe('Not asked\nHe came in');
  expect(answerLines(document, { ...topic, type: 'parts', parts: [{ code: 'a', text: 'A' }] }, {})).toBe(
    'A: Not answered',
  );
  expect(bandTag(['low'], null)).toBe('grey');
  expect(['low', 'medium', 'high'].map((code) => bandTag(['low', 'medium', 'high'], code))).toEqual([
    'blue',
    'orange',
    'red',
  ]);
});
