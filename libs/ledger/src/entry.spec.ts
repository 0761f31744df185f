import * as fc from 'fast-check';
import { buildEntry, canonicalJson, commitDetail, hashLeaf, LEAF_OPS, parseCanonical, parseEntry } from './index';
import type { Leaf } from './index';

const K = Buffer.from(Array.from({ length: 32 }, (_, i) => i));
const COMMIT = '304336b470d8917998a33b9a65806efac6be5651a02fecd8ee9e7c2f26c767f3';
const A = '0192f0c1-0000-7000-8000-000000000001';
const P = '5b0c9d3e-8a41-4a52-9d1e-0a6f3c2b7e10';
const leaf: Leaf = {
  v: 1,
  eventId: A,
  origin: 'log.example/concordat',
  src: { id: 'referrals', seq: '1' },
  op: 'CONSULTATION',
  act: 'VIEW_CASE',
  occurredAt: '2026-11-24T09:00:00.000Z',
  recordedAt: '2026-11-24T09:00:00.012Z',
  actor: P,
  actorRole: 'practitioner',
  actorOrg: P,
  subjects: [P],
  objects: [{ t: 'case', id: P, ver: '3' }],
  purpose: 'safeguarding',
  basis: { article6: '6(1)(e)'.replace(/[()]/g, '.'), conditions: ['sch1-18'], override: true },
  isa: 'northbank-isa@3',
  decision: 'PERMIT',
  reasons: ['R1'],
  outcome: 'OK',
  corr: P,
  commit: COMMIT,
};
const erasure: Leaf = {
  ...leaf,
  op: 'ERASURE',
  act: 'ERASE_RECORD',
  target: [{ eventId: A, index: '7' }],
  rule: 'RR-3',
};

describe('the published leaf', () => {
  it('has the published commitment, form and hash', () => {
    expect(commitDetail(K, canonicalJson({ note: 'example' }))).toBe(COMMIT);
    const entry = canonicalJson({
      v: 1,
      op: 'CONSULTATION',
      origin: 'log.example/concordat',
      act: 'VIEW_CASE',
      eventId: A,
      commit: COMMIT,
    });
    expect(Buffer.byteLength(entry)).toBe(203);
    expect(hashLeaf(Buffer.from(entry)).toString('hex')).toBe(
      '2d9c823450b8cdeebd3575d8acb8c020f4e3c5ced709d1a84d155544e2bbb666',
    );
  });

  it('takes a key of exactly 32 bytes', () => {
    expect(() => commitDetail(K.subarray(1), '{}')).toThrow('32 bytes');
    expect(() => commitDetail(Buffer.alloc(33), '{}')).toThrow('32 bytes');
  });
});

