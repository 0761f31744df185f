import { actionsFor } from './details';

const all = (value: boolean) =>
  Object.fromEntries(
    ['rate', 'decide', 'assign', 'requestInformation', 'note', 'giveFeedback', 'reopen'].map((n) => [n, value]),
  );

describe('what can be done', () => {
  it('is what the context allows and nothing else', () => {
    expect(actionsFor({ id: 'x', status: 'withdrawn', may: all(false) })).toEqual([]);
    expect(actionsFor({ id: 'x', status: 'received', may: { ...all(false), note: true } })).toEqual([
      { text: 'Add a note', href: '/triage/x/note', primary: true },
    ]);
  });

  it('begins with rating, and once rated with deciding', () => {
    const primary = (status: string) => actionsFor({ id: 'x', status, may: all(true) }).find((a) => a.primary)?.text;
    expect([primary('received'), primary('reopened'), primary('rated')]).toEqual(['Rate', 'Rate', 'Decide']);
  });
});
