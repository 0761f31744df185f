import { Matcher, matchingLevels, prepare, type MatchingField, type MatchingModel } from '@concordat/matching';
import { loadPacks } from '@concordat/packs';
import { Chance } from './matching/chance';
import { counted, expectationMaximisation } from './matching/estimate';
import { readFebrl, type Scope } from './matching/febrl';
import { generated } from './matching/generator';
import {
  bestThreshold,
  frequenciesIn,
  qualityAt,
  scored,
  truePairs,
  type Labelled,
  type Scored,
} from './matching/measure';
import type { Result } from './result';

const RANDOM_PAIRS = 400_000;
const GENERATED_PEOPLE = 20_000;

/**
 * How well people are matched. Always on made-up people whose seed is not that of the estimation; with `--febrl DIR` on FEBRL
 * set 3 as well, which no weight and no threshold is taken from. `--estimate` counts the weights that the pack ships, and prints them as YAML.
 */
export async function matching(argv: readonly string[]): Promise<Result> {
  const model: MatchingModel = loadPacks('packs/england-wales').matching();
  if (argv.includes('--estimate')) console.log(asYaml(estimated(model)));
  const metrics: Record<string, number> = onGenerated(model);
  const folder = argv[argv.indexOf('--febrl') + 1];
  if (argv.includes('--febrl') && folder)
    for (const scope of ['without-national-id', 'name-birth-postcode'] as const)
      Object.assign(metrics, onFebrl(model, folder, scope));
  return { name: 'matching', metrics, baseline: { goalF1: 0.985, goalF1Three: 0.97 }, ratio: {} };
}

/** Weights counted in made-up people, where it is known who is who. */
function estimated(start: MatchingModel): MatchingModel {
  const records = generated(1, GENERATED_PEOPLE, start.nicknames);
  const random = randomPairs(records, start);
  let model = start;
  for (let round = 0; round < 2; round++) {
    // Those who are one person, found by blocking or not.
    const same = pairsOfOne(records, new Matcher(model));
    model = counted(model, same.map(known), random.filter((p) => !p.same).map(known));
  }
  return model;
}

const known = (pair: Scored): { pair: Scored; weight: number } => ({ pair, weight: 1 });

function onGenerated(model: MatchingModel): Record<string, number> {
  const records = generated(2, GENERATED_PEOPLE, model.nicknames);
  const pairs = scored(records, new Matcher(model, frequenciesOf(records, model)));
  const truth = truePairs(records);
  const { precision, recall, f1 } = qualityAt(pairs, truth, model.bands.likely);
  return {
    generatedRecords: records.length,
    generatedPrecision: round(precision),
    generatedRecall: round(recall),
    generatedF1: round(f1),
    generatedFound: round(pairs.filter((p) => p.same && p.bits >= model.bands.possible).length / truth),
    generatedBlocked: round(pairs.filter((p) => p.same).length / truth),
    generatedOffered: pairs.filter((p) => !p.same && p.bits >= model.bands.possible).length,
  };
}

/**
 * Set 3 by two sets of weights: those that the pack ships, which were counted in made-up people, and those that
 * expectation-maximisation finds in sets 1 and 2 without looking at labels. The threshold of each is the one that was best
 * on set 2, which is as large as set 3.
 */
function onFebrl(pack: MatchingModel, folder: string, scope: Scope): Record<string, number> {
  const read = (set: 1 | 2 | 3): Labelled[] => readFebrl(folder, set, scope);
  const name = scope === 'without-national-id' ? 'set3' : 'set3Three';
  // FEBRL's records have no families: whoever shares surname and home there is one person under another forename.
  const shipped = { ...pack, family: 100, generations: 100 };
  const sets12 = [...read(1), ...read(2).map((r) => ({ ...r, person: r.person + 1_000_000 }))];
  const frequencies = frequenciesOf(sets12, shipped);
  const byEm = expectationMaximisation(
    shipped,
    (m) => scored(sets12, new Matcher(m, frequencies)),
    randomPairs(sets12, shipped),
  );
  return {
    ...judged(name, shipped, read(2), read(3)),
    ...judged(`${name}Em`, byEm, read(2), read(3)),
    ...judged(`${name}Families`, pack, read(2), read(3)),
  };
}

function judged(
  name: string,
  model: MatchingModel,
  chosenOn: readonly Labelled[],
  judgedOn: readonly Labelled[],
): Record<string, number> {
  const pairsOf = (records: readonly Labelled[]): Scored[] =>
    scored(records, new Matcher(model, frequenciesOf(records, model)));
  const threshold = bestThreshold(pairsOf(chosenOn), truePairs(chosenOn));
  const pairs = pairsOf(judgedOn);
  const truth = truePairs(judgedOn);
  const { precision, recall, f1 } = qualityAt(pairs, truth, threshold);
  return {
    [`${name}Precision`]: round(precision),
    [`${name}Recall`]: round(recall),
    [`${name}F1`]: round(f1),
    [`${name}Threshold`]: threshold,
    [`${name}Blocked`]: round(pairs.filter((p) => p.same).length / truth),
  };
}

function frequenciesOf(records: readonly Labelled[], model: MatchingModel) {
  const { forename, surname, postcode } = model.fields;
  return frequenciesIn(
    records,
    { forename: forename.same.u, surname: surname.same.u, postcode: postcode.same.u },
    model.steadiness,
  );
}

/** Pairs by chance, nearly all of two people, and all pairs of one postcode, to see what neighbours share. */
function randomPairs(records: readonly Labelled[], model: MatchingModel): Scored[] {
  const chance = new Chance(7);
  const matcher = new Matcher({ ...model, nicknames: model.nicknames });
  const people = records.map((r) => prepare(r.facts));
  return Array.from({ length: RANDOM_PAIRS }, () => {
    const [a, b] = [chance.below(people.length), chance.below(people.length)];
    return { a, b, same: records[a]!.person === records[b]!.person, ...matcher.compare(people[a]!, people[b]!) };
  }).filter((p) => p.a !== p.b);
}

function pairsOfOne(records: readonly Labelled[], matcher: Matcher): Scored[] {
  const byPerson = new Map<number, number[]>();
  records.forEach((r, i) => byPerson.set(r.person, [...(byPerson.get(r.person) ?? []), i]));
  const people = records.map((r) => prepare(r.facts));
  return [...byPerson.values()].flatMap((own) =>
    own.flatMap((a, i) =>
      own.slice(0, i).map((b) => ({ a, b, same: true, ...matcher.compare(people[a]!, people[b]!) })),
    ),
  );
}

function asYaml({ fields }: MatchingModel): string {
  const lines = (Object.keys(matchingLevels) as MatchingField[]).flatMap((field) => [
    `  ${field}:`,
    ...Object.entries(fields[field]).map(([level, { m, u }]) => `    ${level}: { m: ${short(m)}, u: ${short(u)} }`),
  ]);
  return ['fields:', ...lines].join('\n');
}

/** Three digits that say something, also of what is nearly certain. */
const short = (p: number): string =>
  p > 0.99 ? p.toFixed(6) : String(Number(p.toPrecision(3))).replace(/^(.*e.*)$/, () => p.toFixed(8));
const round = (n: number): number => Math.round(n * 10_000) / 10_000;
