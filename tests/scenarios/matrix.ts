import { Visitors } from '@concordat-app/all-in-one';
import { newId, roles } from '@concordat/contracts';
import type { Platform } from '../../tools/services/platform';
import { settled } from './curtain';
import type { Heard } from './fuzz/wire';
import { Wire } from './fuzz/wire';
import { everyRole, type RoleHolder } from './matrix/callers';
import { wrongWith, type About, type Told } from './matrix/expectation';
import { declaredBy, type Declared } from './matrix/operations';
import { kindOf, mayKnow, mayKnowRestricted, recordsOf, type Kind } from './matrix/records';
import { sharedDemonstration } from './platform';

const AT_ONCE = 24;

/** Declared without an action: shows nobody's data, to whoever has signed in. */
const SHOWS_NOBODY = [
  '/api/notifications/messages/unread', // a number of one's own
  ...['/api/audit/status', '/api/records/access-requests/practice', '/api/records/break-glass/practice'],
  ...['/api/records/restrictions/kinds', '/api/records/retention/practice', '/api/referrals/pathways'],
  ...['/api/referrals/pathways/{code}', '/api/referrals/reasons', '/api/risk/instruments'],
  ...['/api/sharing/agreements/law', '/api/sharing/agreements/templates', '/api/sharing/drops/sets'],
];

/** The authorisation matrix: every role at every operation, about its own, another agency's, a restricted and no record. */
describe('every role at every operation', () => {
  let platform: Platform;
  let wire: Wire;
  let visitors: Visitors;
  let operations: Declared[];
  let kinds: Kind[];
  let holders: RoleHolder[];
  const tokens = new Map<string, string>();

  beforeAll(async () => {
    platform = await sharedDemonstration();
    visitors = new Visitors(platform);
    wire = new Wire(platform.urlOf(''));
    operations = await declaredBy(platform);
    holders = await everyRole(platform, visitors);
    kinds = await recordsOf(platform, visitors, holders.find((h) => h.agency === 'own')!.orgId);
    await settled(platform);
    for (const { username } of holders) tokens.set(username, await visitors.tokenFor(username));
  }, 240_000);
  afterAll(() => wire?.close());

  it('is declared with the action that it performs, or shows nobody’s data', () => {
    expect(operations.length).toBeGreaterThan(300);
    const without = operations.filter(({ action, open }) => action === null && !open);
    expect(without.map(({ path }) => path).sort()).toEqual([...SHOWS_NOBODY].sort());
    expect(without.every(({ method }) => method === 'get')).toBe(true);
  });

  it('is refused without a token, and with one that is none', async () => {
    const answered = await all(
      operations.filter((o) => !o.open).flatMap((o) => [null, 'e30.e30.e30'].map((t) => [o, t] as const)),
      async ([operation, token]) => {
        const { status } = await ask(operation, newId(), token);
        return status === 401 ? null : `${operation.method} ${operation.path}: ${status}`;
      },
    );
    expect(answered).toEqual([]);
  });

  it('is answered as the permissions say, and what may not be known of like what is not there', async () => {
    const counts: Record<string, number> = { nothing: 0, known: 0, hidden: 0, absent: 0, restricted: 0 };
    const wrong = await all(
      operations.flatMap((operation) => roles.map((role) => ({ operation, role }))),
      async ({ operation, role }) => {
        const found: string[] = [];
        const one = async (who: RoleHolder, about: About, id: string, absent: Told | null): Promise<Told> => {
          const told = await ask(operation, id, tokens.get(who.username)!);
          const problem = wrongWith(operation, role, about, told, absent);
          counts[about]!++;
          if (problem)
            found.push(
              `${who.username} ${operation.method} ${operation.path} (${about}): ${problem}: ${told.whole} / ${absent?.whole ?? ''}`,
            );
          return told;
        };
        const [own, other] = (['own', 'other'] as const).map((a) =>
          holders.find((h) => h.agency === a && h.role === role)!,
        );
        if (!operation.path.includes('{')) {
          await one(own!, 'nothing', '', null);
          return found.join('\n') || null;
        }
        const absent = await one(own!, 'absent', newId(), null);
        const kind = kindOf(kinds, operation.path);
        if (!kind) return found.join('\n') || null;
        for (const who of [own!, other!]) await one(who, mayKnow(kind, who) ? 'known' : 'hidden', kind.id, absent);
        if (kind.restrictedId !== null) {
          counts['restricted']!++;
          await one(own!, mayKnowRestricted(own!) ? 'known' : 'hidden', kind.restrictedId, absent);
        }
        return found.join('\n') || null;
      },
    );
    expect(wrong).toEqual([]);
    // Every operation by every role, and every one about a record that there is in each of its standings.
    const bare = operations.filter((o) => !o.path.includes('{')).length;
    const about = operations.filter((o) => kindOf(kinds, o.path)).length;
    expect(counts['nothing']).toBe(bare * roles.length);
    expect(counts['absent']).toBe((operations.length - bare) * roles.length);
    expect(counts['known']! + counts['hidden']! - counts['restricted']!).toBe(2 * about * roles.length);
    expect([about > 150, counts['restricted']! > 500]).toEqual([true, true]);
  }, 300_000);

  it('shows each kind of record to somebody who may see it: nothing above was refused for want of a record', async () => {
    const shown = await Promise.all(
      kinds.map(async (kind) => {
        const view = operations.find((o) => o.method === 'get' && kindOf(kinds, o.path) === kind)!;
        return [kind.name, (await ask(view, kind.id, await visitors.tokenFor(kind.shownTo))).status === 200];
      }),
    );
    expect(shown).toEqual(kinds.map((kind) => [kind.name, true]));
  });

  /** Asks with `id` in the place of the record's and others that nothing has in the places behind it. */
  async function ask({ method, path }: Declared, id: string, token: string | null): Promise<Told> {
    const target = path.replace(/\{\w+\}/, () => id).replace(/\{\w+\}/g, () => newId());
    const writes = method === 'post' || method === 'put';
    const headers = {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(method === 'post' ? { 'idempotency-key': newId() } : {}),
      ...(method === 'get' ? {} : { 'if-match': '"1"' }),
      ...(writes ? { 'content-type': 'application/json' } : {}),
    };
    const heard = await wire.send({
      method: method.toUpperCase(),
      target,
      headers,
      body: writes ? Buffer.from('{}') : null,
      who: null,
    });
    return toldBy(heard);
  }
});

function toldBy(heard: Heard | null): Told {
  if (!heard) throw new Error('no answer');
  const json = heard.type.includes('problem+json') ? (JSON.parse(heard.text) as Record<string, unknown>) : null;
  const { instance: _, correlationId: __, ...rest } = json ?? {};
  return {
    status: heard.status,
    code: (rest['code'] as string | undefined) ?? null,
    reasons: (rest['reasons'] as string[] | undefined) ?? [],
    whole: json ? `${heard.status} ${JSON.stringify(rest)}` : `${heard.status}`,
  };
}

/** Does `work` for each, some at a time, and gathers what it found. */
async function all<T>(items: readonly T[], work: (item: T) => Promise<string | null>): Promise<string[]> {
  const [queue, found]: [T[], string[]] = [[...items], []];
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let item = queue.shift(); item !== undefined && found.length < 30; item = queue.shift()) {
        const problem = await work(item);
        if (problem) found.push(problem);
      }
    }),
  );
  return found;
}
