import { cpus, loadavg, totalmem } from 'node:os';

/** What the figures were measured on. A figure without its machine says nothing. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly node: string;
  readonly postgres: string;
  readonly at: string;
  /** Load average of the last minute when the run began: well above nothing says that others were at work. */
  readonly loadBefore: number;
}

/** Load average of the last minute. */
export const loadNow = (): number => Math.round((loadavg()[0] ?? 0) * 100) / 100;

/** Call it before the benchmark begins: `at` is when, `loadBefore` what the machine was doing then. */
export const machine = (postgres: string): Machine => ({
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  postgres,
  at: new Date().toISOString(),
  loadBefore: loadNow(),
});
