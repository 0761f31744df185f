import { contexts } from '@concordat/contracts';
import { reseal, standingOf, type Standing } from '@concordat/messaging';
import { KeyBox, type Settings } from '@concordat/platform';
import { Pool } from 'pg';
import { PASSING, PLACES, rootsOf, type KeyedPlace, type KeyName } from './places';

/** How one place stands; null where its key was not given. */
export interface Found {
  readonly key: KeyName;
  /** `audit.data_key.wrapped`. */
  readonly place: string;
  readonly standing: Standing | null;
}

export interface KeysInUse {
  readonly found: readonly Found[];
  /** Acts on their way to the ledger, and exports that are being made: sealed under AUDIT_DETAIL_KEY until they are done. */
  readonly passing: number;
}

const nameOf = ({ context, table, sealed }: KeyedPlace): string => `${context}.${table}.${sealed}`;

/** keysInUse looks, as the superuser of the database, at everything that is kept sealed, and changes nothing. */
export async function keysInUse(adminUrl: string, settings: Settings): Promise<KeysInUse> {
  const found: Found[] = [];
  for (const place of PLACES) {
    if (!(await isThere(adminUrl, `${place.context}.${place.table}`))) continue;
    const roots = rootsOf(settings, place.key);
    const standing =
      roots && (await within(adminUrl, place, (pool) => standingOf(pool, place, new KeyBox(roots, place.purpose))));
    found.push({ key: place.key, place: nameOf(place), standing });
  }
  const waiting: string[] = (await isThere(adminUrl, 'records.record_export')) ? [PASSING.exports] : [];
  for (const context of contexts)
    if (await isThere(adminUrl, `${context}.act`)) waiting.push(PASSING.acts.replace('%s', context));
  const passing = await within(adminUrl, { context: 'audit' }, async (pool) => {
    const { rows } = await pool.query<{ n: number }>(`SELECT ${waiting.map((one) => `(${one})`).join(' + ')} AS n`);
    return rows[0]!.n;
  });
  return { found, passing };
}

/**
 * resealAll seals anew whatever is under a key that is being left, as the superuser of the database while the services run.
 * Throws when AUDIT_DETAIL_KEY is not given: the acts that it leaves are sealed under it.
 */
export async function resealAll(adminUrl: string, settings: Settings, say: (line: string) => void): Promise<void> {
  const detailKey = rootsOf(settings, 'AUDIT_DETAIL_KEY')?.[0];
  if (!detailKey) throw new Error('AUDIT_DETAIL_KEY is needed: what is done is put on record, sealed under it');
  for (const place of PLACES) {
    const roots = rootsOf(settings, place.key);
    if (!roots || !(await isThere(adminUrl, `${place.context}.${place.table}`))) continue;
    const box = new KeyBox(roots, place.purpose);
    const moved = await within(adminUrl, place, (pool) => reseal(pool, place, box, detailKey));
    say(`${nameOf(place)}: ${moved} sealed anew`);
  }
}

/** A schema of before, or an installation without that context. */
const isThere = (adminUrl: string, table: string): Promise<boolean> =>
  within(adminUrl, { context: 'audit' }, async (pool) => {
    const { rows } = await pool.query<{ found: boolean }>('SELECT to_regclass($1) IS NOT NULL AS found', [table]);
    return rows[0]!.found;
  });

async function within<T>(
  adminUrl: string,
  { context }: Pick<KeyedPlace, 'context'>,
  work: (pool: Pool) => Promise<T>,
): Promise<T> {
  const url = new URL(adminUrl);
  url.searchParams.set('options', `-c search_path=${context},public`);
  const pool = new Pool({ connectionString: url.href, max: 2 });
  pool.on('error', () => undefined);
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}
