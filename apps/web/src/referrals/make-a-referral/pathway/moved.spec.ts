import type { Pathway } from '../../../apis/practice';
import { movedTo } from './moved';

const PEOPLE = [{ ref: 'p1', roles: ['subject'] }];
const pathway = (code: string, groups: object[], criteria: object[] = []): Pathway =>
  ({ code, title: code, groups, criteria }) as unknown as Pathway;
const question = (code: string, type: string, options?: string[]) => ({
  ...{ code, text: `${code}?`, type, required: false },
  ...(options ? { options: options.map((value) => ({ value, text: value })) } : {}),
});
const from = pathway(
  'from',
  [
    { code: 'people', title: 'People' },
    { code: 'fears', title: 'Who is feared' },
    { code: 'criteria', title: 'Criteria' },
    {
      ...{ code: 'questions', title: 'More' },
      questions: [question('help', 'text'), question('when', 'date'), question('how', 'choice', ['a', 'b'])],
    },
  ],
  [
    { code: 'harm', title: 'Serious harm' },
    { code: 'repeat', title: 'A repeat' },
  ],
);

describe('a draft under another pathway', () => {
  it('keeps what both ask, word for word', () => {
    const content = { pathway: 'from', area: 'x', people: PEOPLE, answers: { help: 'Much', how: 'a' } };
    const to = pathway('to', from.groups as object[], from.criteria as object[]);
    expect(movedTo(content, from, to)).toEqual({ content: { ...content, pathway: 'to' }, lost: [] });
  });

  it('loses the pages, criteria and questions that the other does not ask, and names them', () => {
    const content = {
      ...{ pathway: 'from', people: PEOPLE, fears: { feared: [] }, wishes: 'Peace' },
      criteria: { harm: { met: 'yes' }, repeat: { met: 'no' } },
      answers: { help: 'Much', when: '2026-01-02', how: 'b' },
    };
    const questions = [question('help', 'text'), question('when', 'text'), question('how', 'choice', ['a'])];
    const groups = [
      { code: 'people', title: 'People' },
      { code: 'criteria', title: 'Criteria' },
      { code: 'wishes', title: 'Wishes' },
      { code: 'questions', title: 'More', questions },
    ];
    expect(movedTo(content as never, from, pathway('to', groups, [{ code: 'harm', title: 'Harm' }]))).toEqual({
      content: {
        ...{
          pathway: 'to',
          people: PEOPLE,
          wishes: 'Peace',
          criteria: { harm: { met: 'yes' } },
          answers: { help: 'Much' },
        },
      },
      lost: ['Who is feared', 'A repeat', 'when?', 'how?'],
    });
  });

  it('of which nothing is left has no empty parts', () => {
    const content = { pathway: 'from', answers: { help: 'Much' }, criteria: { harm: {} } };
    const to = pathway('to', [{ code: 'people', title: 'People' }]);
    expect(movedTo(content, from, to)).toEqual({ content: { pathway: 'to' }, lost: ['Criteria', 'More'] });
  });

  it('leaves a pathway that the pack has no longer', () => {
    const content = { pathway: 'gone', people: PEOPLE, answers: { help: 'Much', old: 'x' } };
    const to = pathway('to', from.groups as object[]);
    expect(movedTo(content, undefined, to)).toEqual({
      content: { pathway: 'to', people: PEOPLE, answers: { help: 'Much' } },
      lost: ['old'],
    });
  });
});
