import { at, then } from '../stories';
import type { Drives } from '../world';

const PACKS = '/administration/packs';

export const drives: Drives = {
  'administration/packs': {
    'in-force': then(at('lena', PACKS), async (page) => {
      expect(await page.innerText('main')).toMatch(
        /england-wales@[\s\S]*nothing wrong in the folder[\s\S]*the first on record/,
      );
      // Of the versions of a kind of review one is in force.
      expect(await page.locator('a[href$="/reviewKinds/domestic-homicide-review"]').count()).toBeLessThan(2);
    }),
    'every-version': at('lena', `${PACKS}?show=all&page=2`),
    'nothing-found': at('lena', `${PACKS}?show=not-yet&kind=pathways`),
  },
  'administration/pack-document': {
    'several-versions': then(at('lena', `${PACKS}?show=in-force&kind=reviewKinds`), async (page) => {
      await page.click('a[href$="/reviewKinds/domestic-homicide-review"]');
      expect(await page.innerText('main')).toMatch(/IN FORCE[\s\S]*FOR WHAT BEGAN WITH IT[\s\S]*no version before/i);
    }),
    'one-version': at('lena', `${PACKS}/rights/only`),
  },
};
