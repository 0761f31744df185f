import { randomUUID } from 'node:crypto';
import { at, sendWrongly, staffId, then } from '../stories';
import { toldFigures } from '../told-figures';
import type { Drives, World } from '../world';

const told = (path: string) => async (world: World) => {
  await toldFigures(world);
  return path;
};

/** A pack in a state, as its asker finds it. */
const packed = (state: string, written: number) => async (world: World) => {
  const id = randomUUID();
  await world.app.sql(
    `INSERT INTO insight.quarterly_pack (id, period, state, user_id, org_id, parts, written, correlation_id, purpose, path, requested_at,
       ended_at, expires_at, claimed_until)
     SELECT $1, '2026-Q2', $2, user_id, org_id, 9, $3, 'test', 'safeguarding', '/', now(),
            CASE WHEN $2 = 'running' THEN NULL ELSE now() END, CASE WHEN $2 = 'done' THEN now() + interval '1 day' END, now() + interval '1 hour'
       FROM insight.member WHERE user_id = $4`,
    [id, state, written, await staffId(world, 'gwen')],
  );
  return `/insight/packs/${id}`;
};

export const drives: Drives = {
  'insight/overview': { filled: at('gwen', told('/insight?period=2025')) },
  'insight/subject': {
    filled: at('gwen', told('/insight/referrals?period=2025')),
    filtered: at('gwen', told('/insight/triage?period=2025&kind=prevent')),
    empty: at('gwen', '/insight/asb?period=2010'),
    'no-area': then(at('gwen', told(`/insight/agreements?area=${randomUUID()}`)), async (page) =>
      expect(await page.innerText('.govuk-inset-text')).toContain('of the whole partnership'),
    ),
    exact: at('gwen', told('/insight/agreements')),
    missed: at('gwen', told('/insight/missed?period=2025-Q4')),
  },
  'insight/packs': {
    empty: at('jo', '/insight/packs'),
    filled: at('gwen', async (world) => {
      await packed('running', 3)(world);
      return '/insight/packs';
    }),
    error: then(at('gwen', '/insight/packs'), sendWrongly('Make the pack')),
  },
  'insight/pack': {
    running: at('gwen', packed('running', 3)),
    done: at('gwen', packed('done', 9)),
    ended: at('gwen', packed('expired', 9)),
  },
};
