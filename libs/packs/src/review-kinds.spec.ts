import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PackError } from './findings';
import { Packs } from './packs';
import { readPack, type SourceText } from './read';

const folder = join(__dirname, '../../../packs/england-wales');
const shipped: readonly SourceText[] = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }));
const packs = new Packs(readPack(folder, shipped));
/** The rest of the pack, and the kinds that the tests change: reading them all takes its time. */
const few = shipped.filter(
  ({ file }) => !file.startsWith('review-kinds/') || /(domestic-homicide|asb-case)-review\.yaml$/.test(file),
);
const DHR = 'review-kinds/domestic-homicide-review.yaml';
const ASB = 'review-kinds/northbank-asb-case-review.yaml';

/** What is wrong with the few pack once a text in one of its files was replaced, a line each. */
function findings(file: string, from: string, to: string, more: readonly SourceText[] = []): string {
  const sources = few.map((s) => (s.file === file ? { file, text: s.text.replace(from, to) } : s));
  if (from !== '' && sources.every((s, i) => s.text === few[i]?.text)) throw new Error(`no “${from}” in ${file}`);
  try {
    readPack(folder, [...sources, ...more]);
  } catch (error) {
    if (!(error instanceof PackError)) throw error;
    return error.findings.map((f) => `${f.file}:${f.line}: ${f.path}: ${f.reason}`).join('\n');
  }
  return '';
}

describe('kinds of reviews as they are shipped', () => {
  it('are the eight of the domain, and one of an area, every version of each', () => {
    expect([...new Set(packs.reviewKinds().map((k) => k.code))].sort()).toEqual(
      [
        ...['asb-case-review', 'child-safeguarding-practice-review', 'domestic-homicide-review'],
        ...['mappa-serious-case-review', 'northbank-asb-case-review', 'offensive-weapons-homicide-review'],
        ...['rapid-review', 'safeguarding-adults-review', 'single-unified-safeguarding-review'],
      ].sort(),
    );
  });

  it('have the clocks of the register, each with its force', () => {
    const clocks = packs
      .reviewKinds()
      .flatMap((k) => k.clocks.map((c) => `${c.code} ${c.value ?? '-'} ${c.unit} ${c.force}`));
    for (const clock of [
      ...['DHR-1 1 month unverified', 'DHR-2 6 month unverified', 'DHR-3 - asap law', 'OWHR-1 1 month law'],
      ...['OWHR-2 - asap law', 'OWHR-3 - asap law', 'OWHR-4 12 month unverified', 'ASB-1 - asap law'],
      ...['SAR-1 6 month unverified', 'CSPR-1 5 workingDay guidance', 'CSPR-2 15 workingDay guidance'],
      ...['CSPR-3 6 month guidance', 'MAPPA-1 5 calendarDay guidance', 'ASB-panel - workingDay local'],
    ])
      expect(clocks).toContain(clock);
    expect(packs.reviewKind('single-unified-safeguarding-review', '2026-01-01')?.clocks).toEqual([]);
  });

  it('begin a review with the version that is in force on the day', () => {
    expect(packs.reviewKind('single-unified-safeguarding-review', '2024-09-30')).toBeUndefined();
    expect(packs.reviewKind('single-unified-safeguarding-review', '2024-10-01')?.version).toBe(9);
  });

  it('of an area have its values as local ones, and everything else as it was', () => {
    const [base, local] = ['asb-case-review', 'northbank-asb-case-review'].map((c) =>
      packs.reviewKind(c, '2026-06-01')!,
    );
    expect(local!.base).toEqual({ code: 'asb-case-review', version: 3 });
    const panel = (kind: typeof base) => kind!.clocks.find((c) => c.code === 'ASB-panel');
    expect([panel(base)?.value, panel(local)?.value, panel(local)?.force]).toEqual([undefined, 15, 'local']);
    expect(local!.transitions).toEqual(base!.transitions);
    expect(local!.digest).not.toBe(base!.digest);
  });
});

