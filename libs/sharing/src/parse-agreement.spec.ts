import fc from 'fast-check';
import type { Agreement } from './agreement';
import { contentHashOf } from './content-hash';
import { parseAgreement } from './parse-agreement';
import { registerProblems } from './register-problems';
import { example, law, unsignedExample } from './worked.testing';

type Loose = Record<string, unknown>;
type Draft = Loose & { parties: Loose[]; basisLines: Loose[]; flows: Loose[] };
const changed = (change: (one: Draft) => void): unknown => {
  const copy = structuredClone(example) as unknown as Draft;
  change(copy);
  return copy;
};
const problems = (input: unknown): string[] => {
  const read = parseAgreement(input, law);
  return read.ok ? [] : read.problems.map(({ path, code }) => `${path}: ${code}`);
};

describe('parseAgreement', () => {
  it('reads a whole agreement, as a value and as a text', () => {
    expect(parseAgreement(example, law)).toEqual({ ok: true, value: example });
    expect(parseAgreement(JSON.stringify(example), law)).toEqual({ ok: true, value: example });
  });

  it('holds law codes in their short form, so that both spellings are one agreement with one hash', () => {
    const long = changed(({ basisLines }) =>
      Object.assign(basisLines[1]!, { art6: 'GB.UKGDPR.6.1.e', art9: 'GB.UKGDPR.9.2.g', sch1: ['GB.DPA18.S1.18'] }),
    );
    const read = parseAgreement(long, law);
    expect(read).toEqual({ ok: true, value: example });
    expect(read.ok && contentHashOf(read.value)).toBe(contentHashOf(example));
  });

  it.each<[string, (one: Draft) => void, string[]]>([
    ['a number for a title', (a) => (a['title'] = 7), ['title: agreement.type-wrong']],
    ['a blank title', (a) => (a['title'] = '  '), ['title: agreement.blank']],
    ['no parties', (a) => delete (a as Loose)['parties'], ['parties: agreement.field-missing']],
    ['a list for an object', (a) => (a['security'] = []), ['security: agreement.type-wrong']],
    ['null for a list', (a) => ((a as Loose)['flows'] = null), ['flows: agreement.type-wrong']],
    ['an unknown member', (a) => (a['expiry'] = 'x'), ['expiry: agreement.field-unknown']],
    ['an unknown tier', (a) => (a['tier'] = 'TREATY'), ['tier: agreement.code-unknown']],
    ['a day that does not exist', (a) => (a['reviewBy'] = '2026-02-30'), ['reviewBy: agreement.day-wrong']],
    ['a version without patch', (a) => (a['version'] = '1.2'), ['version: agreement.form-wrong']],
    ['a leading zero', (a) => (a['version'] = '1.02.0'), ['version: agreement.form-wrong']],
    ['its own parent', (a) => (a['parentId'] = 'A1'), [': agreement.parent-circular']],
    [
      'a time without offset',
      ({ parties }) => (parties[2]!['joinedAt'] = '2026-03-02T10:00:00'),
      ['parties[2].joinedAt: agreement.time-wrong'],
    ],
    ['a party twice', ({ parties }) => (parties[1]!['orgId'] = 'LA1'), ['parties[1]: agreement.duplicate']],
    [
      'a kind of agency as an organisation',
      ({ parties }) => (parties[1]!['orgId'] = 'POLICE'),
      ['parties[1].orgId: agreement.code-reserved'],
    ],
    [
      'law codes that nobody knows',
      ({ basisLines }) => Object.assign(basisLines[1]!, { art6: '6.1.z', gateways: ['MAGNA-CARTA'] }),
      ['basisLines[1].art6: agreement.code-unknown', 'basisLines[1].gateways[0]: agreement.code-unknown'],
    ],
    [
      'a power that is not in force',
      ({ basisLines }) => (basisLines[1]!['gateways'] = ['CA04.s16LA']),
      ['basisLines[1].gateways[0]: agreement.code-not-selectable'],
    ],
    [
      'several at once, each with its place',
      (a) => {
        a['tier'] = 'TREATY';
        a.flows[1]!['maxRecipients'] = 2.5;
      },
      ['tier: agreement.code-unknown', 'flows[1].maxRecipients: agreement.number-wrong'],
    ],
    [
      'half a character, which canonical JSON cannot say',
      (a) => (a['title'] = 'broken \ud800'),
      ['title: agreement.text-broken'],
    ],
  ])('refuses %s', (_, change, expected) => {
    expect(problems(changed(change))).toEqual(expected);
  });

  it('reads members of any name without harm', () => {
    expect(problems(JSON.parse('{"__proto__": {"title": "x"}, "constructor": 1}'))).toEqual(
      expect.arrayContaining(['__proto__: agreement.field-unknown', 'constructor: agreement.field-unknown']),
    );
    const [odd] = problems({ ['<script>'.repeat(50)]: 1 });
    expect(odd).toBe('?: agreement.field-unknown');
  });

  it('refuses a text of ten megabytes unread, and one that is not JSON', () => {
    expect(problems(' '.repeat(10 * 1024 * 1024))).toEqual([': agreement.too-large']);
    expect(problems('€'.repeat(800_000))).toEqual([': agreement.too-large']);
    expect(problems('{"id": "A1"')).toEqual([': agreement.not-json']);
  });

  it('stops listing problems at a hundred', () => {
    expect(problems(changed((a) => (a['flows'] = Array.from({ length: 1500 }, () => ({}))))).length).toBe(100);
    expect(problems(changed((a) => (a['flows'] = Array.from({ length: 5000 }, () => ({})))))).toEqual([
      'flows: agreement.too-many',
    ]);
  });

  it('never throws, whatever it is given, and never reads what is not an agreement', () => {
    fc.assert(
      fc.property(fc.anything(), (input) => {
        expect(parseAgreement(input, law).ok).toBe(false);
      }),
    );
  });

  it('reads an agreement in which any one member was replaced by anything only if it is right', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(example)), fc.jsonValue(), (member, value) => {
        const read = parseAgreement({ ...example, [member]: value }, law);
        if (read.ok) expect(parseAgreement(JSON.parse(JSON.stringify(read.value)), law)).toEqual(read);
        else expect(read.problems.length).toBeGreaterThan(0);
      }),
    );
  });
});

