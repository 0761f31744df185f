import { problemCodes } from '@concordat/contracts';
import type { Platform } from '../../tools/services/platform';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Dice } from './fuzz/dice';
import { wildRequest, type Pool, type Wild } from './fuzz/requests';
import { Wire, type Heard } from './fuzz/wire';
import { orgsOf, overseersOf, partsOf, poolOf, UUID } from './fuzz/world';
import { settled } from './curtain';
import { sharedDemonstration } from './platform';

/** `npm run fuzz` asks for more. */
const COUNT = Number(process.env['CONCORDAT_FUZZ_REQUESTS'] ?? 10_000);
const AT_ONCE = 24;
const SEED = process.env['CONCORDAT_FUZZ_SEED'] ?? '1';

/** What a stack trace, a driver's message or a query looks like, whether in JSON or not. */
const INSIDES =
  /(\\n|\n)\s+at \S|node_modules\/|\b(Type|Reference|Range|Syntax)Error\b|\bviolates\b|duplicate key|syntax error at/;

describe(`${COUNT} random requests (seed ${SEED})`, () => {
  let platform: Platform;
  let pool: Pool;
  let wire: Wire;

  beforeAll(async () => {
    platform = await sharedDemonstration();
    pool = await poolOf(platform);
    wire = new Wire(platform.urlOf(''));
  }, 180_000);
  afterAll(() => wire?.close());

  it(
    'are answered without a fault, without a word about the insides, and without the id of a case that is not theirs',
    async () => {
      const dice = new Dice(SEED);
      const wrong: object[] = [];
      const statuses = new Map<number, number>();
      const seen: Seen = new Map();
      const tried = async (wild: Wild) => {
        const heard = await wire.send(wild);
        if (heard) statuses.set(heard.status, (statuses.get(heard.status) ?? 0) + 1);
        const problem = wrongWith(wild, heard);
        if (problem) wrong.push({ problem, ...summary(wild, heard) });
        if (heard && wild.who) remember(seen, wild, heard);
        return heard;
      };
      let left = COUNT;
      await Promise.all(
        Array.from({ length: AT_ONCE }, async () => {
          while (left-- > 0 && wrong.length < 10) {
            const wild = wildRequest(dice, pool);
            const heard = await tried(wild);
            // What was done is asked for again under its key, as something else.
            if (heard?.status === 201 && wild.body) await tried({ ...wild, body: Buffer.from('{"other":true}') });
          }
        }),
      );
      expect(wrong).toEqual([]);
      // A run that only ever meets refusals at the door would prove nothing.
      const wanted = [200, 201, 400, 401, 403, 404, 409, 413, 422];
      expect(wanted.filter((status) => !statuses.has(status))).toEqual([]);
      const [parts, orgs, overseers] = [await partsOf(platform), await orgsOf(platform), await overseersOf(platform)];
      const leaked = [...seen].flatMap(([who, ids]) =>
        [...ids].filter(
          ([id, asked]) =>
            parts.has(id) &&
            ![...orgs.get(who)!].some((org) => parts.get(id)!.has(org)) &&
            !(overseers.has(who) && asked.includes(REGISTER)), // whose it is
        ),
      );
      expect(leaked).toEqual([]);
    },
    300_000 + 60 * COUNT,
  );

  it('leave the platform well: ready, and nothing on its way or stuck', async () => {
    const ready = await fetch(platform.urlOf('/health/ready'));
    expect(await ready.json()).toEqual({ status: 'ready' });
    await settled(platform);
  }, 120_000);

  it('leave none of what they brought in the log', () => {
    const log = readFileSync(join(platform.dataDir, 'log', 'all-in-one.log'), 'utf8');
    const brought = /DROP TABLE|alert\(1\)|Rang back|sister’s|etc\/passwd|xxxxxxxxxx|1-1-1-1-1|aaaaaaaaaa/;
    expect(log.split('\n').filter((line) => brought.test(line))).toEqual([]);
  });
});

function wrongWith({ target, body }: Wild, heard: Heard | null): string | null {
  // Closing the connection is how a server may end a body that is beyond its limit.
  if (heard === null) return (body?.length ?? 0) > 1_048_576 ? null : 'no answer';
  const { status, type, text } = heard;
  if (status >= 500) return 'a fault';
  if (INSIDES.test(text) && !text.startsWith('{"items"')) return 'the insides show';
  if (status < 400 || !/^\/api\//.test(target) || text === '') return null;
  if (!type.startsWith('application/problem+json')) return 'a refusal that is no problem document';
  const { code, correlationId } = JSON.parse(text) as { code?: string; correlationId?: string };
  if (!code || !correlationId) return 'a problem without code or correlation id';
  return code in problemCodes ? null : 'a code that the catalogue of problems does not have';
}

/** Ids in an answer that were not in the question: of a trail, every id is an auditor's business. */
function remember(seen: Seen, { who, method, target, body }: Wild, { text }: Heard): void {
  if (target.startsWith('/api/audit/')) return;
  const asked = `${target} ${body?.toString('utf8') ?? ''}`;
  const ids = seen.get(who!) ?? new Map<string, string>();
  for (const [id] of text.matchAll(UUID))
    if (!asked.includes(id) && (ids.get(id)?.includes(REGISTER) ?? true)) ids.set(id, `${who} by ${method} ${target}`);
  seen.set(who!, ids);
}

/** Of what was opened in an emergency, for those who review it. */
const REGISTER = ' GET /api/records/break-glass';

/** What each was shown: ids, and by which request, one that is not the register's where there was one. */
type Seen = Map<string, Map<string, string>>;

const summary = ({ method, target, headers, body, who }: Wild, heard: Heard | null): object => ({
  who,
  asked: `${method} ${target.slice(0, 200)}`,
  headers: { ...headers, authorization: undefined },
  body: body?.toString('utf8').slice(0, 200),
  answer: heard && { status: heard.status, type: heard.type, text: heard.text.slice(0, 300) },
});
