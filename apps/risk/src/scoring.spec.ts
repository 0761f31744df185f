import type { Instrument } from '@concordat/packs';
import * as fc from 'fast-check';
import { isOpen, topicsOf, valueOf, type Answer, type Content } from './answers';
import { anyContent, counted, current, DAY, instrumentOf, packs } from './instruments.testing';
import { resultOf } from './assessment';
import { bandingOf, scored, type Result } from './scoring';

const result = (code: string, content: Content, banding?: string): Result => {
  const instrument = instrumentOf(code);
  return scored(instrument, bandingOf(instrument, DAY, banding ?? instrument.banding), content);
};
const codes = ({ reasons }: Result): string[] => reasons.map(({ code }) => code);
const rank = (instrument: Instrument, band: string | null): number =>
  instrument.bands.findIndex(({ code }) => code === band);
const dash = instrumentOf('safelives-dash');

describe('worked examples of the domain document', () => {
  it('1: 14 yes and 10 no is high, and meets the count of the route', () => {
    const standing = resultOf(dash, packs, counted('safelives-dash', 14), DAY);
    expect(standing).toMatchObject({ score: 14, band: 'high', open: 0, banding: 'dash-count@1' });
    expect(standing.routes).toEqual([
      { forum: 'marac', criterion: 'visibleHighRisk', rule: 'marac.visible-high-risk@1', met: true },
    ]);
    expect(codes(standing)).toEqual(['counted']);
  });

  it('1: 13 yes and 11 not known is medium, does not meet it, and says that it could be high', () => {
    const standing = resultOf(dash, packs, counted('safelives-dash', 13, 11), DAY);
    expect(standing).toMatchObject({ score: 13, band: 'medium', open: 11 });
    expect(standing.routes[0]!.met).toBe(false);
    expect(standing.reasons.at(-1)).toEqual({ code: 'could-be-higher', open: 11, score: 24, band: 'high' });
  });

  it('2: judgement raises 13 yes to high; “lower” on 14 yes stays high', () => {
    const raised = result('safelives-dash', { ...counted('safelives-dash', 13), judgement: { band: 'high' } });
    expect(raised).toMatchObject({ counted: 'medium', judged: 'high', band: 'high' });
    expect(codes(raised)).toEqual(['counted', 'judgement-raises']);
    const lowered = result('safelives-dash', { ...counted('safelives-dash', 14), judgement: { band: 'standard' } });
    expect(lowered).toMatchObject({ counted: 'high', judged: 'standard', band: 'high' });
    expect(codes(lowered)).toEqual(['counted', 'judgement-does-not-lower']);
  });

  /** Content of the matrix that adds up to a score: frequency, worsening, aim, effect, health, alone, children, earlier. */
  const matrix = (answers: Record<string, string>): Content => ({
    ...{ asked: [], judgement: {} },
    answers: Object.fromEntries(Object.entries(answers).map(([topic, value]): [string, Answer] => [topic, { value }])),
  });
  const worst = { 'how-often': 'daily', 'getting-worse': 'yes', aimed: 'person', effect: 'grave', alone: 'yes' }; // 28

  it('5: of Islington 31 is not high and 32 is', () => {
    const at31 = matrix({ ...worst, 'known-to-them': 'yes', health: 'no' });
    const at32 = matrix({ ...worst, health: 'yes' });
    expect(result('asb-matrix', at31)).toMatchObject({ score: 31, band: 'medium' });
    expect(result('asb-matrix', at32)).toMatchObject({ score: 32, band: 'high' });
  });

  it('5: of Stockton 21 is not referred and 22 is', () => {
    const at19 = { 'how-often': 'daily', 'getting-worse': 'yes', effect: 'grave' };
    const at21 = matrix({ ...at19, children: 'yes' });
    const at22 = matrix({ ...at19, earlier: 'yes' });
    expect(result('asb-matrix', at21, 'stockton')).toMatchObject({
      score: 21,
      band: 'standard',
      banding: 'stockton@1',
    });
    expect(result('asb-matrix', at22, 'stockton')).toMatchObject({ score: 22, band: 'high' });
  });
});

