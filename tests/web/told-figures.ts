import { eventually } from '@concordat/testing';
import { disordered, storyOf } from '../../apps/insight/src/recount.testing';
import { arrive, numbersOf } from '../../apps/insight/src/told.testing';
import type { World } from './world';

const told = new WeakMap<World, Promise<void>>();

/** Two and a half years of events of the demonstration's organisations and areas, until July 2026; told once in a world. */
export function toldFigures(world: World): Promise<void> {
  const kept = told.get(world) ?? tell(world);
  told.set(world, kept);
  return kept;
}

async function tell(world: World): Promise<void> {
  const ids = async (table: string, id: string) =>
    (await world.app.sql<{ id: string }>(`SELECT ${id} AS id FROM insight.${table} ORDER BY 1`)).map((row) => row.id);
  const places = { orgs: await ids('organisation', 'org_id'), areas: await ids('area', 'area_id') };
  const { events, numbers } = storyOf(17, 1_500, places);
  await arrive(world.app, disordered(events, 3));
  const last = [...numbers.keys()];
  await eventually(
    async () => {
      const found = await numbersOf(world.app);
      return last.every((key) => found.has(key));
    },
    { timeoutMs: 30_000 },
  );
}
