import { loadPacks } from '@concordat/packs';
import { join } from 'node:path';
import { generated } from '../../../tests/bench/matching/generator';
import { qualityAt, scored, truePairs } from '../../../tests/bench/matching/measure';
import { Matcher } from './matcher';

/** Made-up people with slips, nicknames, turned names, moves, missing fields, families and twins; another seed than the bench's. */
describe('matching made-up people', () => {
  const model = loadPacks(join(__dirname, '../../../packs/england-wales')).matching();
  const records = generated(11, 3_000, model.nicknames);
  const pairs = scored(records, new Matcher(model));
  const truth = truePairs(records);

  it('finds by its keys nearly all that belong together, among few that do not', () => {
    expect(truth).toBeGreaterThan(1_000);
    expect(pairs.filter((p) => p.same).length / truth).toBeGreaterThan(0.98);
    expect(pairs.length).toBeLessThan(records.length * 40);
  });

  it('offers most of them, and is right about those that it calls likely', () => {
    expect(qualityAt(pairs, truth, model.bands.possible).recall).toBeGreaterThan(0.92);
    expect(qualityAt(pairs, truth, model.bands.likely).precision).toBeGreaterThan(0.97);
    expect(qualityAt(pairs, truth, model.bands['near-certain']).precision).toBeGreaterThan(0.99);
  });

  it('offers no twins', () => {
    const twins = pairs.filter((p) => !p.same && p.reasons.some((r) => r.level === 'twins'));
    expect(twins.length).toBeGreaterThan(5);
    expect(twins.filter((p) => p.bits >= model.bands.possible)).toEqual([]);
  });
});
