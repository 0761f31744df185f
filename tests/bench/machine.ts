import { execFileSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';

/** What the figures were measured on. A figure without its machine says nothing. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly node: string;
  readonly postgres: string;
  readonly at: string;
}

export const machine = (postgres: string): Machine => ({
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  postgres,
  at: new Date().toISOString(),
});

/** Resident memory of a process in MB (10^6 bytes), from /proc; 0 where there is none. */
export function residentMb(pid: number): number {
  try {
    const kib = Number(
      /VmRSS:\s+(\d+)/.exec(execFileSync('cat', [`/proc/${pid}/status`], { encoding: 'utf8' }))?.[1] ?? 0,
    );
    return Math.round((kib * 1024) / 1e5) / 10;
  } catch {
    return 0;
  }
}

/** Highest resident memory of a process so far, in MB. */
export function peakMb(pid: number): number {
  try {
    const kib = Number(
      /VmHWM:\s+(\d+)/.exec(execFileSync('cat', [`/proc/${pid}/status`], { encoding: 'utf8' }))?.[1] ?? 0,
    );
    return Math.round((kib * 1024) / 1e5) / 10;
  } catch {
    return 0;
  }
}
