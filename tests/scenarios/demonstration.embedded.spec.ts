import { eventually } from '@concordat/testing';
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { demonstrated, startAllInOne } from '../../tools/services/all-in-one';
import { built, ROOT } from '../../tools/services/built';
import type { Platform } from '../../tools/services/platform';
import { gapsOf, query, settled } from './curtain';

const referrals = parse(readFileSync(join(ROOT, 'packs/demo/referrals.yaml'), 'utf8')) as {
  bring: { status: string };
}[];
const expected = referrals.map((r) => r.bring.status).sort();

describe('the all-in-one and its data folder', () => {
  let dataDir: string;
  let platform: Platform | undefined;
  const begin = (): void => {
    execFileSync(process.execPath, [join(ROOT, 'tools/build.mjs')]);
    dataDir = mkdtempSync(join(tmpdir(), 'concordat-scenario-'));
    chmodSync(dataDir, 0o711);
  };
  const end = async (): Promise<void> => {
    await platform?.stop();
    platform = undefined;
    rmSync(dataDir, { recursive: true, force: true });
  };

  const statuses = async (): Promise<string[]> =>
    (await query<{ status: string }>(platform!, 'SELECT status FROM referrals.referral')).map((r) => r.status).sort();
  const loaded = () => eventually(() => demonstrated(dataDir), { timeoutMs: 60_000 });

  // One after the other, on one folder: to load the demonstration takes longer than all that is asked of it.
  describe('with the demonstration', () => {
    beforeAll(begin);
    afterAll(end, 60_000);

    it('completes on the next start a demonstration that a kill -9 cut short, and makes nothing twice', async () => {
      platform = await startAllInOne({ dataDir });
      await eventually(async () => (await statuses()).length >= 8, { timeoutMs: 60_000, everyMs: 5 });
      await platform.kill('all-in-one');
      expect(demonstrated(dataDir)).toBe(false);
      await platform.start('all-in-one');
      await loaded();
      expect(await statuses()).toEqual(expected);
      await settled(platform);
      expect(await gapsOf(platform)).toEqual({ streams: 0, acts: 0, log: 0, twice: 0 });
      const cases = await query(platform, 'SELECT 1 FROM records.case_file');
      expect(cases).toHaveLength(expected.filter((status) => status === 'accepted').length);
      expect(await query(platform, 'SELECT response, level FROM reviews.recommendation')).toEqual([
        { response: 'accepted', level: 'local' },
      ]);
    }, 150_000);

    it('has everything still there after an orderly stop, and loads nothing again', async () => {
      await loaded();
      const before = await query(platform!, 'SELECT id, version, status FROM referrals.referral ORDER BY id');
      await platform!.stop();
      await platform!.start('all-in-one');
      expect(await query(platform!, 'SELECT id, version, status FROM referrals.referral ORDER BY id')).toEqual(before);
      expect(before).toHaveLength(expected.length);
    }, 120_000);

    it('says plainly that the folder is in use', async () => {
      const { code, said } = await run({ CONCORDAT_DATA: dataDir, PORT: '0' });
      expect(code).toBe(1);
      expect(said).toContain(dataDir);
      expect(said).toMatch(/in use by another running Concordat/);
      expect(said).not.toMatch(/^\s+at /m);
    }, 90_000);
  });

  describe('on a folder of its own', () => {
    beforeAll(begin);
    afterAll(end, 60_000);

    it('says plainly that the port is taken, and leaves no database running', async () => {
      const other = createServer().listen(0, '127.0.0.1');
      await new Promise((r) => other.once('listening', r));
      const { port } = other.address() as AddressInfo;
      const { code, said } = await run({ CONCORDAT_DATA: dataDir, PORT: String(port) });
      await new Promise((r) => other.close(r));
      expect(code).toBe(1);
      expect(said).toMatch(new RegExp(`Port ${port} is taken .* PORT=${port + 1} npm start`));
      expect(said).not.toMatch(/^\s+at /m);
      expect(existsSync(join(dataDir, 'postgres', 'cluster', 'postmaster.pid'))).toBe(false);
    }, 90_000);
  });
});

/** Runs the all-in-one until it ends by itself. */
function run(env: Record<string, string>): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [built('apps/all-in-one/src/main')], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (more: Buffer) => (said += more.toString()));
  return new Promise((done) => child.once('close', (code) => done({ code, said })));
}
