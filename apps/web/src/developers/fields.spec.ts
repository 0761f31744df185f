import { fieldsOf, hasAll, wordsIn } from './fields';

describe('fields of the API, as pages show them', () => {
  const schemas = {
    Person: {
      properties: {
        name: { $ref: '#/components/schemas/Name' },
        ids: { type: 'array', items: { format: 'uuid' }, maxItems: 3 },
      },
      required: ['name'],
    },
    Name: { properties: { family: { type: 'string', maxLength: 100 } }, required: ['family'] },
    Loop: { properties: { loop: { $ref: '#/components/schemas/Loop' } } },
  };

  it('are listed by their path, with whether they are needed and their rules', () => {
    const people = {
      properties: {
        people: { type: 'array', items: { $ref: '#/components/schemas/Person' } },
        why: { enum: ['a', 'b'] },
      },
    };
    expect(fieldsOf(people, schemas)).toEqual([
      { name: 'people[]', kind: 'list of groups', needed: false, rules: '' },
      { name: 'people[].name', kind: 'group', needed: true, rules: '' },
      { name: 'people[].name.family', kind: 'string', needed: true, rules: 'at most 100 characters' },
      { name: 'people[].ids[]', kind: 'list of uuid', needed: false, rules: 'at most 3 of them' },
      { name: 'why', kind: 'value', needed: false, rules: 'one of a, b' },
    ]);
    expect(fieldsOf({ $ref: '#/components/schemas/Loop' }, schemas)).toHaveLength(5);
  });

  it('are found by all the words that were typed', () => {
    expect(hasAll(wordsIn(' Make REFERRAL '), 'Make a referral', '/api')).toBe(true);
    expect(hasAll(wordsIn('referral audit'), 'Make a referral')).toBe(false);
    expect(wordsIn(['x'])).toEqual([]);
  });
});
