import type { Tx } from '@concordat/messaging';
import { Register } from '@concordat/sharing';
import { Injectable } from '@nestjs/common';
import { Law } from '../law';

/**
 * The agreements ready to be decided by, kept in memory. Each decision asks, in its own transaction, whether they are still
 * those that the database holds: what was suspended a moment ago permits nothing, in whichever process it was suspended.
 */
@Injectable()
export class RegisterKeeper {
  private kept: { readonly revision: string; readonly register: Register } | null = null;

  constructor(private readonly law: Law) {}

  /** The register as this transaction sees it. */
  async now(tx: Tx): Promise<Register> {
    const revision = await revisionOf(tx);
    if (this.kept?.revision === revision) return this.kept.register;
    const documents = await documentsAt(tx);
    const register = Register.of(documents.all, this.law.table);
    this.kept = { revision: documents.revision, register };
    return register;
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
  const rows = await tx.query<{ revision: string; all: never[] }>(
    `SELECT (SELECT revision::text FROM register_revision) AS revision,
            coalesce((SELECT jsonb_agg(d) FROM register_documents() d), '[]') AS all`,
    [],
    'register-documents',
  );
  return rows[0]!;
}
