import type { Pathway } from '../../../apis/practice';
import type { Draft } from '../../../apis/referrals';
import { tasksOf } from './tasks';

const pathway = {
  groups: ['about', 'people', 'safe-contact', 'questions', 'wishes'].map((code) => ({ code, title: code })),
} as unknown as Pathway;
const statuses = (content: Draft['content'], ...missing: string[]) => {
  const draft = { missing: missing.map((field) => ({ field, code: 'required', message: '' })) } as unknown as Draft;
  return tasksOf({ draft, content, pathway }).map((t) => t.status);
};

it('says of each part how far it is', () => {
  expect(statuses({}, 'area', 'people', 'answers.help')).toEqual([
    'not-started',
    'not-started',
    'optional',
    'not-started',
    'optional',
  ]);
  expect(
    statuses(
      { area: 'x', people: [], safeContact: {}, answers: { help: 'yes' }, wishes: 'x' },
      'urgency',
      'people.0.name.family',
      'safeContact.methods',
    ),
  ).toEqual(['incomplete', 'incomplete', 'incomplete', 'completed', 'completed']);
});
