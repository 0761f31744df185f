import type { CriterionAnswer } from '@concordat/contracts';
import { loadPacks, type ReviewKind } from '@concordat/packs';
import fc from 'fast-check';
import { join } from 'node:path';
import { questionsOf, testKinds, unansweredQuestions, type Nation } from './kind-test';

const packs = loadPacks(join(__dirname, '../../../packs/england-wales'));
const kinds = [...new Set(packs.reviewKinds().map(({ code }) => code))].map((c) => packs.reviewKind(c, '2026-06-01')!);
const questions = questionsOf(kinds);
const DHR = 'domestic-homicide-review';
const OWHR = 'offensive-weapons-homicide-review';
const SAR = 'safeguarding-adults-review';

/** Everything is answered no, but what is said; a prefix answers for all of a kind's own. */
const answers = (given: Record<string, CriterionAnswer>, other: CriterionAnswer = 'no') =>
  new Map(questions.map(({ id }) => [id, given[id] ?? other]));
const verdicts = (given: Record<string, CriterionAnswer>, nation: Nation = 'england', other?: CriterionAnswer) =>
  Object.fromEntries(testKinds(kinds, nation, answers(given, other)).map((f) => [f.code, f])) as Record<
    string,
    ReturnType<typeof testKinds>[number]
  >;
const homicide: Record<string, CriterionAnswer> = {
  [`${DHR}.age`]: 'yes',
  [`${DHR}.cause`]: 'yes',
  [`${DHR}.by-whom`]: 'yes',
};
const weapon: Record<string, CriterionAnswer> = Object.fromEntries(
  ['age-and-weapon', 'place', 'conditions', 'relevant-partner'].map((c) => [`${OWHR}.${c}`, 'yes']),
);

describe('choosing a kind of review (domain/statutory-reviews.md §4.8)', () => {
  it('asks the same words once, and what excludes a kind last', () => {
    expect(new Set(questions.map(({ what, text }) => `${what} ${text}`)).size).toBe(questions.length);
    expect(questions.find(({ id }) => id === 'child-safeguarding-practice-review.abuse')!.kinds).toEqual([
      'child-safeguarding-practice-review',
      'rapid-review',
    ]);
    const firstExclusion = questions.findIndex(({ what }) => what === 'exclusion');
    expect(questions.slice(firstExclusion).every(({ kinds: of }) => of.includes(OWHR))).toBe(true);
    expect(unansweredQuestions(questions, new Map()).map(({ field }) => field)).toEqual(questions.map(({ id }) => id));
  });

  it('says something of every kind, and never stops at the first', () => {
    const found = verdicts({ ...homicide, ...weapon });
    expect(Object.keys(found).sort()).toEqual(kinds.map(({ code }) => code).sort());
    expect(found[DHR]).toMatchObject({ verdict: 'candidate', under: 'DVCVA_s9', because: [] });
    expect(found[OWHR]).toMatchObject({ verdict: 'candidate' });
    expect(found['asb-case-review']!.verdict).toBe('not-tested');
  });

  it('names what excludes an offensive weapons homicide review, by s.26', () => {
    const found = verdicts({ ...weapon, [`${OWHR}.x2`]: 'yes' })[OWHR]!;
    expect(found).toMatchObject({ verdict: 'excluded' });
    expect(found.because).toEqual(['The death may be the subject of a domestic homicide review']);
    expect(verdicts({ ...weapon, [`${OWHR}.x2`]: 'unknown' })[OWHR]!.verdict).toBe('unknown');
  });

  it('does not take not known for no', () => {
    expect(verdicts({ ...homicide, [`${DHR}.by-whom`]: 'unknown' })[DHR]).toMatchObject({
      ...{ verdict: 'unknown', because: [expect.stringContaining('same household')] },
    });
    expect(verdicts({ [`${DHR}.age`]: 'yes' })[DHR]!.verdict).toBe('not-met');
  });

  it('keeps law that is not in force apart: an unrelated house-sharer falls out of it, and it makes no candidate', () => {
    expect(verdicts(homicide)[DHR]!.toCome).toEqual([]);
    const connected = { ...homicide, [`${DHR}.both-sixteen`]: 'yes' as const, [`${DHR}.connected`]: 'yes' as const };
    expect(verdicts(connected)[DHR]).toMatchObject({ verdict: 'candidate', under: 'DVCVA_s9', toCome: ['DVCVA_s8A'] });
    const onlyToCome = { [`${DHR}.both-sixteen`]: 'yes' as const, [`${DHR}.connected`]: 'yes' as const };
    expect(verdicts(onlyToCome)[DHR]!.verdict).toBe('not-met');
  });

  it('finds a discretionary review of an adult where the mandatory test fails', () => {
    const all = { [`${SAR}.needs`]: 'yes', [`${SAR}.concern`]: 'yes', [`${SAR}.harm`]: 'yes' } as const;
    expect(verdicts(all)[SAR]).toMatchObject({ verdict: 'candidate', under: 'CARE_s44_1' });
    expect(verdicts({ ...all, [`${SAR}.harm`]: 'no' })[SAR]).toMatchObject({
      verdict: 'candidate',
      under: 'CARE_s44_4',
    });
  });

  it('keeps kinds of Wales to Wales', () => {
    const wales = 'single-unified-safeguarding-review';
    expect(verdicts({}, 'england', 'yes')[wales]!.verdict).toBe('not-met');
    expect(verdicts({}, 'wales', 'yes')[wales]!.verdict).toBe('candidate');
  });

  it('lets guidance be considered and law decide', () => {
    expect(verdicts({ ...homicide, [`${DHR}.suicide`]: 'no' })[DHR]!.verdict).toBe('candidate');
  });

  it('is never sure of more when less is known', () => {
    const answer = fc.constantFrom<CriterionAnswer>('yes', 'no', 'unknown');
    const tested = kinds.filter((k: ReviewKind) => k.threshold === undefined);
    fc.assert(
      fc.property(
        fc.array(answer, { minLength: questions.length, maxLength: questions.length }),
        fc.nat(),
        (given, n) => {
          const sure = new Map(questions.map(({ id }, i) => [id, given[i]!]));
          const less = new Map(sure).set(questions[n % questions.length]!.id, 'unknown');
          const before = testKinds(tested, 'wales', sure);
          for (const [i, after] of testKinds(tested, 'wales', less).entries()) {
            if (after.verdict === 'candidate') expect(before[i]!.verdict).toBe('candidate');
            if (after.verdict === 'not-met') expect(before[i]!.verdict).toBe('not-met');
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