describe('a result', () => {
  it.each([
    [0, 'none'],
    [1, 'standard'],
    [9, 'standard'],
    [10, 'medium'],
    [13, 'medium'],
    [24, 'high'],
  ])('of %i yes is %s', (yes, band) =>
    expect(result('safelives-dash', counted('safelives-dash', yes)).band).toBe(band),
  );

  it('of a hard trigger stands at any score, and an open one says what it could be', () => {
    const content = (value: string): Content => ({ asked: [], judgement: {}, answers: { 'danger-now': { value } } });
    expect(result('generic-matrix', content('yes'))).toMatchObject({ score: 0, counted: 'high', band: 'high' });
    expect(result('generic-matrix', content('not-asked')).reasons.at(-1)).toMatchObject({
      code: 'could-be-higher',
      band: 'high',
    });
    expect(result('generic-matrix', content('no')).band).toBe('lower');
  });

  it('of an instrument without a score is what a professional decides, and nothing before', () => {
    const content = counted('stalking-screen', 11);
    expect(result('stalking-screen', content)).toMatchObject({ score: null, counted: null, band: null, reasons: [] });
    const decided = result('stalking-screen', { ...content, judgement: { band: 'medium' } });
    expect(decided).toMatchObject({ band: 'medium', reasons: [{ code: 'judgement-decides', band: 'medium' }] });
    expect(resultOf(instrumentOf('stalking-screen'), packs, content, DAY).routes).toEqual([]);
  });

  it('needs thresholds that are in force', () => {
    expect(bandingOf(dash, '2024-03-31')).toBeNull();
    expect(() => scored(dash, null, counted('safelives-dash', 3))).toThrow('safelives-dash has no banding in force');
  });
});

describe.each(current.map((instrument) => [instrument.code, instrument] as const))(
  '%s, whatever is answered',
  (_, it_) => {
    const banding = bandingOf(it_, DAY);
    const of = (content: Content): Result => scored(it_, banding, content);

    it('never falls when judgement is added', () => {
      const bands = fc.constantFrom(...it_.bands.map(({ code }) => code));
      fc.assert(
        fc.property(anyContent(it_), bands, (content, band) => {
          const [without, judged] = [of(content), of({ ...content, judgement: { band } })];
          expect(rank(it_, judged.band)).toBe(Math.max(rank(it_, without.band), rank(it_, band)));
          expect(judged.counted).toBe(without.counted);
        }),
        { numRuns: 100 },
      );
    });

    it('never falls when a yes is added', () => {
      const topics = topicsOf(it_).filter(({ type }) => type === 'yes-no' || type === 'parts');
      if (topics.length === 0) return expect(it_.scale).toBeDefined();
      fc.assert(
        fc.property(anyContent(it_), fc.constantFrom(...topics), (content, topic) => {
          const yes = topic.parts ? { parts: { [topic.parts[0]!.code]: 'yes' } } : { value: 'yes' };
          const [before, after] = [of(content), of({ ...content, answers: { ...content.answers, [topic.code]: yes } })];
          expect(rank(it_, after.band)).toBeGreaterThanOrEqual(rank(it_, before.band));
          expect(after.score ?? 0).toBeGreaterThanOrEqual(before.score ?? 0);
        }),
        { numRuns: 100 },
      );
    });

    it('does not take what is open for a no: nothing that it could turn out to be is higher than what is said', () => {
      fc.assert(
        fc.property(anyContent(it_), anyContent(it_), (content, other) => {
          const open = topicsOf(it_).filter((t) => isOpen(it_, valueOf(it_, t, content.answers[t.code])));
          const settled = Object.fromEntries(
            open.flatMap(({ code }) => (other.answers[code] ? [[code, other.answers[code]]] : [])),
          );
          const [told, turned] = [of(content), of({ ...content, answers: { ...content.answers, ...settled } })];
          const could = told.reasons.find(({ code }) => code === 'could-be-higher')?.band ?? told.band;
          expect(rank(it_, turned.band)).toBeLessThanOrEqual(rank(it_, could));
          expect(told.open).toBe(open.filter(({ type }) => type !== 'text').length);
        }),
        { numRuns: 100 },
      );
    });
  },
);
