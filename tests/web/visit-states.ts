import { declaredPages, problemPages } from '@concordat-app/web';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describeInBrowser } from './browser';
import { LookingGlass } from './looking-glass';
import { pictures } from './pictures';
import { World, type Drives } from './world';

const FOLDER = join(__dirname, 'states');
const drives = Object.assign(
  {},
  ...readdirSync(FOLDER)
    .filter((name) => name.endsWith('.ts'))
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    .map((name) => (require(join(FOLDER, name)) as { drives: Drives }).drives),
) as Drives;

/**
 * visitStates visits with axe the states of every `of`-th page, beginning with the `part`-th. In parts, so that they can be
 * visited at the same time; the first part sees to it that no declared state is left out.
 */
export function visitStates(part: number, of: number): void {
  describeInBrowser(`every declared state of every page, part ${part} of ${of}`, () => {
    let world: World;
    let glass: LookingGlass;
    beforeAll(async () => {
      world = await World.start();
      glass = await LookingGlass.at(world.browser, `${world.url}/`);
    });
    afterAll(() => world?.stop());

    if (part === 1)
      it('is visited in one of the parts', () => {
        const declared = declaredPages(world.app.running.app).flatMap((p) =>
          p.states.map((state) => `${p.folder}: ${state}`),
        );
        declared.push(...Object.keys(problemPages).map((name) => `design/problems: ${name}`));
        const visited = Object.entries(drives).flatMap(([folder, states]) =>
          Object.keys(states).map((s) => `${folder}: ${s}`),
        );
        expect(visited.sort()).toEqual(declared.sort());
      });

    for (const [folder, states] of Object.entries(drives).filter((_, i) => i % of === part - 1)) {
      for (const [state, drive] of Object.entries(states)) {
        it(`${folder}: ${state} is accessible, as wide as a phone, and printed`, async () => {
          const page = await drive(world);
          expect(await page.title()).toMatch(/Concordat$/);
          // Only a page for a problem has a reference for support.
          expect(await page.locator('.app-reference').count()).toBe(folder === 'design/problems' ? 1 : 0);
          await pictures(page, `${folder}: ${state}`);
          await glass.show(page);
          await world.done(page);
          expect(await glass.look()).toEqual({ onScreen: [], tooWide: 0, inPrint: [] });
        });
      }
    }
  });
}
