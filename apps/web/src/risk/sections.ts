import type { AssessmentView, TopicGroup } from '../apis/risk';
import { answerLines, ASKED, bandTitle } from './words';

/** One page of an assessment: who was asked, a group of topics, or the judgement. */
export interface Section {
  readonly code: string;
  readonly title: string;
  readonly hint?: string;
  readonly group?: TopicGroup;
}

/** The pages of an assessment, in order. Pure. */
export const sectionsOf = ({ document }: Pick<AssessmentView, 'document'>): Section[] => [
  { code: 'asked', title: 'Who was asked' },
  ...document.groups.map((group) => ({ ...group, group })),
  { code: 'judgement', title: 'Your judgement' },
];

/** The page on which a field is; the first when there is none. */
export function sectionOfField(sections: readonly Section[], field: string): Section {
  const [first = '', second = ''] = field.split('.');
  const found = sections.find(({ code, group }) =>
    first === 'answers' ? group?.topics.some((topic) => topic.code === second) : code === first,
  );
  return found ?? sections[0]!;
}

export interface SummarySection {
  readonly code: string;
  readonly title: string;
  readonly rows: readonly { readonly key: string; readonly value: string }[];
}

/** Everything that an assessment says, as rows for a summary list. What is not answered says so. Pure. */
export function summaryOf({ document, content }: Pick<AssessmentView, 'document' | 'content'>): SummarySection[] {
  const asked = [...content.asked.map((each) => ASKED[each]), ...(content.askedWords ? [content.askedWords] : [])];
  const { band, reasons } = content.judgement;
  return [
    { code: 'asked', title: 'Who was asked', rows: [{ key: 'Asked', value: asked.join('\n') || 'Not answered' }] },
    ...document.groups.map(({ code, title, topics }) => ({
      ...{ code, title },
      rows: topics.map((topic) => ({
        key: topic.text,
        value: answerLines(document, topic, content.answers[topic.code]),
      })),
    })),
    {
      code: 'judgement',
      title: 'Professional judgement',
      rows: [
        { key: 'Level', value: band ? bandTitle(document, band) : 'No judgement beside the answers' },
        ...(reasons ? [{ key: 'Reasons', value: reasons }] : []),
      ],
    },
  ];
}
