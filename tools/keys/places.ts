import type { SealedPlace } from '@concordat/messaging';
import { keysIn, type Settings } from '@concordat/platform';

export type KeyName = 'LEDGER_WRAP_KEY' | 'AUDIT_DETAIL_KEY';

export interface KeyedPlace extends SealedPlace {
  readonly key: KeyName;
  /** What the key of the rows is derived for; null where it is the key itself. */
  readonly purpose: string | null;
}

const detail = { key: 'AUDIT_DETAIL_KEY', id: 'id', sealed: 'sealed' } as const;
const contact = { ...detail, type: 'uuid', purpose: 'contact-details', context: 'notifications' } as const;

/** Everything that is kept under a key which can be changed by sealing anew. */
export const PLACES: readonly KeyedPlace[] = [
  {
    ...{ key: 'LEDGER_WRAP_KEY', purpose: null, context: 'audit' },
    ...{ table: 'data_key', id: 'owner', type: 'uuid', sealed: 'wrapped' },
  },
  { ...detail, purpose: 'client-tokens', context: 'identity', table: 'token_key', type: 'text' },
  { ...detail, purpose: 'webhooks', context: 'notifications', table: 'webhook_key', type: 'uuid' },
  { ...contact, table: 'contact_detail' },
  { ...contact, table: 'contact_detail', sealed: 'code_sealed', suffix: '/code' },
];

/** The key of today and, after it, those that are being left; null where none was given. */
export function rootsOf(
  settings: Pick<Settings, KeyName | `${KeyName}_ALSO`>,
  name: KeyName,
): readonly [Buffer, ...Buffer[]] | null {
  const today = settings[name];
  return today ? [Buffer.from(today, 'base64'), ...keysIn(settings[`${name}_ALSO`])] : null;
}

/**
 * What is sealed under AUDIT_DETAIL_KEY for a while only, `%s` a context: acts that the ledger has not taken in yet, and the
 * passwords of exports that are being made. Nobody seals them anew; they are waited for.
 */
export const PASSING = {
  acts: 'SELECT count(*)::int AS n FROM %s.act a WHERE NOT EXISTS (SELECT 1 FROM audit.entry e WHERE e.event_id = a.event_id)',
  exports: 'SELECT count(*)::int AS n FROM records.record_export WHERE lock IS NOT NULL',
} as const;
