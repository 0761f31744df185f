import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * When a process was started, in whatever form this system tells it (an opaque string), or undefined when there is
 * no such process. A pid alone does not name a process, since the system hands pids out again; a pid with its start
 * time does. A zombie counts as gone: it has released everything but its entry in the process table.
 */
export function startTimeOf(pid: number): string | undefined {
  if (process.platform === 'linux') {
    try {
      // The second field is the command in brackets and may itself hold spaces and brackets, so count from the last.
      const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
    } catch {
      return undefined;
    }
  }
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return undefined;
  }
  if (process.platform === 'win32') return 'running';
  try {
    const line = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    return line === '' || line.startsWith('Z') ? undefined : line.slice(line.indexOf(' ') + 1).trim();
  } catch {
    return undefined;
  }
}

/** Waits until `done` answers something other than undefined; undefined when `timeoutMs` has passed without. */
export async function poll<T>(
  done: () => T | undefined | Promise<T | undefined>,
  timeoutMs: number,
  everyMs = 4,
): Promise<T | undefined> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const value = await done();
    if (value !== undefined) return value;
    if (performance.now() > deadline) return undefined;
    await delay(everyMs);
  }
}
