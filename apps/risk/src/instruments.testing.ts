import { loadPacks, type Instrument, type Topic } from '@concordat/packs';
import * as fc from 'fast-check';
import { join } from 'node:path';
import { choicesOf, topicsOf, type Answer, type Content } from './answers';

export const packs = loadPacks(join(__dirname, '../../../packs/england-wales'));
export const DAY = '2026-11-28';
export const instrumentOf = (code: string): Instrument => packs.instrument(code, DAY)!;
/** Those that can be answered. */
export const current = packs.instruments().filter(({ use }) => use === 'current');

/** Content of so many yes, so many not known, and no for the rest, of an instrument of yes and no. */
export function counted(code: string, yes: number, open = 0): Content {
  const answers = topicsOf(instrumentOf(code)).map((topic, i): [string, Answer] => [
    topic.code,
    i < yes ? { value: 'yes', words: 'Told us so' } : { value: i < yes + open ? 'not-known' : 'no' },
  ]);
  return { asked: ['subject'], answers: Object.fromEntries(answers), judgement: {} };
}

/** Any content that an instrument allows, complete or not. */
export function anyContent(instrument: Instrument): fc.Arbitrary<Content> {
  const answers = topicsOf(instrument).map((topic) =>
    fc.option(anyAnswer(instrument, topic), { nil: undefined }).map((answer) => [topic.code, answer] as const),
  );
  return fc.tuple(...answers).map((all) => ({
    ...{ asked: [], judgement: {} },
    answers: Object.fromEntries(all.flatMap(([code, answer]) => (answer ? [[code, answer]] : []))),
  }));
}

function anyAnswer(instrument: Instrument, topic: Topic): fc.Arbitrary<Answer> {
  if (topic.type === 'text') return fc.constant({ words: 'Something' });
  if (topic.parts) {
    const given = fc.option(fc.constantFrom('yes', 'no', ...instrument.open), { nil: undefined });
    const each = topic.parts.map(({ code }) => given.map((value) => [code, value] as const));
    return fc
      .tuple(...each)
      .map((parts) => ({ parts: Object.fromEntries(parts.flatMap(([code, v]) => (v ? [[code, v]] : []))) }));
  }
  return fc.constantFrom(...choicesOf(instrument, topic)).map((value) => ({ value }));
}
