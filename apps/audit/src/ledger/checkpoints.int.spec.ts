import { openCheckpoint, parsePolicy } from '@concordat/ledger';
import { IdentityModule } from '@concordat-app/identity';
import { eventually, startApp } from '@concordat/testing';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allSealed, deliver, makeAct } from '../acts.testing';
import { AuditModule } from '../audit.module';
import { Copying } from '../copies/copying';
import { cutTail, Installation } from '../installation.testing';
import { Log } from '../log';
import { CheckpointCopies } from './checkpoint-copies';
import { Checkpoints } from './checkpoints';
import { Recheck } from './recheck';

describe('checkpoints', () => {
  let here: Installation;
  const elsewhere = mkdtempSync(join(tmpdir(), 'concordat-elsewhere-'));
  let next = 1n;

  beforeAll(async () => {
    const app = await startApp([AuditModule], { LOG_LEVEL: 'silent', LEDGER_COPIES: join(elsewhere, 'copies') });
    here = new Installation(app, [IdentityModule, AuditModule]);
    await allSealed(here);
  });
  afterAll(async () => {
    await here.running.stop();
    await here.drop();
    rmSync(elsewhere, { recursive: true, force: true });
  });

  async function seal(count: number): Promise<bigint> {
    const acts = Array.from({ length: count }, () => makeAct(here.running.process.detailKey, next++));
    await deliver(here, acts);
    return allSealed(here, 'referrals', next - 1n);
  }

  const sizeOfLog = async (): Promise<string> =>
    (await here.sql<{ size: string }>('SELECT size FROM audit.log_state'))[0]!.size;

  it('are signed under the log’s key, soon after new leaves', async () => {
    const size = await seal(300);
    const { text } = await here.get('/api/audit/checkpoint');
    const policy = parsePolicy((await here.get('/api/audit/policy')).text);
    const { checkpoint, quorum } = openCheckpoint(text, policy);
    expect(checkpoint).toMatchObject({ size, origin: expect.stringMatching(/^localhost\/concordat\/[0-9a-f]{16}$/) });
    expect(quorum).toBe(true);
    const [slowest] = await here.sql<{ seconds: number }>(
      `SELECT max(extract(epoch FROM (SELECT min(signed_at) FROM audit.checkpoint c WHERE c.size > e.idx)
                    - (convert_from(e.bytes, 'UTF8')::json ->> 'recordedAt')::timestamptz))::float8 AS seconds
         FROM audit.entry e`,
    );
    expect(slowest!.seconds).toBeLessThan(5); // the limit of design/ledger.md §4; a second is what it takes
  });

  it('are kept outside the database too, before they are published', async () => {
    await seal(3);
    const { note } = await here.signed();
    expect((await here.get('/api/audit/checkpoint')).text).toBe(note);
    expect(here.copies().at(-1)!.note).toBe(note);
    expect(statSync(join(here.folder, 'signing-key.pem')).mode & 0o777).toBe(0o600);
  });

  it('go on after a restart under the same name and key, each an extension of the last (AUD-13)', async () => {
    const before = await here.signed();
    await here.running.stop();
    await deliver(
      here,
      Array.from({ length: 1_000 }, () => makeAct(here.app.running.process.detailKey, next++)),
    );
    await here.start();
    const size = await allSealed(here, 'referrals', next - 1n);
    const after = await here.signed();
    expect(after.note.split('\n')[0]).toBe(before.note.split('\n')[0]);
    expect(BigInt(after.size)).toBe(size);
    const [stored] = await here.sql(
      `SELECT count(*)::int AS n, count(DISTINCT event_id)::int AS different FROM audit.entry`,
    );
    expect(stored).toEqual({ n: Number(size), different: Number(size) });
    expect(await here.troubles()).toEqual([]);
  });

  it('never stop for long: a heartbeat is sealed every quarter of an hour', async () => {
    const before = await here.signed();
    await here.sql(`UPDATE audit.log_state SET heartbeat_at = now() - interval '16 minutes'`);
    await eventually(async () => BigInt((await here.signed()).size) > BigInt(before.size));
    await allSealed(here);
    const [last] = await here.sql(`SELECT action, outcome FROM audit.trail ORDER BY idx DESC LIMIT 1`);
    expect(last).toEqual({ action: 'ledger.heartbeat', outcome: 'done' });
  });

  it('stop when the database was restored from an older copy: a copy of a checkpoint knows more', async () => {
    const size = await seal(5);
    await here.running.stop();
    const kept = await cutTail(here, 5n);
    await here.start();
    expect(await here.troubles()).toEqual([expect.stringContaining('smaller than a checkpoint kept outside')]);
    await deliver(here, [makeAct(here.running.process.detailKey, next++)]);
    await here.running.stop();
    const [state] = await here.sql<{ size: string }>('SELECT size FROM audit.log_state');
    expect(BigInt(state!.size)).toBe(size - 5n); // nothing was sealed, and
    expect(BigInt((await here.signed()).size)).toBeLessThanOrEqual(size - 5n); // nothing signed
    await kept.putBack();
    await here.start();
    await allSealed(here, 'referrals', next - 1n);
    expect(await here.troubles()).toEqual([]);
  });

  it('do not stop beside another process that seals and copies just as this one begins', async () => {
    await seal(5);
    await here.running.stop();
    const { back } = await cutTail(here, 5n);
    // All that the other does is done in the moment of the look: the tail is there, and the copy that knows of it.
    const script = `const { Client } = require('pg');
      const client = new Client({ connectionString: process.argv[1] });
      client.connect().then(() => client.query(process.argv[2])).then(() => client.end());`;
    const look = jest.spyOn(CheckpointCopies.prototype, 'newest').mockImplementationOnce(function (
      this: CheckpointCopies,
    ) {
      execFileSync(process.execPath, ['-e', script, here.app.database.adminUrl, back]);
      return this.newest();
    });
    try {
      await here.start();
      expect(look.mock.calls.length).toBeGreaterThan(1);
    } finally {
      look.mockRestore();
    }
    await allSealed(here, 'referrals', next - 1n);
    expect(await here.troubles()).toEqual([]);
  });

  it('stop when the copies beside the log were restored as well: what is kept write-once, elsewhere, knows more', async () => {
    await seal(5);
    const copying = here.running.app.get(Copying, { strict: false });
    await copying.copy();
    const { size, note } = await here.signed();
    expect(copying.standing).toMatchObject({ kind: 'folder', size, overdue: false });
    await here.running.stop();
    const copies = join(elsewhere, 'copies', here.running.app.get(Log, { strict: false }).id);
    const [largest] = readdirSync(copies).sort();
    expect(readFileSync(join(copies, largest!), 'utf8')).toBe((await here.signed()).note);
    expect(BigInt((await here.signed()).size)).toBeGreaterThanOrEqual(BigInt(size));
    expect(note.split('\n')[1]).toBe(size);
    const kept = await cutTail(here, 5n);
    renameSync(join(here.folder, 'checkpoints'), join(elsewhere, 'aside'));
    await here.start();
    expect(await here.troubles()).toEqual([expect.stringContaining('smaller than a write-once copy')]);
    await here.running.stop();
    await kept.putBack();
    rmSync(join(here.folder, 'checkpoints'), { recursive: true, force: true });
    renameSync(join(elsewhere, 'aside'), join(here.folder, 'checkpoints'));
    await here.start();
    expect(await here.troubles()).toEqual([]);
  });

  it('that are late are an alarm, which the next that is signed ends', async () => {
    const checkpoints = here.running.app.get(Checkpoints, { strict: false });
    expect(checkpoints.late).toBe(false);
    await here.sql('REVOKE INSERT ON audit.checkpoint FROM concordat_audit');
    await deliver(here, [makeAct(here.running.process.detailKey, next++)]);
    const enough = { timeoutMs: 20_000 };
    await eventually(async () => (await here.signed()).size !== (await sizeOfLog()), enough);
    const later = jest.spyOn(Date, 'now');
    try {
      later.mockImplementation(() => Math.floor(performance.timeOrigin + performance.now()) + 6_000);
      await eventually(() => checkpoints.late, enough);
    } finally {
      later.mockRestore();
      await here.sql('GRANT INSERT ON audit.checkpoint TO concordat_audit');
    }
    await allSealed(here, 'referrals', next - 1n);
    expect(checkpoints.late).toBe(false);
  });

  it('stop when a tile was changed, and still serve what was signed before', async () => {
    await here.running.stop();
    const { note } = await here.signed();
    const flip = `UPDATE audit.tile SET data = set_byte(data, 40, get_byte(data, 40) # 1) WHERE level = 0 AND idx = (SELECT max(idx) FROM audit.tile WHERE level = 0)`;
    await here.sql(flip);
    await here.start();
    expect(await here.troubles()).toEqual([expect.stringMatching(/ledger: stopped: .*(begin with|root)/)]);
    expect((await here.get('/api/audit/checkpoint')).text).toBe(note);
    await here.running.stop();
    await here.sql(flip);
    await here.start();
    expect(await here.troubles()).toEqual([]);
  });

  it('stop while running when the log is not what was signed', async () => {
    const before = await here.signed();
    const [{ root }] = (await here.sql<{ root: Buffer }>('SELECT root FROM audit.log_state')) as [{ root: Buffer }];
    await here.sql(`UPDATE audit.log_state SET root = sha256('another')`);
    await eventually(async () => (await here.troubles()).some((t) => t.includes('another root than was signed')));
    await here.sql(`UPDATE audit.log_state SET root = $1`, [root]);
    expect((await here.troubles()).length).toBe(1); // somebody has to look first
    expect(await here.signed()).toEqual(before);
    await here.running.stop();
    await here.start();
  });

  it('stop when somebody without the key has stored one, and never show it', async () => {
    const before = await here.signed();
    const note = `log.example/forged\n1\nAAAA\n\n— log.example/forged AAAA\n`;
    const size = BigInt(before.size) + 1_000n;
    await here.sql(`INSERT INTO audit.checkpoint (size, root, note) VALUES ($1, sha256('x'), $2)`, [size, note]);
    await deliver(here, [makeAct(here.running.process.detailKey, next++)]);
    await eventually(async () => (await here.troubles()).some((t) => t.includes('stopped')));
    expect((await here.get('/api/audit/checkpoint')).text).not.toBe(note);
    await here.running.stop();
    await here.start();
    expect(await here.troubles()).toEqual([expect.stringContaining('this log has not signed')]);
    expect((await here.get('/api/audit/checkpoint')).status).toBe(503);
    await here.running.stop();
    await here.sql('DELETE FROM audit.checkpoint WHERE size = $1', [size]);
    await here.start();
    await allSealed(here, 'referrals', next - 1n);
  });

  it('are not the only watch: entries are hashed again, and one that was changed is named', async () => {
    await seal(600);
    const recheck = here.running.app.get(Recheck, { strict: false });
    const pass = async (): Promise<void> => {
      for (let ended = false; !ended;) ended = await recheck.next();
    };
    await pass();
    expect(recheck.altered).toEqual([]);
    const flip = (idx: number) =>
      here.sql('UPDATE audit.entry SET bytes = set_byte(bytes, 9, get_byte(bytes, 9) # 1) WHERE idx = $1', [idx]);
    await flip(300);
    await pass();
    expect(recheck.altered).toEqual(['300']);
    const leaf = `UPDATE audit.tile SET data = set_byte(data, 0, get_byte(data, 0) # 1) WHERE level = 1 AND idx = 0`;
    await here.sql(leaf);
    await pass();
    expect(recheck.altered).toEqual(['0', '300']);
    await here.sql(leaf);
    await flip(300);
  });

  it('are never signed under another name', async () => {
    await here.running.stop();
    const origin = readFileSync(join(here.folder, 'origin'), 'utf8');
    writeFileSync(join(here.folder, 'origin'), 'localhost/concordat/another\n');
    await here.start();
    expect(await here.troubles()).toEqual([expect.stringContaining('this process is another')]);
    await here.running.stop();
    writeFileSync(join(here.folder, 'origin'), origin);
    await here.start();
  });

  it('may be signed under a new key, which is put on record: older checkpoints are good under the old one', async () => {
    const before = await here.signed();
    await here.running.stop();
    rmSync(join(here.folder, 'signing-key.pem'));
    await here.start();
    await allSealed(here);
    const { note } = await here.signed();
    const policy = parsePolicy((await here.get('/api/audit/policy')).text);
    expect(policy.logs).toHaveLength(2);
    for (const signed of [before.note, note])
      expect(openCheckpoint(signed, policy).checkpoint.origin).toBe(before.note.split('\n')[0]);
    expect((await here.get('/api/audit/vkey')).text.split('\n')).toContain(
      here.running.app.get(Log, { strict: false }).vkey,
    );
    const changes = await here.sql(`SELECT 1 FROM audit.trail WHERE action = 'ledger.change-key'`);
    expect(changes).toHaveLength(2);
  });
});
