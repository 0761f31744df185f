import { LedgerError } from './errors';
import { LEAF_OPS } from './leaf';
import type { Leaf } from './leaf';

type Check = (value: unknown) => boolean;

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

function matches(pattern: RegExp): Check {
  return (value) => typeof value === 'string' && pattern.test(value);
}

const uuidV7 = matches(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
const pseudonym = matches(new RegExp(`^(${UUID}|[0-9a-f]{32})$`));
const hash = matches(/^[0-9a-f]{64}$/);
const act = matches(/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/);
const decimal: Check = (v) => typeof v === 'string' && /^(0|[1-9][0-9]{0,19})$/.test(v) && BigInt(v) < 1n << 64n;
const time: Check = (v) =>
  typeof v === 'string' && !Number.isNaN(Date.parse(v)) && new Date(v).toISOString() === v && v.length === 24;

/**
 * No spaces and no accents, so prose and most names cannot be sealed by mistake; and no address of a machine, no ten-digit
 * number (NHS), no e-mail address. A trip-wire against slips, not a proof that nothing identifies.
 */
export const isCode: Check = (v) =>
  typeof v === 'string' &&
  /^[A-Za-z0-9._:@/+#=~-]{1,200}$/.test(v) &&
  !/^\d{1,3}(\.\d{1,3}){3}(:\d+)?$/.test(v) &&
  !/^\d{10}$/.test(v) &&
  !/^[^@/]+@[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}$/i.test(v);
const code = isCode;

function listOf(check: Check): Check {
  return (value) => Array.isArray(value) && value.every(check);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A record with exactly the required members and any of the optional ones. */
function record(required: Record<string, Check>, optional: Record<string, Check> = {}): Check {
  return (value) =>
    isObject(value) &&
    Object.keys(required).every((name) => Object.hasOwn(value, name)) &&
    Object.entries(value).every(([name, member]) => {
      const check = Object.hasOwn(required, name)
        ? required[name]
        : Object.hasOwn(optional, name)
          ? optional[name]
          : undefined;
      return check !== undefined && check(member);
    });
}

const basis: Check = (value) =>
  isObject(value) &&
  Object.entries(value).every(([k, v]) => code(k) && (typeof v === 'boolean' || code(v) || listOf(code)(v)));

const required: Record<string, Check> = {
  v: (value) => value === 1,
  eventId: uuidV7,
  origin: code,
  src: record({ id: code, seq: decimal }),
  op: (value) => LEAF_OPS.some((op) => op === value),
  act,
  occurredAt: time,
  recordedAt: time,
  outcome: code,
  commit: hash,
};

const optional: Record<string, Check> = {
  actor: pseudonym,
  actorRole: code,
  actorOrg: code,
  onBehalfOf: code,
  subjects: listOf(pseudonym),
  objects: listOf(record({ t: code, id: pseudonym }, { ver: decimal })),
  recipients: listOf(record({ org: code }, { role: code, channel: code })),
  items: listOf(code),
  purpose: code,
  basis,
  isa: matches(/^[A-Za-z0-9._:/-]{1,100}@[A-Za-z0-9._-]{1,50}$/),
  isaHash: hash,
  rule: code,
  decision: code,
  reasons: listOf(code),
  justification: code,
  retentionRule: code,
  regime: code,
  classification: code,
  // A caller may choose its correlation id, so anything but a random value is refused.
  corr: pseudonym,
  cause: pseudonym,
  peer: record({ origin: code, index: decimal, eventId: uuidV7, leafHash: hash }),
  payloadCommit: hash,
  target: listOf(record({ eventId: uuidV7, index: decimal })),
  request: code,
};

/**
 * checkLeaf refuses anything that is not a leaf of design/ledger.md §3: a missing or unknown field, a value of the wrong
 * kind, a field that is present but undefined, erasure fields on another act.
 * @throws LedgerError MALFORMED naming the field, never its value.
 */
export function checkLeaf(value: unknown): asserts value is Leaf {
  if (!isObject(value)) throw new LedgerError('MALFORMED', 'a leaf is an object');
  for (const name of Object.keys(required)) {
    if (!Object.hasOwn(value, name)) throw new LedgerError('MALFORMED', `leaf has no ${name}`);
  }
  for (const [name, member] of Object.entries(value)) {
    const check = Object.hasOwn(required, name)
      ? required[name]
      : Object.hasOwn(optional, name)
        ? optional[name]
        : undefined;
    if (check === undefined) throw new LedgerError('MALFORMED', 'leaf has a field that leaves do not have');
    if (!check(member)) throw new LedgerError('MALFORMED', `leaf field ${name} is not of its kind`);
  }
  const erasure = value.op === 'ERASURE';
  const target = value.target;
  if (!erasure && (target !== undefined || value.request !== undefined)) {
    throw new LedgerError('MALFORMED', 'only an ERASURE leaf has target and request');
  }
  // Without targets it records that a producer erased something of its own, and excuses nothing that is missing here.
  if (target === undefined) return;
  if (!Array.isArray(target) || target.length === 0 || (value.rule ?? value.request) === undefined) {
    throw new LedgerError('MALFORMED', 'an ERASURE leaf with targets names at least one, and a rule or request');
  }
}
