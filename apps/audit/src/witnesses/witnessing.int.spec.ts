import { formatVkey, openCheckpoint, parsePolicy, witnessedPath, witnessSigner } from '@concordat/ledger';
import { IdentityModule } from '@concordat-app/identity';
import { eventually, startApp } from '@concordat/testing';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveWitness, Witness } from '../../../../tools/witness/server';
import { WitnessStore } from '../../../../tools/witness/store';
import { allSealed, deliver, makeAct } from '../acts.testing';
import { AuditModule } from '../audit.module';
import { cutTail, Installation } from '../installation.testing';
import { Witnessing } from './witnessing';

const ORIGIN = 'log.example/witnessed';

/** Another party's witness, on the disk and over HTTP, that can be switched off. */
class Party {
  readonly folder = mkdtempSync(join(tmpdir(), 'witness-'));
  readonly signer;
  private readonly key = generateKeyPairSync('ed25519').privateKey;
  private server: Server | null = null;
  private store: WitnessStore | null = null;
  port = 0;

  constructor(readonly name: string) {
    this.signer = witnessSigner(`${name}.example/witness`, this.key, () => BigInt(Math.floor(Date.now() / 1000)));
  }

  async open(logVkey?: string): Promise<void> {
    if (logVkey) writeFileSync(join(this.folder, 'policy'), `log ${logVkey}\nquorum none\n`);
    this.store = new WitnessStore(join(this.folder, 'state'));
    const policy = parsePolicy(logVkey ? `log ${logVkey}\nquorum none\n` : 'quorum none\n');
    const server = serveWitness(new Witness(this.signer, policy.logs, this.store));
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
  }

  async close(): Promise<void> {
    const closing = new Promise((resolve) => this.server?.close(resolve));
    (this.server as unknown as { closeAllConnections(): void } | null)?.closeAllConnections();
    await closing;
    this.store?.close();
  }

  get line(): string {
    return `witness ${this.name} ${formatVkey(this.signer.key)} http://127.0.0.1:${this.port}`;
  }

  async shown(): Promise<string> {
    return (await fetch(`http://127.0.0.1:${this.port}/${witnessedPath(ORIGIN)}`)).text();
  }
}

describe('witnesses', () => {
  const police = new Party('police');
  const nhs = new Party('nhs');
  const folder = mkdtempSync(join(tmpdir(), 'policy-'));
  let here: Installation;
  let vkey: string;
  let next = 1n;

  beforeAll(async () => {
    for (const party of [police, nhs]) await party.open(); // to know their ports; they know no log yet
    const file = join(folder, 'policy');
    writeFileSync(file, `${police.line}\n${nhs.line}\ngroup both all police nhs\nquorum both\n`);
    here = new Installation(
      await startApp([AuditModule], { LOG_LEVEL: 'silent', LEDGER_POLICY_FILE: file, LEDGER_ORIGIN: ORIGIN }),
      [IdentityModule, AuditModule],
    );
    vkey = (await here.get('/api/audit/vkey')).text.trim();
    for (const party of [police, nhs]) {
      await party.close();
      await party.open(vkey);
    }
  });
  afterAll(async () => {
    await here.running.stop();
    await here.drop();
    for (const party of [police, nhs]) {
      await party.close();
      rmSync(party.folder, { recursive: true, force: true });
    }
    rmSync(folder, { recursive: true, force: true });
  });

  async function seal(count: number): Promise<bigint> {
    const acts = Array.from({ length: count }, () => makeAct(here.running.process.detailKey, next++));
    await deliver(here, acts);
    return allSealed(here, 'referrals', next - 1n);
  }
  const policy = async () => parsePolicy((await here.get('/api/audit/policy')).text);
  const finalSize = async (): Promise<bigint> => {
    const { status, text } = await here.get('/api/audit/witnessed-checkpoint');
    return status === 200 ? openCheckpoint(text, await policy()).checkpoint.size : 0n;
  };
  const standing = () => here.running.app.get(Witnessing, { strict: false }).standing!;

  it('cosign what has grown, and the log shows it with their names', async () => {
    const size = await seal(40);
    await eventually(async () => (await finalSize()) >= size);
    const { text } = await here.get('/api/audit/witnessed-checkpoint');
    const { cosigners, quorum } = openCheckpoint(text, await policy());
    expect(quorum).toBe(true);
    expect(cosigners.map((c) => c.name).sort()).toEqual(['nhs', 'police']);
    expect(openCheckpoint(await police.shown(), await policy()).checkpoint.size).toBe(size);
  });

  it('hold a receipt back while one of them is silent, and are asked until they answer', async () => {
    await nhs.close();
    const before = await finalSize();
    const size = await seal(30);
    await eventually(async () => standing().silent.includes('nhs'));
    expect(await finalSize()).toBe(before);
    const [{ id }] = (await here.sql<{ id: string }>('SELECT event_id AS id FROM audit.entry WHERE idx = $1', [
      size - 1n,
    ])) as [{ id: string }];
    const proof = () => here.app.as('erin').get(`/api/audit/proofs/${id}`);
    expect((await proof()).status).toBe(202);
    await nhs.open(vkey);
    await eventually(async () => (await finalSize()) >= size, { timeoutMs: 15_000 });
    expect((await proof()).status).toBe(200);
    expect(standing()).toMatchObject({ silent: [], overdue: false });
  });

  it('are on record, when who is asked changes', async () => {
    const rows = await here.sql(`SELECT 1 FROM audit.trail WHERE action = 'ledger.change-policy'`);
    expect(rows).toHaveLength(1);
  });

  it('know of what was rolled back though every copy here was cut too: the log stops, and they will not cosign less', async () => {
    const size = await seal(120);
    await eventually(async () => (await finalSize()) >= size);
    await here.running.stop();
    const signed = (await here.signed()).size;
    await here.sql('DELETE FROM audit.cosignature');
    const kept = await cutTail(here, 100n);
    rmSync(join(here.folder, 'checkpoints'), { recursive: true });
    await here.start();
    await eventually(async () => (await here.troubles()).some((t) => t.includes('has witnessed')), {
      timeoutMs: 15_000,
    });
    expect((await here.troubles()).join()).toMatch(/stopped: the log is smaller than what (police|nhs) has witnessed/);
    expect(openCheckpoint(await nhs.shown(), await policy()).checkpoint.size).toBe(BigInt(signed));
    await here.running.stop();
    await kept.putBack();
    await here.start();
    await seal(1);
    await eventually(async () => (await finalSize()) > BigInt(signed), { timeoutMs: 15_000 });
    expect(await here.troubles()).toEqual([]);
  });

  it('remember over a restart, and do not share what they remember', async () => {
    const before = await police.shown();
    await police.close();
    await police.open(vkey);
    const shown = await eventually(() => police.shown().catch(() => false)); // a connection of before may be kept
    expect(shown).toBe(before);
    writeFileSync(join(nhs.folder, 'lock'), String(process.ppid)); // another process, alive
    expect(() => new WitnessStore(nhs.folder)).toThrow('kept by another witness');
    rmSync(join(nhs.folder, 'lock'));
  });
});
