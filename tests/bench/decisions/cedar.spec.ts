import { loadPacks } from '@concordat/packs';
import { decide, Declarations, Register } from '@concordat/sharing';
import { join } from 'node:path';
import { isExpressible } from './cedar';
import { Generator } from './generator';
import { CedarSlices } from './slices';

const law = loadPacks(join(__dirname, '../../../packs/england-wales')).sharingLaw();

describe('the agreements as policies of Cedar', () => {
  it('permit what the decision point permits, and nothing else, wherever they can be asked', () => {
    let [permitted, asked] = [0, 0];
    for (let seed = 1; seed <= 2; seed++) {
      const generator = new Generator(seed, 0.03);
      const world = generator.world(8, law);
      const slices = new CedarSlices(world);
      const standing = {
        register: Register.of(world.agreements, law),
        declarations: Declarations.of(world.declarations),
        auditDurable: true,
      };
      for (let i = 0; i < 600; i++) {
        const request = generator.request(world);
        if (!isExpressible(request)) continue;
        const { outcome, reasons } = decide(request, standing);
        const allowed = slices.decide(request, slices.prepare(request));
        if (allowed !== (outcome === 'PERMIT')) expect({ seed, request, reasons }).toEqual({ allowed });
        asked++;
        if (allowed) permitted++;
      }
    }
    expect(asked).toBeGreaterThan(1_000);
    expect(permitted).toBeGreaterThan(80);
  });
});