describe('a malformed kind is refused with file, line and reason', () => {
  it.each([
    [
      'a law’s clock that could be set',
      DHR,
      'overridable: false',
      'overridable: true',
      /clocks\[2\]: what law sets cannot be overridable/,
    ],
    [
      'a clock from a date that there is not',
      DHR,
      "anchor: 'aware'",
      "anchor: 'no-such'",
      /clocks\[0\]\.anchor: no such fact in this kind: “no-such”/,
    ],
    [
      'a guard that there is not',
      DHR,
      "guards: ['tested', 'scoped']",
      "guards: ['tested', 'scope']",
      /transitions\[1\]\.guards\[1\]: no such guard in this kind: “scope”/,
    ],
    [
      'a state that nothing leads to',
      DHR,
      "to: 'TRANSFERRED'",
      "to: 'JOINED'",
      /states\[17\]: nothing leads to “TRANSFERRED”/,
    ],
    [
      'a second way in',
      DHR,
      "from: 'REFERRED', to: 'SCREENING'",
      "from: 'NEW', to: 'SCREENING'",
      /transitions: has 2 transitions from NEW/,
    ],
    [
      'an extension that nobody agrees to',
      DHR,
      "approvers: ['panel', 'csp'],",
      '',
      /lacks “approvers” of an extension/,
    ],
    [
      'a clock after an outcome that there is not',
      DHR,
      "outcomes: ['REVIEW', 'JOINT'],\n    }\n  - {\n      code: 'DHR-3'",
      "outcomes: ['REVIEW', 'JOIN'],\n    }\n  - {\n      code: 'DHR-3'",
      /clocks\[1\]\.outcomes\[1\]: no such outcome in this kind: “JOIN”/,
    ],
    [
      'a force that there is not',
      DHR,
      "force: 'guidance'",
      "force: 'custom'",
      /must be one of law, guidance, local, unverified/,
    ],
    ['a key that there is not', DHR, 'publisher:', 'publishers:', /publishers: unknown key/],
    [
      'a local clock that is not overridable',
      ASB,
      "code: 'ASB-panel'",
      "code: 'ASB-1'",
      /the clock “ASB-1” \(law\) may not be set locally/,
    ],
    [
      'a clock that the kind has not',
      ASB,
      "code: 'ASB-panel'",
      "code: 'ASB-none'",
      /no such clock in “asb-case-review”: “ASB-none”/,
    ],
    ['more complaints than the law allows', ASB, 'count: 3', 'count: 4', /may ask for 3 at most, not 4/],
    ['a base that there is not', ASB, "of: 'asb-case-review'", "of: 'asb'", /no such review kind: “asb” version 3/],
    ['a field that is not overridable', ASB, 'criteria:', 'transitions:', /transitions: unknown key/],
  ])('%s', (_, file, from, to, reason) => {
    const found = findings(file, from, to);
    expect(found).toMatch(reason);
    expect(found).toMatch(new RegExp(`^${file.replaceAll('.', '\\.')}:\\d+: `));
  });

  it('at the line of what is wrong', () => {
    const line =
      few
        .find((s) => s.file === DHR)!
        .text.split('\n')
        .findIndex((l) => l.includes("anchor: 'aware'")) + 1;
    expect(findings(DHR, "anchor: 'aware'", "anchor: 'no-such'")).toContain(`${DHR}:${line}: `);
  });
});

describe('a published version', () => {
  it('is what every shipped one is', () => {
    expect(packs.reviewKinds().filter((k) => !k.published)).toEqual([]);
  });

  const { code, version, digest } = packs.reviewKind('domestic-homicide-review', '2026-01-01')!;
  const published = (of: string, as: string): SourceText[] => [
    {
      file: 'review-kinds/published-too.yaml',
      text: `kind: published-review-kinds\nkinds:\n  - { code: ${of}, version: ${version}, digest: ${as} }\n`,
    },
  ];

  it('is as it was', () => expect(findings('', '', '', published(code, digest))).toBe(''));
  it('is never another, in any word', () => {
    const found = findings(DHR, 'The person who died was 16', 'The person who died was 18', published(code, digest));
    expect(found).toMatch(
      /version 9 of “domestic-homicide-review” was published with another content, and is immutable/,
    );
  });
  it('is the same when its keys stand in another order', () => {
    const moved = (text: string) =>
      text.replace("code: 'domestic-homicide-review'\nversion: 9", "version: 9\ncode: 'domestic-homicide-review'");
    const sources = few.map((s) => (s.file === DHR ? { ...s, text: moved(s.text) } : s));
    expect(sources.find((s) => s.file === DHR)?.text).not.toBe(few.find((s) => s.file === DHR)?.text);
    const read = new Packs(readPack(folder, sources));
    expect(read.reviewKind(code, '2026-01-01')?.digest).toBe(digest);
  });
  it('is never taken away', () =>
    expect(findings('', '', '', published('gone', digest))).toMatch(/“gone” was published and is gone/));
  it('stands beside the next, with which reviews begin from its day on', () => {
    const text = few.find((s) => s.file === DHR)!.text;
    const next = text
      .replace('version: 9', 'version: 10')
      .replace("effectiveFrom: '2024-04-01'", "effectiveFrom: '2027-01-01'");
    const read = new Packs(readPack(folder, [...few, { file: 'review-kinds/dhr-10.yaml', text: next }]));
    expect([read.reviewKind(code, '2026-12-31')?.version, read.reviewKind(code, '2027-01-01')?.version]).toEqual([
      9, 10,
    ]);
  });
});
