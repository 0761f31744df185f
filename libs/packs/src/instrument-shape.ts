import { instrumentProblem } from './instrument-checks';
import {
  openAnswers,
  type Band,
  type Banding,
  type BandThreshold,
  type HardTrigger,
  type Instrument,
  type InstrumentOption,
  type Topic,
  type TopicGroup,
  topicTypes,
} from './instrument-types';
import { provenance, registered } from './rule-shapes';
import { checked, code, day, distinct, flag, list, oneOf, record, type Shape, text, whole } from './shapes';

const MOST_POINTS = 1_000;
const byCode = ({ code: name }: { readonly code: string }): string => name;
const points = whole(0, MOST_POINTS);

const option: Shape<InstrumentOption> = record({ code, title: text }, { weight: points });
const band: Shape<Band> = record({ code, title: text, meaning: text });

const topic: Shape<Topic> = checked(
  record(
    { code, text, type: oneOf(topicTypes) },
    {
      hint: text,
      weight: points,
      parts: distinct(list(record({ code, text }), 2), byCode),
      options: distinct(list(option, 2), byCode),
      explain: flag,
      optional: flag,
    },
  ),
  ({ type, parts, options, weight, explain, optional }) => {
    if ((type === 'parts') !== (parts !== undefined)) return 'parts belong to a topic of type parts, and to no other';
    if ((type === 'choice') !== (options !== undefined))
      return 'options belong to a topic of type choice, and to no other';
    const yesOrNo = type === 'yes-no' || type === 'parts';
    if (weight !== undefined && !yesOrNo) return `a topic of type ${type} has no weight of its own`;
    if (explain !== undefined && !yesOrNo) return `a topic of type ${type} has no “yes” to explain`;
    if (optional !== undefined && type !== 'text') return 'only a topic of type text may be left out';
    return undefined;
  },
);

const group: Shape<TopicGroup> = record({ code, title: text, topics: list(topic, 1) }, { hint: text });

const threshold: Shape<BandThreshold> = record({ operator: oneOf(['>', '>=']), value: points, band: code });
const banding: Shape<Banding> = registered(
  record({ id: code, title: text, ...provenance, thresholds: list(threshold, 1) }, { effectiveTo: day }),
);
const trigger: Shape<HardTrigger> = record({ code, title: text, topic: code, band: code }, { is: list(code, 1) });

const document: Shape<Instrument> = checked(
  record(
    {
      ...provenance,
      code,
      title: text,
      description: text,
      use: oneOf(['current', 'history']),
      scoring: oneOf(['count', 'weight', 'none']),
      judgement: oneOf(['raise', 'decide']),
      open: distinct(list(oneOf(openAnswers), 1), (each) => each),
      bands: distinct(list(band, 1), byCode),
      bandings: list(banding),
      triggers: distinct(list(trigger), byCode),
      groups: distinct(list(group, 1), byCode),
    },
    { effectiveTo: day, banding: code, scale: distinct(list(option, 2), byCode) },
  ),
  instrumentProblem,
);

/** A document of kind `instrument`. Two versions of one instrument may be in a pack, and never in force on one day. */
export const instrument: Shape<Instrument> = (node, spot) => {
  const read = document(node, spot);
  if (read === undefined) return undefined;
  const { code: name, version, effectiveFrom, effectiveTo, source, verified } = read;
  const rule = { id: `instrument ${name}`, version, effectiveFrom, source, verified };
  if (effectiveTo !== undefined && effectiveTo < effectiveFrom)
    return spot.report('effectiveTo is before effectiveFrom');
  spot.reading.define(['instrument version'], `${name} ${version}`, spot.finding(''));
  spot.reading.rules.push({ rule: effectiveTo ? { ...rule, effectiveTo } : rule, at: spot.finding('') });
  return read;
};
