import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What is known of one base backup: `base/<stamp>/backup.json`. Nothing about people, and no key. */
export interface BaseBackup {
  readonly stamp: string;
  /** ISO 8601, by the database's clock. A base can be brought to any moment from `finishedAt` on. */
  readonly startedAt: string;
  readonly finishedAt: string;
  /** The first and last files of the log of changes that it cannot do without. */
  readonly firstWal: string;
  readonly lastWal: string;
  readonly serverVersion: string;
  readonly recipient: string;
  /** SHA-256 of each sealed file, and its bytes. */
  readonly files: Readonly<Record<string, { readonly sha256: string; readonly bytes: number }>>;
}

const SEGMENT = /^([0-9A-F]{8})([0-9A-F]{16})(?:\.gz)?(?:\.age)$/;
const HISTORY = /^[0-9A-F]{8}\.history(?:\.gz)?\.age$/;

/** The whole base backups in a folder, oldest first. One that was interrupted has no `backup.json`. */
export function basesIn(folder: string): BaseBackup[] {
  const dir = join(folder, 'base');
  if (!existsSync(dir)) return [];
  return readdirSync(dir)
    .sort()
    .filter((name) => existsSync(join(dir, name, 'backup.json')))
    .map((name) => JSON.parse(readFileSync(join(dir, name, 'backup.json'), 'utf8')) as BaseBackup);
}

/** The newest base that had finished by `until`, or the newest of all. Undefined when there is none. */
export const baseFor = (bases: readonly BaseBackup[], until: Date | null): BaseBackup | undefined =>
  bases.filter((b) => until === null || new Date(b.finishedAt) <= until).at(-1);

/** Files of the archive that bringing a base forward may read: every segment from its first on, and all histories. */
export function walFrom(base: Pick<BaseBackup, 'firstWal'>, names: readonly string[]): string[] {
  const from = base.firstWal.slice(8);
  return names.filter((name) => HISTORY.test(name) || (SEGMENT.exec(name)?.[2] ?? '') >= from).sort();
}

/** Names of segments that lie between two others and are not there: with a hole, nothing after it can be reached. */
export function holesIn(names: readonly string[]): string[] {
  const segments = names.flatMap((name) => SEGMENT.exec(name)?.[2] ?? []).sort();
  const holes: string[] = [];
  for (let at = segments[0]; at !== undefined && at < segments.at(-1)!; at = after(at))
    if (!segments.includes(at)) holes.push(at);
  return holes;
}

/** The segment after one, with 256 segments of 16 MB to a log file. */
function after(segment: string): string {
  const n = (BigInt(`0x${segment.slice(0, 8)}`) << 8n) + BigInt(`0x${segment.slice(8)}`) + 1n;
  const hex = (value: bigint): string => value.toString(16).toUpperCase().padStart(8, '0');
  return hex(n >> 8n) + hex(n & 0xffn);
}

/** What may go when bases finished before `keepFrom` are no longer wanted. The newest base always stays. */
export function prunable(bases: readonly BaseBackup[], wal: readonly string[], keepFrom: Date) {
  const old = bases.slice(0, -1).filter((b) => new Date(b.finishedAt) < keepFrom);
  const oldest = bases.find((b) => !old.includes(b));
  const segments = oldest ? wal.filter((n) => (SEGMENT.exec(n)?.[2] ?? '~') < oldest.firstWal.slice(8)) : [];
  return { bases: old.map((b) => b.stamp), wal: segments, documentsBefore: oldest ? new Date(oldest.startedAt) : null };
}
