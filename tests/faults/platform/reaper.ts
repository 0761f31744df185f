import { spawn, type ChildProcess } from 'node:child_process';

/**
 * A small process of its own that ends whatever the harness has started, should the harness itself be killed. It reads
 * `+pid`, `-pid` and `@folder` and acts when nothing more can come. Pids are remembered with their start time: a pid is handed out again.
 */
export class Reaper {
  private readonly child: ChildProcess;

  constructor() {
    this.child = spawn(process.execPath, ['-e', PROGRAM], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
    this.child.stdin!.on('error', () => undefined);
    this.child.unref();
    (this.child.stdin as unknown as { unref(): void }).unref();
  }

  watch(pid: number): void {
    this.child.stdin!.write(`+${pid}\n`);
  }

  /** Whatever PostgreSQL then runs on this folder, since it may be started again by somebody else. */
  watchCluster(clusterDir: string): void {
    this.child.stdin!.write(`@${clusterDir}\n`);
  }

  forget(pid: number): void {
    this.child.stdin!.write(`-${pid}\n`);
  }

  /** Everything was stopped in order: there is nothing left to reap. */
  dismiss(): void {
    this.child.stdin!.end('done\n');
  }
}

const PROGRAM = `
const { readFileSync } = require('node:fs');
const started = (pid) => {
  try { const s = readFileSync('/proc/' + pid + '/stat', 'latin1'); return s.slice(s.lastIndexOf(')') + 2).split(' ')[19]; }
  catch { return undefined; }
};
const watched = new Map();
const folders = [];
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
let rest = '';
process.stdin.setEncoding('utf8').on('data', (text) => {
  const lines = (rest + text).split('\\n');
  rest = lines.pop();
  for (const line of lines) {
    if (line === 'done') process.exit(0);
    if (line[0] === '@') { folders.push(line.slice(1)); continue; }
    const pid = Number(line.slice(1));
    if (line[0] === '+') watched.set(pid, started(pid)); else watched.delete(pid);
  }
}).on('end', () => {
  for (const folder of folders) {
    try {
      const pid = Number(readFileSync(folder + '/postmaster.pid', 'utf8').split('\\n')[0]);
      if (readFileSync('/proc/' + pid + '/cmdline', 'latin1').includes(folder)) watched.set(pid, started(pid));
    } catch {}
  }
  for (const [pid, at] of watched)
    if (at !== undefined && started(pid) === at) { try { process.kill(pid, 'SIGKILL'); } catch {} }
  process.exit(0);
});
`;
