import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The postmaster of a cluster, from its pid file; undefined when it does not run. */
export function postmasterOf(clusterDir: string): number | undefined {
  try {
    const pid = Number(readFileSync(join(clusterDir, 'postmaster.pid'), 'utf8').split('\n')[0]);
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes(clusterDir) ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** The processes that a process has started: of a postmaster, its backends and helpers. */
export function childrenOf(parent: number): { pid: number; command: string }[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^[0-9]+$/.test(name)) return [];
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (Number(fields[1]) !== parent || fields[0] === 'Z') return [];
      return [{ pid: Number(name), command: readFileSync(`/proc/${name}/cmdline`, 'latin1') }];
    } catch {
      return []; // it has just ended
    }
  });
}

/** Sends a signal to a whole PostgreSQL at once. Returns whether there was one. */
export function signalAll(clusterDir: string, signal: NodeJS.Signals): boolean {
  const postmaster = postmasterOf(clusterDir);
  if (postmaster === undefined) return false;
  for (const pid of [postmaster, ...childrenOf(postmaster).map((c) => c.pid)]) sendTo(pid, signal);
  return true;
}

/** Kills one session's backend, as the out-of-memory killer does. Returns whether there was one. */
export function killBackend(clusterDir: string, pick: <T>(items: readonly T[]) => T): boolean {
  const postmaster = postmasterOf(clusterDir);
  if (postmaster === undefined) return false;
  const backends = childrenOf(postmaster).filter(({ command }) => command.includes('concordat_'));
  if (backends.length === 0) return false;
  sendTo(pick(backends).pid, 'SIGKILL');
  return true;
}

/** Sends a signal to a process that may have ended meanwhile, or never have begun. */
export function sendTo(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
