import { Visitors } from '@concordat-app/all-in-one';
import { contexts, newId } from '@concordat/contracts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Platform } from '../../tools/services/platform';
import { query, settled } from './curtain';
import { Dice } from './fuzz/dice';
import { wouldDo } from './fuzz/schema';
import { poolOf } from './fuzz/world';
import { sharedDemonstration } from './platform';

/** What nobody would write by chance: a name, a sentence, a telephone number and an NHS number (of those never issued). */
const CANARIES = ['Zqxcanarina', 'Zqxcanarina hid at the mill', '07700 900417', '9990417000'] as const;
/** How any of them looks, however it is cut or grouped. */
const LOOKS = ['zqxcanar', '07700 900417', '07700900417', '9990417000', '999 041 7000'] as const;

/** Who asks: between them, every kind of role and the leads of both hubs. */
const WHO = ['amina', 'hana', 'jo', 'kit', 'idris', 'farid', 'lena', 'moss'] as const;

/** Tables of the machinery in each context, which hold ids and codes: of nobody's words. */
const MACHINERY = [
  'act',
  'outbox',
  'inbox',
  'malformed',
  'stream',
  'stream_cursor',
  'idempotency',
  'job_outbox',
] as const;

/** Names, numbers and words go in through every field of every operation, and are looked for where none may be. */
describe('what somebody writes', () => {
  let platform: Platform;
  let taken = 0;
  const refused = new Set<string>();
  const shown: string[] = [];

  beforeAll(async () => {
    platform = await sharedDemonstration();
    const visitors = new Visitors(platform);
    const pool = await poolOf(platform);
    const dice = new Dice('canary');
    const words = { words: CANARIES };
    const example = readFileSync('packs/demo/referral.example.json', 'utf8');
    const person = (JSON.parse(example) as { people: { name: object }[] }).people;
    const content = {
      ...(JSON.parse(example) as object),
      people: person.map((p) => ({ ...p, name: { given: CANARIES[0], family: CANARIES[0] } })),
    };
    const bodies: (readonly [who: string, method: 'POST' | 'PUT', path: string, body: unknown])[] = [
      ['hana', 'POST', '/api/referrals', { content }],
      ['amina', 'POST', '/api/referrals/searches', { q: CANARIES[0] }],
      ['amina', 'POST', '/api/records/searches', { q: CANARIES[2] }],
      [
        'amina',
        'POST',
        '/api/records/people/candidates',
        { person: { name: { given: CANARIES[0], family: CANARIES[0] } } },
      ],
    ];
    const ids = pool.ids;
    for (const { method, path, schema } of pool.operations) {
      if (!schema || (method !== 'post' && method !== 'put')) continue;
      for (let n = 0; n < 3; n++) {
        const target = path.replace(/\{\w+\}/g, () => dice.of(ids));
        bodies.push([
          dice.of(WHO),
          method.toUpperCase() as 'POST',
          target,
          wouldDo(dice, schema, pool.schemas, ids, words),
        ]);
      }
    }
    for (const [who, method, path, body] of bodies) {
      const answer = await visitors
        .as(who)
        .send(method, path, { body, version: 1, ...(method === 'POST' ? { key: newId() } : {}) });
      if (answer.status < 300 && hasCanary(JSON.stringify(body))) taken++;
      if (answer.status < 400) continue;
      refused.add(path);
      if (hasCanary(answer.text)) shown.push(`${method} ${path}: ${answer.text.slice(0, 200)}`);
      for (const [name, value] of answer.headers) if (hasCanary(value)) shown.push(`${method} ${path}: ${name}`);
    }
    await settled(platform);
  }, 300_000);

  it('was taken by some operations and refused by others, so that both ways were tried', () => {
    expect([taken > 3, refused.size > 100]).toEqual([true, true]);
  });

  it('is repeated in no refusal and in no header', () => expect(shown).toEqual([]));

  it('is in no line of the log, which was written in full', () => {
    const log = readFileSync(join(platform.dataDir, 'log', 'all-in-one.log'), 'utf8');
    expect(log.split('\n').length).toBeGreaterThan(20);
    expect(log.split('\n').filter(hasCanary)).toEqual([]);
  });

  it('is in no event, act, inbox, reply, job, session, ledger entry or metric', async () => {
    const tables = await query<{ name: string }>(
      platform,
      `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
        WHERE table_type = 'BASE TABLE' AND (table_schema IN ('ephemeral', 'jobs', 'identity', 'audit')
           OR table_schema = ANY($1) AND table_name = ANY($2)) ORDER BY 1`,
      [contexts, MACHINERY],
    );
    // Administrators write names into identity: there, only its machinery is looked through.
    const looked = tables
      .map((t) => t.name)
      .filter((n) => !n.startsWith('identity.') || MACHINERY.some((m) => n === `identity.${m}`));
    expect(looked.length).toBeGreaterThan(50);
    const hex = LOOKS.map((look) => Buffer.from(look).toString('hex'));
    const patterns = [...LOOKS, ...hex, ...CANARIES.map((c) => Buffer.from(c).toString('hex'))].map(
      (look) => `%${look}%`,
    );
    const counts = await query<{ name: string; n: number }>(
      platform,
      looked
        .map((name) => `SELECT '${name}' AS name, count(*)::int AS n FROM ${name} t WHERE t::text ILIKE ANY($1)`)
        .join(' UNION ALL '),
      [patterns],
    );
    expect(counts.filter(({ n }) => n > 0)).toEqual([]);
    const metrics = await fetch(platform.urlOf('/metrics'));
    expect(hasCanary(await metrics.text())).toBe(false);
  });

  it('is where it belongs, so that it would have been found', async () => {
    const [row] = await query<{ n: number }>(
      platform,
      `SELECT count(*)::int AS n FROM referrals.referral r WHERE r::text ILIKE '%zqxcanar%'`,
    );
    expect(row!.n).toBeGreaterThan(0);
  });
});

const hasCanary = (text: string): boolean => LOOKS.some((look) => text.toLowerCase().includes(look));
