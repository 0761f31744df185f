import { canonicalJson } from '@concordat/ledger';
import { createHmac } from 'node:crypto';
import { instantOf } from './reading';

/**
 * commitPayload commits to what goes from one end of a disclosure to the other: HMAC-SHA256 over its RFC 8785 form, hex. The key
 * is 32 random bytes of this disclosure alone, or whoever can guess what went could try it out (design/ledger.md §3, §5).
 * @throws RangeError for a key of another length.
 */
export function commitPayload(key: Uint8Array, payload: object): string {
  if (key.length !== 32) throw new RangeError('a payload is committed to under a key of 32 bytes');
  return createHmac('sha256', key).update('concordat/payload/v1\n').update(canonicalJson(payload)).digest('hex');
}

/** What either end of a disclosure has on record: its sender a DISCLOSURE, its recipient a COLLECTION of the same id. */
export interface Receipt {
  readonly disclosureId: string;
  readonly at: string;
  readonly recipient: string;
  /** `id@version` and flow under which it went. */
  readonly isa: string;
  readonly flowId: string;
  /** Commitment to what was sent, so that both ends can show that it was the same without showing it. */
  readonly payload: string;
}

export type ReceiptState = 'MATCHED' | 'AWAITED' | 'UNACKNOWLEDGED' | 'UNSOLICITED' | 'MISMATCHED';

export interface Reconciled {
  readonly disclosureId: string;
  readonly recipient: string;
  readonly state: ReceiptState;
  /** What the two ends say differently. */
  readonly differs: readonly ('isa' | 'flowId' | 'payload')[];
}

/**
 * reconcile lays what senders have disclosed beside what recipients have collected. A disclosure without its collection is
 * AWAITED until `withinHours` have passed since it, and UNACKNOWLEDGED then; a collection that nobody disclosed is UNSOLICITED.
 */
export function reconcile(
  disclosures: readonly Receipt[],
  collections: readonly Receipt[],
  now: string,
  withinHours: number,
): Reconciled[] {
  const keyOf = ({ disclosureId, recipient }: Receipt): string => `${disclosureId}\n${recipient}`;
  const collected = new Map(collections.map((one) => [keyOf(one), one]));
  const disclosed = new Set(disclosures.map(keyOf));
  const sent = disclosures.map((one): Reconciled => {
    const { disclosureId, recipient } = one;
    const other = collected.get(keyOf(one));
    if (!other) {
      const late = instantOf(now) - instantOf(one.at) > withinHours * 3_600_000;
      return { disclosureId, recipient, state: late ? 'UNACKNOWLEDGED' : 'AWAITED', differs: [] };
    }
    const differs = (['isa', 'flowId', 'payload'] as const).filter((member) => one[member] !== other[member]);
    return { disclosureId, recipient, state: differs.length > 0 ? 'MISMATCHED' : 'MATCHED', differs };
  });
  const unsolicited = collections
    .filter((one) => !disclosed.has(keyOf(one)))
    .map(({ disclosureId, recipient }): Reconciled => ({ disclosureId, recipient, state: 'UNSOLICITED', differs: [] }));
  return [...sent, ...unsolicited];
}
