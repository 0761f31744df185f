import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPacks, PackError } from './index';

const shipped = join(__dirname, '../../../packs/england-wales');
let folder: string;
let pack: string;
let cache: string;

const kept = (): string => join(cache, readdirSync(cache)[0] ?? '');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'packs-'));
  pack = join(folder, 'pack');
  cache = join(folder, 'kept/here');
  cpSync(shipped, pack, { recursive: true });
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('loadPacks', () => {
  it('keeps a checked pack and takes it from there, equal and frozen', () => {
    const first = loadPacks(pack, { cache });
    const second = loadPacks(pack, { cache });
    expect(second.pathways()).toEqual(first.pathways());
    expect(second.version).toBe(first.version);
    expect(Object.isFrozen(second.pathways()[0]?.clocks[0])).toBe(true);

    // A mark put into what was kept shows that it is what is read.
    writeFileSync(kept(), readFileSync(kept(), 'utf8').replace('"title":"Domestic abuse"', '"title":"From the cache"'));
    expect(loadPacks(pack, { cache }).pathway('domestic-abuse')?.title).toBe('From the cache');
    expect(loadPacks(pack).pathway('domestic-abuse')?.title).toBe('Domestic abuse');
  });

  it('reads again when a byte has changed, and does not keep what is refused', () => {
    loadPacks(pack, { cache });
    const file = join(pack, 'forums.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('code: ccm', 'code: CCM'));
    expect(() => loadPacks(pack, { cache })).toThrow(PackError);
    expect(() => loadPacks(pack, { cache })).toThrow(/forums\.yaml:\d+: forums\[2\]\.code: must be a code/);
    expect(readdirSync(cache)).toHaveLength(1);
  });

  it('reads again when what was kept is damaged, and makes it good', () => {
    loadPacks(pack, { cache });
    const good = readFileSync(kept(), 'utf8');
    writeFileSync(kept(), '{"manifest":');
    expect(loadPacks(pack, { cache }).pathways()).toHaveLength(9);
    expect(readFileSync(kept(), 'utf8')).toBe(good);
  });

  it('does without a cache that cannot be written', () => {
    writeFileSync(join(folder, 'kept'), 'a file where the folder would be');
    expect(loadPacks(pack, { cache }).pathways()).toHaveLength(9);
  });

  it('names a folder that is not there', () => {
    expect(() => loadPacks(join(folder, 'nowhere'))).toThrow(/ENOENT/);
  });
});