describe('an entry', () => {
  it('reads back what was built', () => {
    expect(parseEntry(buildEntry(leaf))).toEqual(leaf);
    expect(parseEntry(buildEntry(erasure))).toEqual(erasure);
    expect(buildEntry(leaf).length).toBeLessThan(2048);
    for (const op of LEAF_OPS) expect(() => buildEntry({ ...leaf, op })).not.toThrow();
  });

  it.each(['v', 'eventId', 'origin', 'src', 'op', 'act', 'occurredAt', 'recordedAt', 'outcome', 'commit'])(
    'is refused without %s',
    (name) => {
      const rest = Object.fromEntries(Object.entries(leaf).filter(([k]) => k !== name)) as unknown as Leaf;
      expect(() => buildEntry(rest)).toThrow(`leaf has no ${name}`);
    },
  );

  it.each<[string, Record<string, unknown>]>([
    ['an unknown field', { name: 'x' }],
    ['a field left undefined', { actor: undefined }],
    ['another version', { v: 2 }],
    ['a random UUID for a v7', { eventId: P }],
    ['an upper-case UUID', { eventId: A.toUpperCase() }],
    ['an unknown op', { op: 'PEEK' }],
    ['an act without a resource', { act: 'VIEW' }],
    ['a time without milliseconds', { occurredAt: '2026-11-24T09:00:00Z' }],
    ['a time with an offset', { occurredAt: '2026-11-24T09:00:00.000+00:00' }],
    ['a day that is not', { occurredAt: '2026-02-30T09:00:00.000Z' }],
    ['a number for a sequence', { src: { id: 'a', seq: 1 } }],
    ['a leading zero', { src: { id: 'a', seq: '01' } }],
    ['a sequence above 64 bits', { src: { id: 'a', seq: '18446744073709551616' } }],
    ['a surplus member', { src: { id: 'a', seq: '1', host: 'b' } }],
    ['a name for a subject', { subjects: ['Ada Example'] }],
    ['free text for a justification', { justification: 'because she asked' }],
    ['an NHS number', { purpose: '9990000018' }],
    ['an IP address', { actorOrg: '192.0.2.7' }],
    ['an e-mail address', { onBehalfOf: 'ada@example.org' }],
    ['a word for a correlation id', { corr: 'ada' }],
    ['an agreement without version', { isa: 'northbank-isa' }],
    ['a number in basis', { basis: { age: 12 } }],
    ['an object in basis', { basis: { who: { name: 'x' } } }],
    ['a short hash', { commit: 'ab' }],
    ['erasure fields on another act', { target: [{ eventId: A, index: '1' }] }],
    ['an erasure of nothing', { op: 'ERASURE', rule: 'R', target: [] }],
    ['an erasure without a rule', { op: 'ERASURE', target: [{ eventId: A, index: '1' }] }],
    ['an inherited name', Object.fromEntries([['__proto__', 'x']])],
    ['a name all objects have', { constructor: 'x' }],
  ])('is refused with %s', (_, change) => {
    const changed = Object.fromEntries([...Object.entries(leaf), ...Object.entries(change)]) as unknown as Leaf;
    expect(() => buildEntry(changed)).toThrow(expect.objectContaining({ code: 'MALFORMED' }));
  });

  it('never repeats a refused value', () => {
    try {
      buildEntry({ ...leaf, purpose: 'secret words' });
    } catch (error) {
      expect(String(error)).not.toContain('secret');
      return;
    }
    throw new Error('was accepted');
  });

  it('is refused above 65,535 bytes, and when not canonical', () => {
    const subjects = Array.from({ length: 1800 }, () => P);
    expect(() => buildEntry({ ...leaf, subjects })).toThrow(expect.objectContaining({ code: 'TOO_LARGE' }));
    expect(() => parseEntry(Buffer.alloc(65_536, 32))).toThrow(expect.objectContaining({ code: 'TOO_LARGE' }));
    const spaced = Buffer.from(JSON.stringify(leaf));
    expect(() => parseEntry(spaced)).toThrow('canonical');
    expect(() => parseEntry(Buffer.from('[]'))).toThrow('an object');
  });
});

describe('canonical JSON', () => {
  it('gives the example of RFC 8785', () => {
    const value = JSON.parse(
      String.raw`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],` +
        String.raw`"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`,
    ) as unknown;
    expect(canonicalJson(value)).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],` +
        String.raw`"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  it('sorts by UTF-16 code units, as RFC 8785 s.3.2.3 shows', () => {
    const keys = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6'];
    const sorted = Object.keys(JSON.parse(canonicalJson(Object.fromEntries(keys.map((k) => [`k${k}`, 0])))) as object);
    expect(sorted).toEqual(['\r', '1', '\u0080', '\u00f6', '\u20ac', '\ud83d\ude00', '\ufb33'].map((k) => `k${k}`));
  });

  it('reads back to the same text, for any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(parseCanonical(text))).toBe(text);
        expect(parseCanonical(Buffer.from(text))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it.each([
    ['undefined', undefined],
    ['NaN', Number.NaN],
    ['an infinity', Number.POSITIVE_INFINITY],
    ['a bigint', 1n],
    ['a date', new Date(0)],
    ['a function', () => 1],
    ['a lone surrogate', '\ud800'],
    ['a lone surrogate in a name', { '\udc00': 1 }],
    ['a hole', [, 1]], // eslint-disable-line no-sparse-arrays
    ['a member left undefined', { a: undefined }],
  ])('refuses %s', (_, value) => {
    expect(() => canonicalJson(value)).toThrow(expect.objectContaining({ code: 'MALFORMED' }));
  });

  it.each([
    '{"b":1,"a":1}',
    '{"a":1,"a":1}',
    '{ "a":1}',
    '1.0',
    '"\\u0041"',
    '-0',
    '[1,]',
    '',
    '\ufeff1',
    '1 ',
    '"\\ud800"',
  ])('refuses the text %j', (text) => {
    expect(() => parseCanonical(text)).toThrow(expect.objectContaining({ code: 'MALFORMED' }));
  });

  it('refuses bad UTF-8 and bottomless nesting', () => {
    expect(() => parseCanonical(Buffer.from([0x22, 0xc3, 0x22]))).toThrow('UTF-8');
    expect(() => parseCanonical('['.repeat(70) + ']'.repeat(70))).toThrow('deeply');
  });
});
