import type { Dice } from './dice';
import { wouldDo, type Schema, type Schemas } from './schema';
import { anyJson, anyText, damaged } from './values';

/** A request as it goes over the wire. Everything may be wrong with it. */
export interface Wild {
  readonly method: string;
  /** Path and query, encoded. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
  /** Who is said to ask; null for nobody, or for a token that is none. */
  readonly who: string | null;
}

/** One operation of the API, from its own description. */
export interface Operation {
  readonly method: string;
  /** `/api/referrals/{id}/ratings` */
  readonly path: string;
  readonly query: readonly string[];
  /** Bodies that it would understand, to be damaged. */
  readonly examples: readonly unknown[];
  /** What its description says of its body; null when it says nothing. */
  readonly schema: Schema | null;
}

export interface Pool {
  readonly operations: readonly Operation[];
  readonly schemas: Schemas;
  readonly tokens: ReadonlyMap<string, string>;
  /** Ids of records that exist, most of them hidden from most callers. */
  readonly ids: readonly string[];
}

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'] as const;
const ELSEWHERE = [
  ...[
    '/',
    '/sign-in',
    '/sign-in/callback',
    '/sign-out',
    '/health/ready',
    '/oidc/token',
    '/oidc/auth',
    '/oidc/sign-in/x',
  ],
  ...['/api', '/api/', '/api/nowhere', '/api/referrals/', '//api/referrals', '/api/audit/tile/0/000', '/favicon.ico'],
  ...[
    '/api/audit/tile/0/../../../../etc/passwd',
    '/assets/..%2f..%2fpackage.json',
    '/%',
    '/%E0%A4%A',
    '/api/records/%00',
  ],
] as const;
/** Beyond the limit of a megabyte. */
const HUGE = Buffer.from(JSON.stringify({ content: { pathway: 'x'.repeat(1_300_000) } }));
const DEEP = Buffer.from(`${'{"content":'.repeat(20_000)}1${'}'.repeat(20_000)}`);
const NOT_UTF8 = Buffer.concat([
  Buffer.from('{"text":"'),
  Buffer.from([0xff, 0xc0, 0x80, 0xed, 0xa0, 0x80]),
  Buffer.from('"}'),
]);

/** A random request to a random operation, as a random caller. */
export function wildRequest(dice: Dice, pool: Pool): Wild {
  const operation = dice.of(pool.operations);
  const method = dice.percent(92) ? operation.method.toUpperCase() : dice.of(METHODS);
  const who = dice.percent(85) ? dice.of([...pool.tokens.keys()]) : null;
  const path = dice.percent(95) ? filledIn(dice, pool, operation.path) : dice.of(ELSEWHERE);
  const body = ['POST', 'PUT', 'PATCH'].includes(method) ? wildBody(dice, pool, operation) : null;
  const target = `${path}${wildQuery(dice, pool, operation)}`.slice(0, 12_000);
  return { method, target, headers: wildHeaders(dice, pool, who, body), body, who };
}

function filledIn(dice: Dice, pool: Pool, path: string): string {
  return path.replace(/\{\w+\}/g, () => {
    if (dice.percent(75)) return dice.of(pool.ids);
    return dice.percent(50) ? dice.uuid() : encodeURIComponent(wellFormed(anyText(dice)));
  });
}

/** encodeURIComponent refuses half a surrogate pair. */
const wellFormed = (text: string): string => Buffer.from(text).toString('utf8');

function wildQuery(dice: Dice, pool: Pool, { query }: Operation): string {
  if (dice.percent(50)) return '';
  const names = [...query, 'limit', 'cursor', '__proto__', 'x'];
  const one = (): string => {
    const value = dice.percent(30) ? dice.of(pool.ids) : wellFormed(anyText(dice)).slice(0, 300);
    const name = dice.of(names);
    return `${encodeURIComponent(name)}${dice.percent(5) ? '[]' : ''}=${dice.percent(95) ? encodeURIComponent(value) : '%ff%zz'}`;
  };
  return `?${Array.from({ length: 1 + dice.int(3) }, one).join('&')}`;
}

function wildBody(dice: Dice, pool: Pool, { examples, schema }: Operation): Buffer | null {
  const kind = dice.int(100);
  if (kind < 1) return HUGE;
  if (kind < 2) return DEEP;
  if (kind < 4) return NOT_UTF8;
  if (kind < 6) return dice.bytes(1 + dice.int(200));
  if (kind < 9) return null;
  if (kind < 11) return Buffer.from('{"__proto__":{"admin":true},"constructor":{"prototype":{}}}');
  let value = dice.percent(15) ? anyJson(dice, pool.ids) : undefined;
  if (value === undefined && examples.length > 0 && (schema === null || dice.percent(50))) value = dice.of(examples);
  if (value === undefined) value = schema ? wouldDo(dice, schema, pool.schemas, pool.ids) : {};
  for (let times = dice.int(3); times > 0; times--) value = damaged(dice, value, pool.ids);
  const text = JSON.stringify(value) ?? '';
  return Buffer.from(dice.percent(3) ? text.slice(0, dice.int(text.length + 1)) : text);
}

const TYPES = [
  'text/plain',
  'application/xml',
  'multipart/form-data; boundary=x',
  'application/x-www-form-urlencoded',
] as const;
const KEYS = ['short', 'k'.repeat(129), 'with space inside', 'ünlawful-key'] as const;
const VERSIONS = ['"1"', '"2"', 'W/"3"', '4', '*', '"x"', '-1', '"99999999999"', '""', '"1", "2"'] as const;
const ODD: readonly (readonly [string, string])[] = [
  ['x-correlation-id', 'x'.repeat(500)],
  ['x-correlation-id', 'harmless-id-1'],
  ['concordat-purpose', 'Not A Code'],
  ['concordat-org', 'nobody'],
  ['x-forwarded-for', '1.2.3.4, evil'],
  ['x-forwarded-proto', 'https'],
  ['x-http-method-override', 'DELETE'],
  ['accept', 'application/xml'],
  ['accept-encoding', 'br, zip, *'],
  ['cookie', 'session=%00; session=x; __proto__=1'],
  ['range', 'bytes=0-1'],
  ['origin', 'https://evil.example'],
  ['traceparent', '00-zz-zz-zz'],
];

function wildHeaders(dice: Dice, pool: Pool, who: string | null, body: Buffer | null): Record<string, string> {
  const headers: Record<string, string> = {};
  if (who !== null) headers['authorization'] = `Bearer ${pool.tokens.get(who)}`;
  else if (dice.percent(60))
    headers['authorization'] = dice.of([
      'Bearer x.y.z',
      'Bearer',
      'Basic eDp5',
      'Bearer a b',
      `Bearer ${'e'.repeat(5_000)}`,
    ]);
  if (dice.percent(90)) headers['idempotency-key'] = dice.percent(95) ? dice.uuid() : dice.of(KEYS);
  if (dice.percent(70)) headers['if-match'] = dice.of(VERSIONS);
  if (body !== null && dice.percent(97))
    headers['content-type'] = dice.percent(93) ? 'application/json' : dice.of(TYPES);
  if (dice.percent(15)) {
    const [name, value] = dice.of(ODD);
    headers[name] = value;
  }
  return headers;
}
