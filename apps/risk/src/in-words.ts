import type { Instrument, Topic } from '@concordat/packs';
import { topicsOf, type Answer, type Content } from './answers';
import type { Result } from './scoring';

const ANSWERS: Readonly<Record<string, string>> = {
  yes: 'Yes',
  no: 'No',
  'not-known': 'Not known',
  'not-asked': 'Not asked',
};

/** An answer under its title: that of its option, or yes, no and what is open. */
export const answerInWords = (instrument: Instrument, topic: Topic, value: string): string =>
  [...(topic.options ?? []), ...(instrument.scale ?? [])].find(({ code }) => code === value)?.title ??
  ANSWERS[value] ??
  value;

/** A whole assessment as lines of text: for somebody who asks what is held about them. Pure. */
export function assessmentInWords(instrument: Instrument, content: Content, result: Result): string {
  const bandOf = (code: string | null | undefined): string | undefined =>
    instrument.bands.find((band) => band.code === code)?.title;
  return [
    line('Result', bandOf(result.band)),
    line('Score', result.score === null ? undefined : String(result.score)),
    line('Judged', bandOf(content.judgement.band)),
    line('Reasons', content.judgement.reasons),
    line('Who was asked', [...content.asked, ...(content.askedWords ? [content.askedWords] : [])].join(', ')),
    ...topicsOf(instrument).flatMap((topic) => topicInWords(instrument, topic, content.answers[topic.code])),
  ]
    .filter((each) => each !== null)
    .join('\n');
}

const line = (name: string, value: string | undefined): string | null => (value ? `${name}: ${value}` : null);

function topicInWords(instrument: Instrument, topic: Topic, answer: Answer | undefined): (string | null)[] {
  const value = answer?.value === undefined ? undefined : answerInWords(instrument, topic, answer.value);
  const parts = (topic.parts ?? []).map((part) => {
    const given = answer?.parts?.[part.code];
    return line(
      `${topic.text}, ${part.text}`,
      given === undefined ? undefined : answerInWords(instrument, topic, given),
    );
  });
  return [
    line(topic.text, value),
    ...parts,
    line(value || parts.length > 0 ? `${topic.text}, in words` : topic.text, answer?.words),
  ];
}
