import { LedgerError, parsePolicy, type Policy } from '@concordat/ledger';
import { SETTINGS, type Settings } from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Who must cosign this log's checkpoints before they count as final. */
@Injectable()
export class WitnessPolicy {
  readonly policy: Policy | null;
  /** The file's lines but those that name logs: this log says its own keys. */
  readonly lines: readonly string[];
  readonly digest: Buffer | null;

  /** @throws Error when the file cannot be read, is no policy, or names a witness that cannot be asked. */
  constructor(@Inject(SETTINGS) { LEDGER_POLICY_FILE: file }: Settings) {
    const text = file === undefined ? null : readFileSync(file, 'utf8');
    this.policy = text === null ? null : readPolicy(text);
    this.lines = text === null ? [] : text.split('\n').filter((l) => /^[ \t]*(witness|group|quorum)[ \t]/.test(l));
    this.digest = text === null ? null : createHash('sha256').update(text).digest();
  }

  /** Whether a checkpoint needs anybody beside the log itself. */
  get needed(): boolean {
    return this.policy?.quorum !== undefined;
  }

  /** The policy by which a checkpoint of this log is judged, whose keys are `vkeys`. */
  with(vkeys: readonly string[]): Policy {
    return parsePolicy(this.textWith(vkeys));
  }

  /** The same as a file for an auditor. */
  textWith(vkeys: readonly string[]): string {
    const lines = this.policy === null ? ['quorum none'] : this.lines;
    return `${[...vkeys.map((k) => `log ${k}`), ...lines].join('\n')}\n`;
  }
}

function readPolicy(text: string): Policy {
  try {
    const policy = parsePolicy(text);
    const mute = policy.witnesses.find((w) => w.url === undefined || !URL.canParse(w.url));
    if (mute) throw new LedgerError('MALFORMED', `witness ${mute.name} has no URL to be asked at`);
    return policy;
  } catch (error) {
    if (error instanceof LedgerError) throw new Error(`LEDGER_POLICY_FILE: ${error.message}`);
    throw error;
  }
}