describe('contentHashOf', () => {
  it('is the same before and after signing, joining, withdrawing and activating', () => {
    expect(contentHashOf(example)).toBe(contentHashOf(unsignedExample));
    const left = { ...example, parties: example.parties.map((p) => ({ ...p, withdrawnAt: '2026-05-01T00:00:00Z' })) };
    expect(contentHashOf(left)).toBe(contentHashOf(unsignedExample));
  });

  it('does not depend on the order of members', () => {
    const turned = Object.fromEntries(Object.entries(example).reverse()) as unknown as Agreement;
    expect(contentHashOf(turned)).toBe(contentHashOf(example));
  });

  it('changes with every term', () => {
    const own = contentHashOf(example);
    for (const member of Object.keys(example) as (keyof Agreement)[]) {
      if (['status', 'events', 'contentHash', 'parties'].includes(member)) continue;
      expect([member, contentHashOf({ ...example, [member]: 'other' })]).not.toEqual([member, own]);
    }
    const [first, ...others] = example.parties;
    const more = { ...example, parties: [{ ...first!, competentAuthority: true }, ...others] };
    expect(contentHashOf(more)).not.toBe(own);
  });

  // What a program in another language must arrive at: a change here breaks every signature ever given.
  it('is this for the agreement of the worked examples', () => {
    expect(contentHashOf(example)).toBe('41089ac70408b6adae883665d00cbdb44efd102c0c6244ff5176fe2cd54a27c9');
  });
});

describe('registerProblems', () => {
  const version = (id: string, number: string, from: string, parentId?: string): Agreement => ({
    ...example,
    id,
    version: number,
    effectiveFrom: from,
    ...(parentId ? { parentId } : {}),
  });
  const codes = (...all: Agreement[]): string[] => registerProblems(all).map(({ path, code }) => `${path}: ${code}`);

  it('finds nothing in versions that take over from one another', () => {
    expect(codes(version('A', '1.0.0', '2026-04-01'), version('A', '1.1.0', '2026-09-01'))).toEqual([]);
  });

  it('finds versions given twice, and versions of which neither takes over', () => {
    expect(codes(version('A', '1.0.0', '2026-04-01'), version('A', '1.0.0', '2026-09-01'))).toEqual([
      'A@1.0.0.version: agreement.version-duplicate',
    ]);
    expect(codes(version('A', '1.10.0', '2026-04-01'), version('A', '1.9.0', '2026-04-01'))).toEqual([
      'A@1.10.0.effectiveFrom: agreement.versions-overlap',
    ]);
  });

  it('finds parents in a circle, however long', () => {
    expect(
      codes(
        version('A', '1.0.0', '2026-04-01', 'B'),
        version('B', '1.0.0', '2026-04-01', 'C'),
        version('C', '1.0.0', '2026-04-01', 'A'),
      ),
    ).toHaveLength(3);
    expect(codes(version('A', '1.0.0', '2026-04-01', 'B'), version('B', '1.0.0', '2026-04-01', 'X'))).toEqual([]);
  });
});
