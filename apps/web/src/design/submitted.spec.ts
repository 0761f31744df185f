import { compact, orNothing, Submitted } from './submitted';

describe('a submitted form', () => {
  it('gives texts trimmed, with lines ending as in Unix, and blanks as nothing', () => {
    const sent = new Submitted({ a: '  x\r\ny ', b: '   ', c: ['first', 'last'], d: { no: 'text' } });
    expect([sent.text('a'), sent.text('b'), sent.text('c'), sent.text('d'), sent.text('e')]).toEqual([
      'x\ny',
      undefined,
      'last',
      undefined,
      undefined,
    ]);
    expect([sent.lines('a'), sent.lines('b')]).toEqual([['x', 'y'], undefined]);
  });

  it('gives what was ticked as a list, once or more', () => {
    const sent = new Submitted({ one: 'a', two: ['a', 'b'], box: 'yes', not: 'no' });
    expect([sent.list('one'), sent.list('two'), sent.list('none')]).toEqual([['a'], ['a', 'b'], []]);
    expect([sent.ticked('box'), sent.ticked('not')]).toEqual([true, undefined]);
  });

  it('reads a date from its three fields, with or without leading zeros', () => {
    const date = (day: string, month: string, year: string, options = {}) => {
      const sent = new Submitted({ 'd-day': day, 'd-month': month, 'd-year': year });
      return [sent.date('d', options), sent.errors.map((e) => e.field)];
    };
    expect(date('3', '9', '2025')).toEqual(['2025-09-03', []]);
    expect(date('03', '09', '2025')).toEqual(['2025-09-03', []]);
    expect(date('', '', '')).toEqual([undefined, []]);
    expect(date('29', '2', '2025')).toEqual([undefined, ['d-day']]);
    expect(date('29', '2', '2024')).toEqual(['2024-02-29', []]);
    expect(date('', '9', '2025')).toEqual([undefined, ['d-day']]);
    expect(date('', '9', '2025', { partial: true })).toEqual(['2025-09', []]);
    expect(date('', '', '2025', { partial: true })).toEqual(['2025', []]);
    expect(date('3', '', '2025', { partial: true })).toEqual([undefined, ['d-day']]);
    expect(date('3', 'Sept', '25', { partial: true })).toEqual([undefined, ['d-day']]);
  });

  it('says how a date is put right, and of which', () => {
    const sent = new Submitted({ 'rows.0.on-day': '31', 'rows.0.on-month': '2', 'rows.0.on-year': '2025' });
    sent.rows('rows', (row) => ({ on: row.date('on', { what: 'The date of the event' }) }));
    expect(sent.errors).toEqual([
      {
        field: 'rows.0.on-day',
        code: 'not-a-date',
        message: 'The date of the event must be a real date, like 27 3 2025',
      },
    ]);
  });

  it('reads rows in order, leaves out those that are blank, and reaches no further than the list', () => {
    const sent = new Submitted({
      'list.10.a': 'x',
      'list.2.a': 'y',
      'list.2.b': '',
      'list.3.a': ' ',
      'listed.0.a': 'z',
      'list.__proto__.a': 'p',
    });
    expect(sent.rows('list', (row, index) => ({ index: row.text('a') && index, a: row.text('a') }))).toEqual([
      { index: 2, a: 'y' },
      { index: 10, a: 'x' },
    ]);
  });

  it('takes whole numbers only', () => {
    const sent = new Submitted({ n: '14', m: '-1', o: '1e3' });
    expect([sent.count('n'), sent.count('m'), sent.count('o'), sent.count('p')]).toEqual([
      14,
      undefined,
      undefined,
      undefined,
    ]);
    expect(sent.errors.map((e) => e.field)).toEqual(['m', 'o']);
  });

  it('keeps what was typed, and not its own fields', () => {
    const sent = new Submitted({ _csrf: 'secret', _key: 'abcdefgh-1', _version: '7', a: ' typed ', b: ['x'] });
    expect(sent.values).toEqual({ a: ' typed ', b: ['x'] });
    expect([sent.version, sent.key]).toEqual([7, 'abcdefgh-1']);
    expect([new Submitted({}).version, new Submitted({ _key: 'no spaces please' }).key]).toEqual([0, '']);
  });
});

it('leaves out what is blank', () => {
  expect(compact({ a: undefined, b: [], c: false, d: '' })).toEqual({ c: false, d: '' });
  expect([orNothing({ a: undefined }), orNothing({ a: 1, b: undefined })]).toEqual([undefined, { a: 1 }]);
});
