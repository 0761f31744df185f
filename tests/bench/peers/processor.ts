import { readdirSync, readFileSync } from 'node:fs';
import { connected } from './rows';

/** Linux counts processor time in hundredths of a second. */
const TICK_MS = 10;

interface Spent {
  readonly parent: number;
  readonly ownMs: number;
  /** Of children that have ended. */
  readonly pastMs: number;
}

function spent(pid: number | string): Spent | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, in brackets, may hold spaces: fields are counted after it, the first of them being the third of proc(5).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = (...places: number[]): number => places.reduce((sum, n) => sum + Number(fields[n - 3]), 0) * TICK_MS;
    return { parent: Number(fields[1]), ownMs: ticks(14, 15), pastMs: ticks(16, 17) };
  } catch {
    return undefined;
  }
}

/** Processor time of a process in milliseconds; NaN where the system does not tell. */
export const processorMs = (pid: number | undefined): number => (pid ? (spent(pid)?.ownMs ?? NaN) : NaN);

/** Processor time of a PostgreSQL server with all that it forked, living or not. NaN where the system does not tell. */
export function serverMs(postmaster: number): number {
  const own = spent(postmaster);
  if (!own) return NaN;
  const living = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => spent(pid) ?? [])
    .filter(({ parent }) => parent === postmaster);
  return living.reduce((sum, { ownMs }) => sum + ownMs, own.ownMs + own.pastMs);
}

/** The process that forked the backend of a connection. */
export async function postmasterOf(adminUrl: string): Promise<number> {
  return connected(adminUrl, async (client) => {
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    return spent(rows[0]!.pid)?.parent ?? NaN;
  });
}
