import { readFileSync } from 'node:fs';
import { press } from '../pressing';
import { at, sendWrongly, then } from '../stories';
import type { Drives } from '../world';

const PACKS = '/administration/packs';
const CHECK = '/administration/packs-check';
const LOCAL = 'packs/england-wales/review-kinds/northbank-asb-case-review.yaml';

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
  'administration/pack-check': {
    empty: at('lena', CHECK),
    wrong: then(at('lena', CHECK), async (page) => {
      await page.fill('#content', 'kind: local-review-kind\ncode: harbour-review\nversion: 1\nof: no-such-kind\n');
      await page.fill('#name', 'harbour.yaml');
      await press(page, 'Check it');
      expect(await page.innerText('main')).toMatch(/cannot be used[\s\S]*harbour\.yaml, line \d+: lacks “ofVersion”/);
      expect(await page.inputValue('#content')).toContain('no-such-kind');
    }),
    'nothing-wrong': then(at('lena', CHECK), async (page) => {
      await page.fill('#content', readFileSync(LOCAL, 'utf8').replace('northbank-asb', 'harbour-asb'));
      await page.fill('#name', 'harbour.yaml');
      await press(page, 'Check it');
      expect(await page.innerText('main')).toMatch(/nothing wrong[\s\S]*Kind of review: harbour asb[^:]*: added/i);
    }),
    error: then(at('lena', CHECK), sendWrongly('Check it')),
  },
  'administration/pack-document': {
    'several-versions': then(at('lena', `${PACKS}?show=in-force&kind=reviewKinds`), async (page) => {
      await page.click('a[href$="/reviewKinds/domestic-homicide-review"]');
      expect(await page.innerText('main')).toMatch(/IN FORCE[\s\S]*FOR WHAT BEGAN WITH IT[\s\S]*no version before/i);
    }),
    'one-version': at('lena', `${PACKS}/rights/only`),
  },
};
