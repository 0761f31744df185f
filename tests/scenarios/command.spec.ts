import { freePorts } from '../../tools/infrastructure/server-process';
import { ROOT } from '../../tools/services/built';
import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { mode } from './platform';

/** How long it is watched: what has nothing to keep it going ends at once. */
const STAYS_MS = 3_000;

describe(`npm ${mode === 'embedded' ? 'start' : 'run services'}`, () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'concordat-command-'));
  let child: ChildProcess | undefined;
  afterAll(() => {
    child?.kill('SIGKILL');
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('says where to go, stays until it is stopped, and stops when it is asked to', async () => {
    chmodSync(dataDir, 0o711);
    writeFileSync(join(dataDir, 'demonstration.json'), '{}');
    const [port] = await freePorts(1);
    const env = { ...process.env, PORT: String(port), CONCORDAT_DATA: dataDir, NODE_ENV: 'development' };
    const started = spawn(process.execPath, ['tools/run.mjs', mode === 'embedded' ? 'start' : 'services'], {
      cwd: ROOT,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = started;
    let said = '';
    for (const stream of [started.stdout, started.stderr])
      stream.on('data', (bytes: Buffer) => (said += String(bytes)));
    const ended = new Promise<number | null>((r) => started.once('exit', (code) => r(code)));
    const isOver = (): boolean => started.exitCode !== null || started.signalCode !== null;

    while (!said.includes(`ready at http://localhost:${port}`)) {
      if (isOver()) throw new Error(`it ended: ${said}`);
      await delay(50);
    }
    const answers = async (): Promise<number> => (await fetch(`http://127.0.0.1:${port}/health/ready`)).status;
    for (const until = performance.now() + STAYS_MS; performance.now() < until; await delay(200)) {
      expect([isOver(), await answers()]).toEqual([false, 200]);
    }
    started.kill('SIGINT');
    expect(await ended).toBe(0);
    expect(said).toContain('Stopping');
    await expect(answers()).rejects.toThrow('fetch failed');
  }, 180_000);
});
