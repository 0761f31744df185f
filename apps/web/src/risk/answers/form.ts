import { askedOf } from '@concordat/contracts';
import type { Answer, AssessmentContent, TopicGroup } from '../../apis/risk';
import { compact, type Submitted } from '../../design/submitted';
import type { Section } from '../sections';

/** What `judgement.band` says when the professional leaves the counted result as it is. */
export const NO_JUDGEMENT = 'none';

type Values = Record<string, string | readonly string[]>;

/** The whole content with one page of it as it was posted. What that page does not show stays. Pure. */
export function contentWith(content: AssessmentContent, section: Section, sent: Submitted): AssessmentContent {
  if (section.code === 'asked') {
    const asked = askedOf.filter((each) => sent.list('asked').includes(each));
    const { askedWords: _before, ...rest } = content;
    return { ...rest, ...compact({ askedWords: sent.text('askedWords') }), asked };
  }
  if (section.code === 'judgement') {
    const band = sent.text('judgement.band');
    const chosen = band === NO_JUDGEMENT ? undefined : band;
    return { ...content, judgement: compact({ band: chosen, reasons: sent.text('judgement.reasons') }) };
  }
  return { ...content, answers: answersWith(content.answers, section.group!, sent) };
}

function answersWith(before: AssessmentContent['answers'], group: TopicGroup, sent: Submitted) {
  const answers: Record<string, Answer> = { ...before };
  for (const topic of group.topics) {
    const name = `answers.${topic.code}`;
    const parts = compact(
      Object.fromEntries((topic.parts ?? []).map(({ code }) => [code, sent.text(`${name}.parts.${code}`)])),
    ) as Record<string, string>;
    const answer = compact({
      value: topic.type === 'text' || topic.parts ? undefined : sent.text(name),
      parts: Object.keys(parts).length > 0 ? parts : undefined,
      words: sent.text(`${name}.words`),
    });
    if (Object.keys(answer).length > 0) answers[topic.code] = answer;
    else delete answers[topic.code];
  }
  return answers;
}

/** The values with which the form of a page begins. Pure. */
export function valuesOf({ asked, askedWords, answers, judgement }: AssessmentContent, section: Section): Values {
  if (section.code === 'asked') return { asked, askedWords: askedWords ?? '' };
  if (section.code === 'judgement')
    return { 'judgement.band': judgement.band ?? '', 'judgement.reasons': judgement.reasons ?? '' };
  const values: Values = {};
  for (const { code } of section.group?.topics ?? []) {
    const { value, parts, words } = answers[code] ?? {};
    if (value !== undefined) values[`answers.${code}`] = value;
    if (words !== undefined) values[`answers.${code}.words`] = words;
    for (const [part, given] of Object.entries(parts ?? {})) values[`answers.${code}.parts.${part}`] = given;
  }
  return values;
}
