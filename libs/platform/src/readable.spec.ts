import * as fc from 'fast-check';
import { unreadable } from './readable';

describe('unreadable', () => {
  it('finds nothing in ordinary JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8 }), (value) => {
        fc.pre(
          !/\\u0000|\\u[dD][89a-fA-F]|__proto__|toString|valueOf|constructor|hasOwnProperty/.test(
            JSON.stringify(value),
          ),
        );
        expect(unreadable(value)).toEqual([]);
      }),
    );
  });

  it('names the field, and repeats nothing of it', () => {
    expect(unreadable({ people: [{ name: { given: 'Zy\0x' } }] })).toEqual([
      { field: 'people.0.name.given', code: 'not-text', message: expect.not.stringContaining('Zy') as string },
    ]);
    expect(unreadable({ a: '\ud800', b: '\udc00x', c: '😀' }).map((p) => p.field)).toEqual(['a', 'b']);
  });

  it('refuses names that every object has, and names that are no text', () => {
    expect(unreadable({ content: JSON.parse('{"hasOwnProperty":1,"toString":2,"a\\u0000":3}') as unknown })).toEqual([
      expect.objectContaining({ field: 'content', code: 'unknown-field' }),
      expect.objectContaining({ field: 'content', code: 'unknown-field' }),
      expect.objectContaining({ field: 'content', code: 'unknown-field' }),
    ]);
  });

  it('does not follow what is nested without end', () => {
    const deep = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`) as unknown;
    expect(unreadable(deep)).toEqual([expect.objectContaining({ code: 'too-deep' })]);
  });
});
