import type { TileData } from '@concordat/ledger';
import type { Tx } from '@concordat/messaging';
import type { LogState } from '../log.repository';
import type { SealedAct } from './sealing';

/** How far each producer has been sealed. */
export async function lastSequences(tx: Tx): Promise<Map<string, bigint>> {
  const rows = await tx.query<{ source: string; last: string }>(
    'SELECT source, last_seq AS last FROM producer',
    [],
    'last-sequences',
  );
  return new Map(rows.map((r) => [r.source, BigInt(r.last)]));
}

/** Those of `eventIds` that are sealed, with the digest of the act that was. */
export async function sealedDigests(tx: Tx, eventIds: readonly string[]): Promise<Map<string, Buffer>> {
  const rows = await tx.query<{ id: string; digest: Buffer }>(
    'SELECT event_id AS id, act_digest AS digest FROM entry WHERE event_id = ANY($1::uuid[])',
    [eventIds],
    'sealed-digests',
  );
  return new Map(rows.map((r) => [r.id, r.digest]));
}

/** The pseudonyms, as 32 hex digits, of those of `reals` that have one. */
export async function knownPseudonyms(tx: Tx, reals: readonly string[]): Promise<[string, string][]> {
  const rows = await tx.query<{ real: string; name: string }>(
    `SELECT real_id AS real, replace(pseudonym::text, '-', '') AS name FROM pseudonym WHERE real_id = ANY($1::text[])`,
    [reals],
    'known-pseudonyms',
  );
  return rows.map((r) => [r.real, r.name]);
}

/** The wrapped data keys of those of `owners` that have one. */
export async function knownKeys(tx: Tx, owners: readonly string[]): Promise<[string, Buffer][]> {
  const rows = await tx.query<{ owner: string; wrapped: Buffer }>(
    'SELECT owner, wrapped FROM data_key WHERE owner = ANY($1::uuid[])',
    [owners],
    'known-keys',
  );
  return rows.map((r) => [r.owner, r.wrapped]);
}

/** What one batch adds to the log. */
export interface Batch {
  readonly before: LogState;
  readonly after: { readonly size: bigint; readonly root: Buffer };
  readonly sealed: readonly SealedAct[];
  readonly tiles: readonly TileData[];
  readonly sequences: ReadonlyMap<string, bigint>;
  readonly pseudonyms: readonly (readonly [string, string])[];
  readonly dataKeys: readonly (readonly [string, Buffer])[];
}

/**
 * appendBatch writes leaves, tiles and the state in the transaction of `tx`, a statement a table, sent together. Returns
 * false when another writer has moved the log: nothing of this transaction may then commit (compare and swap).
 */
export async function appendBatch(tx: Tx, batch: Batch): Promise<boolean> {
  const { before, after, sealed } = batch;
  const indexes = sealed.map((_, i) => String(before.size + BigInt(i)));
  const times = sealed.map((s) => s.act.data.occurredAt);
  const mentions = sealed.flatMap((s, i) =>
    s.mentions.map(([kind, id]) => ({ kind, id, at: times[i], idx: indexes[i] })),
  );
  const [moved] = await Promise.all([
    tx.execute(
      'UPDATE log_state SET size = $1, root = $2 WHERE size = $3 AND epoch = $4',
      [after.size, after.root, before.size, before.epoch],
      'move-log',
    ),
    tx.execute(INSERT_PSEUDONYMS, columns(batch.pseudonyms, 2), 'insert-pseudonyms'),
    tx.execute(INSERT_KEYS, columns(batch.dataKeys, 2), 'insert-keys'),
    tx.execute(
      INSERT_ENTRIES,
      [
        indexes,
        sealed.map((s) => s.act.id),
        Buffer.concat(sealed.map((s) => s.digest)),
        ...joined(sealed.map((s) => s.entry)),
      ],
      'insert-entries',
    ),
    tx.execute(
      INSERT_DETAILS,
      [indexes, sealed.map((s) => s.owner), ...joined(sealed.map((s) => s.sealed))],
      'insert-details',
    ),
    tx.execute(
      INSERT_TRAIL,
      [indexes, times, sealed.map((s) => s.act.data.action), sealed.map((s) => s.act.data.outcome)],
      'insert-trail',
    ),
    tx.execute(
      INSERT_MENTIONS,
      [mentions.map((m) => m.id), mentions.map((m) => m.kind), mentions.map((m) => m.at), mentions.map((m) => m.idx)],
      'insert-mentions',
    ),
    tx.execute(
      PUT_TILES,
      [batch.tiles.map((t) => t.level), batch.tiles.map((t) => t.index), batch.tiles.map((t) => t.data)],
      'put-tiles',
    ),
    tx.execute(PUT_SEQUENCES, columns([...batch.sequences], 2), 'put-sequences'),
  ]);
  return moved === 1;
}

const columns = (rows: readonly (readonly unknown[])[], width: number): unknown[][] =>
  Array.from({ length: width }, (_, i) => rows.map((r) => r[i]));

/**
 * Many byte strings as one, with where each begins (from 1) and how long it is. One parameter goes to the server as it is;
 * an array of them would be written in hexadecimal, which costs more than sealing does.
 */
function joined(parts: readonly Buffer[]): [Buffer, number[], number[]] {
  let at = 1;
  const starts = parts.map((part) => (at += part.length) - part.length);
  return [Buffer.concat(parts), starts, parts.map((part) => part.length)];
}

const INSERT_PSEUDONYMS = 'INSERT INTO pseudonym (real_id, pseudonym) SELECT * FROM unnest($1::text[], $2::uuid[])';
const INSERT_KEYS = 'INSERT INTO data_key (owner, wrapped) SELECT * FROM unnest($1::uuid[], $2::bytea[])';
const INSERT_ENTRIES = `INSERT INTO entry (idx, event_id, act_digest, bytes)
  SELECT idx, id, substr($3::bytea, 32 * n::int - 31, 32), substr($4::bytea, start, length)
    FROM unnest($1::bigint[], $2::uuid[], $5::int[], $6::int[]) WITH ORDINALITY AS a(idx, id, start, length, n)`;
const INSERT_DETAILS = `INSERT INTO detail (idx, owner, sealed)
  SELECT idx, owner, substr($3::bytea, start, length)
    FROM unnest($1::bigint[], $2::uuid[], $4::int[], $5::int[]) AS a(idx, owner, start, length)`;
const INSERT_TRAIL =
  'INSERT INTO trail (idx, at, action, outcome) SELECT * FROM unnest($1::bigint[], $2::timestamptz[], $3::text[], $4::text[])';
const INSERT_MENTIONS =
  'INSERT INTO mention (id, kind, at, idx) SELECT * FROM unnest($1::uuid[], $2::"char"[], $3::timestamptz[], $4::bigint[])';
const PUT_TILES = `INSERT INTO tile (level, idx, data) SELECT * FROM unnest($1::smallint[], $2::bigint[], $3::bytea[])
  ON CONFLICT (level, idx) DO UPDATE SET data = EXCLUDED.data`;
const PUT_SEQUENCES = `INSERT INTO producer (source, last_seq) SELECT * FROM unnest($1::text[], $2::bigint[])
  ON CONFLICT (source) DO UPDATE SET last_seq = EXCLUDED.last_seq`;
