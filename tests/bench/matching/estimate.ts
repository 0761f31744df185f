import { matchingLevels, type Likelihood, type MatchingField, type MatchingModel } from '@concordat/matching';
import type { Scored } from './measure';

type Fields = Record<MatchingField, Record<string, Likelihood>>;
/** Added to every count, so that what was not seen is improbable and not impossible. */
const UNSEEN = 0.5;

/**
 * m and u by counting levels in pairs that are weighted by how probably they are of one person: 0 or 1 where it is known,
 * the posterior of the E-step where it is not. Fields that these pairs do not show keep what `model` has.
 */
export function counted(
  model: MatchingModel,
  same: readonly { readonly pair: Scored; readonly weight: number }[],
  different: readonly { readonly pair: Scored; readonly weight: number }[],
): MatchingModel {
  const m = sharesOf(same);
  const u = sharesOf(different);
  const fields = structuredClone(model.fields) as Fields;
  for (const field of Object.keys(matchingLevels) as MatchingField[]) {
    // What is compared only where it agrees cannot be counted so.
    if (!m.has(field) || !u.has(field) || matchingLevels[field].length === 1) continue;
    for (const level of matchingLevels[field])
      fields[field][level] = { m: share(m.get(field)!, level, field), u: share(u.get(field)!, level, field) };
  }
  return { ...model, fields: fields as unknown as MatchingModel['fields'] };
}

type Counts = ReadonlyMap<string, number>;

function sharesOf(pairs: readonly { readonly pair: Scored; readonly weight: number }[]): Map<MatchingField, Counts> {
  const found = new Map<MatchingField, Map<string, number>>();
  for (const { pair, weight } of pairs)
    for (const { field, level } of pair.reasons) {
      if (!(field in matchingLevels)) continue;
      const counts = found.get(field as MatchingField) ?? new Map<string, number>();
      found.set(field as MatchingField, counts.set(level, (counts.get(level) ?? 0) + weight));
    }
  return found;
}

function share(counts: Counts, level: string, field: MatchingField): number {
  const all = [...counts.values()].reduce((sum, n) => sum + n, 0);
  return ((counts.get(level) ?? 0) + UNSEEN) / (all + UNSEEN * matchingLevels[field].length);
}

/**
 * Expectation-maximisation (Dempster, Laird and Rubin 1977, as Winkler 1988 uses it for linkage) over pairs of unknown
 * truth: m is estimated, u kept as counted in random pairs. `score` weighs all pairs by a model. No label is looked at.
 */
export function expectationMaximisation(
  start: MatchingModel,
  score: (model: MatchingModel) => Scored[],
  random: readonly Scored[],
  rounds = 12,
): MatchingModel {
  let model = counted(
    start,
    random.map((pair) => ({ pair, weight: 0.0001 })),
    random.map((pair) => ({ pair, weight: 1 })),
  );
  model = { ...model, fields: withM(model.fields, start.fields) };
  let prior = 0.01;
  for (let round = 0; round < rounds; round++) {
    const pairs = score(model);
    const posteriors = pairs.map((pair) => ({ pair, weight: 1 / (1 + ((1 - prior) / prior) * 2 ** -pair.bits) }));
    prior = posteriors.reduce((sum, p) => sum + p.weight, 0) / pairs.length;
    const next = counted(
      model,
      posteriors,
      random.map((pair) => ({ pair, weight: 1 })),
    );
    model = next;
  }
  return model;
}

/** The u of one, the m of another. */
function withM(u: MatchingModel['fields'], m: MatchingModel['fields']): MatchingModel['fields'] {
  const fields = structuredClone(u) as Fields;
  for (const [field, levels] of Object.entries(fields) as [MatchingField, Record<string, Likelihood>][])
    for (const level of Object.keys(levels))
      levels[level] = { u: levels[level]!.u, m: (m[field] as Record<string, Likelihood>)[level]!.m };
  return fields as unknown as MatchingModel['fields'];
}
