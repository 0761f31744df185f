import type { History } from '../load/history';
import { STEM, type Canaries } from '../load/canaries';
import type { PersonaTokens } from '../load/tokens';
import type { Platform } from '../platform/platform';
import type { Evidence, LedgerEvidence, Outage, WebhookEvidence } from './evidence';
import { foldsOf } from './folds';
import { ledgerEvidence } from './ledger';
import { rowsOf } from './rows';
import { searchEverywhere } from './searching';

export interface Collecting {
  readonly platform: Platform;
  readonly history: History;
  readonly canaries: Canaries;
  readonly tokens: PersonaTokens;
  readonly outages: readonly Outage[];
  readonly webhooks: WebhookEvidence;
  readonly faults: Evidence['faults'];
  readonly restless: string | null;
  /** The pinned policy, and the verifier's built main file. */
  readonly policy: string;
  readonly verifier: string;
  readonly dir: string;
  readonly say: (line: string) => void;
}

/** Takes everything that the checker looks at: the ledger first, as an auditor would; then all rows, of one moment. */
export async function collect(from: Collecting): Promise<Evidence> {
  const { platform, history, canaries, restless, outages, faults, webhooks } = from;
  const database = await platform.database();
  try {
    const ledger = await theLedger(from, database);
    await database.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const rows = await rowsOf(database, platform.contexts, STEM);
    const folds = await foldsOf(database, platform.contexts);
    const searched = await searchEverywhere(canaries, platform.files(), database);
    await database.query('COMMIT');
    const topics = await platform.topics();
    return { ...rows, folds, searched, topics, ledger, history: history.lines, outages, faults, restless, webhooks };
  } finally {
    await database.end().catch(() => undefined);
  }
}

async function theLedger(from: Collecting, database: Parameters<typeof rowsOf>[0]): Promise<LedgerEvidence | null> {
  try {
    return await ledgerEvidence({
      auditUrl: from.platform.directUrlOf('audit'),
      tokens: from.tokens,
      database,
      history: from.history.lines,
      policy: from.policy,
      dir: from.dir,
      verifier: from.verifier,
    });
  } catch (error) {
    from.say(`the ledger could not be had: ${(error as Error).message}`);
    return null;
  }
}
