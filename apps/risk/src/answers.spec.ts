import { impossible, missing, topicsOf, valueOf } from './answers';
import { counted, instrumentOf } from './instruments.testing';

const police = instrumentOf('police-dash');
const feared = topicsOf(police).find(({ code }) => code === 'harm-feared')!;
const fields = (problems: readonly { field: string }[]): string[] => problems.map(({ field }) => field);

describe('a topic in parts', () => {
  it.each([
    [{ themselves: 'yes' }, 'yes'],
    [{ themselves: 'no', children: 'no', others: 'no' }, 'no'],
    [{ themselves: 'no', children: 'not-known', others: 'no' }, 'not-known'],
    [{ themselves: 'no', children: 'not-asked', others: 'not-known' }, 'not-known'],
    [{ themselves: 'no', children: 'no' }, null],
    [{}, null],
  ])('of %j comes to %s', (parts, value) => expect(valueOf(police, feared, { parts })).toBe(value));
});

describe('what an assessment lacks', () => {
  it('is everything at first, in the order in which it is asked', () => {
    const lacking = fields(missing(police, { asked: [], answers: {}, judgement: {} }));
    expect(lacking.slice(0, 4)).toEqual([
      'asked',
      'answers.injury',
      'answers.fear',
      'answers.harm-feared.parts.themselves',
    ]);
    expect(lacking.at(-1)).toBe('judgement.band');
  });

  it('is words where a yes needs them, reasons with a judgement, and a judgement with reasons', () => {
    const dash = instrumentOf('safelives-dash');
    const content = counted('safelives-dash', 3);
    expect(missing(dash, content)).toEqual([]);
    const { words: _, ...bare } = content.answers['fear']!;
    expect(fields(missing(dash, { ...content, answers: { ...content.answers, fear: bare } }))).toEqual([
      'answers.fear.words',
    ]);
    expect(fields(missing(dash, { ...content, judgement: { band: 'high' } }))).toEqual(['judgement.reasons']);
    expect(fields(missing(dash, { ...content, judgement: { reasons: 'She said so' } }))).toEqual(['judgement.band']);
  });

  it('is words of a text, unless it may be left out', () => {
    const lacking = fields(
      missing(instrumentOf('coercive-control'), { asked: ['subject'], answers: {}, judgement: {} }),
    );
    expect(lacking).toContain('answers.worst.words');
    expect(lacking).not.toContain('answers.protects.words');
  });
});

describe('what cannot be answered', () => {
  it('is a topic that is not asked, an answer that is not offered and a level that there is not', () => {
    const answers = {
      shoe: { value: 'yes' },
      fear: { value: 'often' },
      'harm-feared': { parts: { cat: 'yes', others: 'x' } },
    };
    expect(fields(impossible(police, { asked: [], answers, judgement: { band: 'grave' } }))).toEqual([
      'answers.shoe',
      'answers.fear',
      'answers.harm-feared.parts.cat',
      'answers.harm-feared.parts.others',
      'judgement.band',
    ]);
    // The checklist of 24 topics knows yes, no and not known.
    const dash = instrumentOf('safelives-dash');
    const open = (value: string) => impossible(dash, { asked: [], answers: { fear: { value } }, judgement: {} });
    expect([fields(open('not-asked')), fields(open('not-known'))]).toEqual([['answers.fear'], []]);
  });
});
