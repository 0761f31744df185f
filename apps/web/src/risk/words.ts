import type { AskedOf } from '@concordat/contracts';
import type { Answer, AssessmentResult, InstrumentText, ResultReason, Topic } from '../apis/risk';
import type { Choice } from '../design/words';

export const ASKED: Readonly<Record<AskedOf, string>> = {
  subject: 'The person themselves',
  'relative-or-friend': 'A relative or friend',
  professional: 'A professional who knows them',
  records: 'Records only: nobody was asked',
  'somebody-else': 'Somebody else',
};
export const askedChoices: readonly Choice[] = Object.entries(ASKED).map(([value, text]) => ({ value, text }));

const ANSWERS: Readonly<Record<string, string>> = {
  yes: 'Yes',
  no: 'No',
  'not-known': 'Not known',
  'not-asked': 'Not asked',
};

/** The answers of a topic that is not in parts, or of one part. */
export function answerChoices(instrument: InstrumentText, topic: Topic): Choice[] {
  const own = topic.type === 'frequency' ? instrument.scale : topic.options;
  const chosen = own
    ? own.map(({ code, title }) => ({ value: code, text: title }))
    : ['yes', 'no'].map((value) => ({ value, text: ANSWERS[value]! }));
  return [...chosen, ...instrument.open.map((value) => ({ value, text: ANSWERS[value] ?? value }))];
}

/** An answer in words; of parts, part by part. "Not answered" is not "no". */
export function answerLines(instrument: InstrumentText, topic: Topic, answer: Answer | undefined): string {
  const titles = new Map(answerChoices(instrument, topic).map(({ value, text }) => [value, text]));
  const said = (value: string | undefined): string =>
    value === undefined ? 'Not answered' : (titles.get(value) ?? value);
  const lines =
    topic.type === 'text'
      ? []
      : topic.parts
        ? topic.parts.map((part) => `${part.text}: ${said(answer?.parts?.[part.code])}`)
        : [said(answer?.value)];
  const words = answer?.words ?? (topic.type === 'text' ? 'Not answered' : undefined);
  return [...lines, ...(words ? [words] : [])].join('\n');
}

/** One value of a comparison under its title; an absent one says so. */
export function valueTitle(instrument: InstrumentText, topic: Topic, value: string | null): string {
  if (value === null) return 'Not answered';
  if (value === 'words') return 'In words';
  return answerChoices(instrument, topic).find((choice) => choice.value === value)?.text ?? ANSWERS[value] ?? value;
}

export const bandTitle = (instrument: InstrumentText, code: string | null | undefined): string =>
  instrument.bands.find((band) => band.code === code)?.title ?? 'No level yet';

const topics = (n: number): string => `${n} ${n === 1 ? 'topic' : 'topics'}`;

/** Why a result is what it is, in plain words, one sentence or two each. Pure. */
export function reasonsInWords(instrument: InstrumentText, { reasons, open }: AssessmentResult): string[] {
  const band = (code: string | undefined): string => bandTitle(instrument, code);
  const words = (reason: ResultReason): string => {
    switch (reason.code) {
      case 'counted':
        return instrument.scoring === 'count'
          ? `${topics(reason.score ?? 0)} counted as “yes”, which gives ${band(reason.band)}.`
          : `The answers add up to ${reason.score ?? 0}, which gives ${band(reason.band)}.`;
      case 'trigger': {
        const trigger = instrument.triggers.find(({ code }) => code === reason.trigger);
        return `${trigger?.title ?? 'One answer'}: this is enough for ${band(reason.band)} by itself.`;
      }
      case 'judgement-raises':
        return `Professional judgement raises it from ${band(reason.from)} to ${band(reason.band)}.`;
      case 'judgement-agrees':
        return `Professional judgement agrees: ${band(reason.band)}.`;
      case 'judgement-does-not-lower':
        return `The judgement was ${band(reason.judged)}. Judgement never lowers a result, so it stays ${band(reason.band)}.`;
      case 'judgement-decides':
        return `There is no score. A professional judged it to be ${band(reason.band)}.`;
      case 'could-be-higher':
        return `${topics(reason.open ?? 0)} could not be answered yes or no. With other answers it could be ${band(reason.band)}. Find out what you can, or consider your judgement.`;
      default:
        return reason.code;
    }
  };
  const told = reasons.map(words);
  const said = reasons.some(({ code }) => code === 'could-be-higher');
  return open > 0 && !said
    ? [...told, `${topics(open)} could not be answered yes or no. They do not count as “no”.`]
    : told;
}

const SET_BY = {
  forum: (forum: string) => `as ${forum} has set them`,
  kind: (forum: string) => `as forums like ${forum} follow them`,
  instrument: (forum: string) => `which hold by default, ${forum} having none of its own`,
} as const;

/** By which thresholds a result came, whose they are and where they stand; null where there is no score. Pure. */
export function thresholdsInWords(instrument: InstrumentText, stamp: AssessmentResult['thresholds'] | null) {
  if (!stamp) return null;
  const levels = stamp.thresholds.map(
    ({ operator, value, band }) => `${bandTitle(instrument, band)} ${operator === '>' ? 'above' : 'from'} ${value}`,
  );
  const by = stamp.forum ? SET_BY[stamp.setBy](stamp.forum.title) : 'which hold by default';
  return {
    text: `${stamp.title}, version ${stamp.version}, ${by}: ${levels.join(', ')}.`,
    source: stamp.source,
  };
}

/** By rank among its own bands, the highest red. A tag says its title as well: never by colour alone. */
export function bandTag(bands: readonly string[], code: string | null | undefined): string {
  const rank = code ? bands.indexOf(code) : -1;
  if (rank < 0) return 'grey';
  if (rank === bands.length - 1) return 'red';
  return rank === bands.length - 2 ? 'orange' : rank === 0 ? 'blue' : 'yellow';
}

export const CHANGES: Readonly<Record<string, string>> = {
  same: '',
  appeared: 'New since the last',
  ceased: 'No longer',
  rose: 'Worse than the last',
  fell: 'Better than the last',
  changed: 'Changed',
  opened: 'Not known any more',
  settled: 'Known now',
  'not-comparable': '',
};
