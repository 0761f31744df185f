import { formatOf, templateOf } from './wording-words';

it('tells of what form a wording is by how it begins', () => {
  expect(['{"fear": "x"}', ' [', 'key,text\nfear,x', 'text,"Key"', 'fear: key\n'].map(formatOf)).toEqual([
    'json',
    'json',
    'csv',
    'csv',
    'yaml',
  ]);
});

it('begins with every key, and the text that it has', () => {
  const keys = ['fear', 'harm/children'].map((key) => ({ key, label: key, optional: false }));
  expect(templateOf({ keys }, [{ key: 'fear', label: 'fear', text: 'Said "no", then' }])).toBe(
    'key,text\nfear,"Said ""no"", then"\nharm/children,""',
  );
});
