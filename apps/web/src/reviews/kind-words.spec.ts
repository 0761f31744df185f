import type { Checklist } from '../apis/oversight';
import { shownSections } from './kind-words';

const question = (id: string, ...kinds: string[]): Checklist['questions'][number] => ({
  ...{ id, text: id, what: 'criterion', force: 'law', source: 'An Act', kinds },
});
const checklist: Checklist = {
  questions: [question('a.one', 'a', 'b'), question('a.two', 'a'), question('b.one', 'b')],
  labels: { a: 'Review A', b: 'Review B' },
};

describe('the checklist of kinds in sections', () => {
  it('asks each question once, in the section of the kind that asks it first, and says how far it is', () => {
    const shown = shownSections(checklist, { values: { 'a.two': 'no' }, errors: {} });
    expect(shown.map((s) => [s.label, s.progress, s.open, s.questions.map((q) => q.id)])).toEqual([
      ['Review A', '1 of 2 questions answered', false, ['a.one', 'a.two']],
      ['Review B', '0 of 1 question answered', false, ['b.one']],
    ]);
  });

  it('opens the sections in which something is to be put right, and no other', () => {
    const shown = shownSections(checklist, { values: {}, errors: { 'b.one': 'Answer: b.one' } });
    expect(shown.map((s) => s.open)).toEqual([false, true]);
  });
});
