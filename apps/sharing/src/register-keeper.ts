import type { Tx } from '@concordat/messaging';
import { Register, type Agreement } from '@concordat/sharing';
import { Injectable } from '@nestjs/common';
import { Law } from './law';

interface Kept {
  readonly revision: string;
  readonly all: readonly Agreement[];
  readonly register: Register;
}

/**
 * The agreements ready to be decided by, kept in memory. Each decision asks, in its own transaction, whether they are still
 * those that the database holds: what was suspended a moment ago permits nothing, in whichever process it was suspended.
 */
@Injectable()
export class RegisterKeeper {
  private kept: Kept | null = null;

  constructor(private readonly law: Law) {}

  /** The register as this transaction sees it. */
  async now(tx: Tx): Promise<Register> {
    return (await this.current(tx)).register;
  }

  /** Every agreement in it, all versions. */
  async agreements(tx: Tx): Promise<readonly Agreement[]> {
    return (await this.current(tx)).all;
  }

  private async current(tx: Tx): Promise<Kept> {
    if (this.kept?.revision === (await revisionOf(tx))) return this.kept;
    const documents = await documentsAt(tx);
    return (this.kept = { ...documents, register: Register.of(documents.all, this.law.table) });
  }
}

async function revisionOf(tx: Tx): Promise<string> {
  const rows = await tx.query<{ revision: string }>(
    'SELECT revision::text FROM register_revision',
    [],
    'register-revision',
  );
  return rows[0]!.revision;
}

/** Documents and revision in one statement, so that they are of one snapshot. */
async function documentsAt(tx: Tx) {
  const rows = await tx.query<{ revision: string; all: Agreement[] }>(
    `SELECT (SELECT revision::text FROM register_revision) AS revision,
            coalesce((SELECT jsonb_agg(d) FROM register_documents() d), '[]') AS all`,
    [],
    'register-documents',
  );
  return rows[0]!;
}
