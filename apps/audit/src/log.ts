import { nameId } from '@concordat/contracts';
import { formatVkey, logSigner, type NoteSigner } from '@concordat/ledger';
import { SETTINGS, Unavailable, type Settings } from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import { createPrivateKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A scheme-less URL that can also name a key: no space, no plus (C2SP signed-note). */
const ORIGIN = /^[a-z0-9][A-Za-z0-9._:~/-]{0,199}$/;

/** Who this log is: its origin and the key that signs for it. And whether it has been stopped. */
@Injectable()
export class Log {
  readonly origin: string;
  readonly signer: NoteSigner;
  readonly vkey: string;
  /** The log as an object of acts about itself. */
  readonly id: string;
  /** Where copies outside the database are kept. */
  readonly folder: string;
  private stopped: string | null = null;

  /** Throws when the key is not an Ed25519 key in PEM, or LEDGER_ORIGIN cannot name a log. */
  constructor(@Inject(SETTINGS) settings: Settings) {
    this.folder = join(settings.dataDir, 'ledger');
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    this.origin = settings.LEDGER_ORIGIN ?? keptOrigin(this.folder);
    if (!ORIGIN.test(this.origin)) throw new Error('LEDGER_ORIGIN must be a URL without scheme, space or plus sign');
    this.id = nameId(`ledger/${this.origin}`);
    this.signer = logSigner(this.origin, privateKey(settings, this.folder));
    this.vkey = formatVkey(this.signer.key);
  }

  /** What is wrong with the log, once it has been stopped. */
  get trouble(): string | null {
    return this.stopped;
  }

  /**
   * stop ends sealing and signing until somebody has looked and started the process anew: the log is not what it was
   * (design/ledger.md §4, 6). Reading goes on, so that it can be looked at.
   */
  stop(reason: string): Unavailable {
    this.stopped ??= reason;
    return this.refusal();
  }

  /** Throws Unavailable when the log was stopped. */
  assertRunning(): void {
    if (this.stopped !== null) throw this.refusal();
  }

  private refusal(): Unavailable {
    return new Unavailable('ledger.stopped', 'The ledger was stopped because it is not as it was left');
  }
}

/** An origin for a local installation: made once, and kept beside the key. */
function keptOrigin(folder: string): string {
  return kept(join(folder, 'origin'), () => `localhost/concordat/${randomBytes(8).toString('hex')}\n`, 0o644).trim();
}

/** The signing key. In production it is given; elsewhere it is made once, readable by the owner of the process only. */
function privateKey({ LEDGER_KEY: given }: Settings, folder: string) {
  if (given !== undefined) return createPrivateKey(given);
  const made = (): string =>
    generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
  return createPrivateKey(kept(join(folder, 'signing-key.pem'), made, 0o600));
}

/** The text of `file`, which `make` gives when there is none yet: whole or not at all, should the process die here. */
function kept(file: string, make: () => string, mode: number): string {
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, make(), { mode });
    renameSync(draft, file);
  }
  return readFileSync(file, 'utf8');
}
