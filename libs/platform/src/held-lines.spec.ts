import { linesOf } from './held-lines';

describe('what is held, as lines', () => {
  it('names each part by where it stands, item by item, and leaves out what is empty and where it came from', () => {
    const content = {
      name: { given: 'Isolde', family: 'Quarrenby', source: { orgId: 'x' } },
      datesOfBirth: [{ value: '1980-01-01', preferred: true }, { value: '1980' }],
      sex: null,
      phones: [],
    };
    expect(linesOf(content)).toBe(
      [
        'name given: Isolde',
        'name family: Quarrenby',
        'dates of birth value: 1980-01-01',
        'dates of birth preferred: true',
        'dates of birth value: 1980',
      ].join('\n'),
    );
    expect(linesOf('x')).toBe('x');
    expect(linesOf(null)).toBe('');
  });
});
