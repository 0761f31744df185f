import { fieldsOf, formAgain, formOf } from './form';
import { Submitted } from './submitted';

describe('a form', () => {
  it('names each value by its path, and each date by its parts', () => {
    expect(
      fieldsOf({ a: { b: ['x', 'y'], yes: true, no: false, n: 3 }, list: [{ on: '2025-09' }], nothing: null }),
    ).toEqual({
      'a.b': ['x', 'y'],
      'a.b*': 'x\ny',
      'a.yes': 'yes',
      'a.no': 'no',
      'a.n': '3',
      'list.0.on': '2025-09',
      'list.0.on-day': '',
      'list.0.on-month': '9',
      'list.0.on-year': '2025',
    });
  });

  it('leads each problem to its field, the first of a field only', () => {
    const problems = [
      { field: 'list', code: 'required', message: 'Add one' },
      { field: 'a', code: 'required', message: 'Enter a' },
      { field: 'a', code: 'too-long', message: 'Shorten a' },
    ];
    const form = formOf({ problems, fieldOf: (path) => (path === 'list' ? 'list.0' : path) });
    expect(form.errors).toEqual({ 'list.0': 'Add one', a: 'Enter a' });
    expect(form.errorList).toEqual([
      { text: 'Add one', href: '#list.0' },
      { text: 'Enter a', href: '#a' },
    ]);
  });

  it('has a key of its own each time it is shown, and keeps version and text when shown again', () => {
    const sent = new Submitted({ _version: '4', _key: 'the-first-key', text: 'typed' });
    const again = formAgain(sent, []);
    expect(again).toMatchObject({ values: { text: 'typed' }, version: 4 });
    expect(new Set([again.key, formOf().key, formOf().key, 'the-first-key']).size).toBe(4);
    expect(formAgain(sent, [], { version: 5 }).version).toBe(5);
  });
});
