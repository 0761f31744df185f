import { Visitors } from '@concordat-app/all-in-one';
import { mayDo, newId, roles } from '@concordat/contracts';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Platform } from '../../tools/services/platform';
import { settled } from './curtain';
import { Wire } from './fuzz/wire';
import { ask, type Asked } from './matrix/asking';
import { everyRole, type RoleHolder } from './matrix/callers';
import { letIn, wrongWith, type About, type Told } from './matrix/expectation';
import { kindOf, mayKnow, mayKnowRestricted, type Kind } from './matrix/kinds';
import { recordsOf } from './matrix/made';
import { declaredBy, type Declared } from './matrix/operations';
import { partnershipOf } from './matrix/partnership';
import { UNMADE } from './matrix/unmade';
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
  /** Operations to which somebody was let in about a record. */
  const open = new Set<Declared>();
  const counts = { nothing: 0, known: 0, hidden: 0, absent: 0, restricted: 0, later: 0 };

  beforeAll(async () => {
    platform = await sharedDemonstration();
    visitors = new Visitors(platform);
    wire = new Wire(platform.urlOf(''));
    operations = await declaredBy(platform);
    holders = await everyRole(platform, visitors);
    kinds = await recordsOf(partnershipOf(platform), holders.find((h) => h.agency === 'own')!.orgId);
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
        const { status } = await ask(wire, operation, { id: newId(), parts: {} }, token);
        return status === 401 ? null : `${operation.method} ${operation.path}: ${status}`;
      },
    );
    expect(answered).toEqual([]);
  });

  it('is answered as the permissions say, and what may not be known of like what is not there', async () => {
    const wrong = await all(
      operations.flatMap((operation) => roles.map((role) => ({ operation, role }))),
      async ({ operation, role }) => {
        const found: string[] = [];
        const one = async (who: RoleHolder, about: About, asked: Asked, absent: Told | null): Promise<Told> => {
          const told = await ask(wire, operation, asked, tokens.get(who.username)!);
          const problem = wrongWith(operation, role, about, told, absent);
          counts[about]++;
          if (about === 'known' && letIn(told)) open.add(operation);
          const at = `${who.username} ${operation.method} ${operation.path} (${about})`;
          if (problem) found.push(`${at}: ${problem}: ${told.whole} / ${absent?.whole ?? ''}`);
          return told;
        };
        const [own, other] = (['own', 'other'] as const).map((a) =>
          holders.find((h) => h.agency === a && h.role === role)!,
        );
        const kind = kindOf(kinds, operation);
        const parts = kind?.parts ?? {};
        if (!operation.path.includes('{')) {
          await one(own!, 'nothing', { id: '', parts }, null);
          return found.join('\n') || null;
        }
        const absent = await one(own!, 'absent', { id: kind?.absentId ?? newId(), parts }, null);
        if (!kind) return `no record is made for ${operation.method} ${operation.path}`;
        for (const who of [own!, other!]) {
          if (!mayKnow(kind, who)) await one(who, 'hidden', kind, absent);
          else if (changes(operation) && entitled(operation, [role])) counts.later++;
          else await one(who, 'known', kind, absent);
        }
        if (kind.restrictedId) {
          counts.restricted++;
          const asked = { id: kind.restrictedId, parts };
          await one(own!, mayKnowRestricted(own!) ? 'known' : 'hidden', asked, absent);
        }
        return found.join('\n') || null;
      },
    );
    if (wrong.some((each) => each.includes('a fault'))) process.stdout.write(faultsOf(platform));
    expect(wrong).toEqual([]);
    // Every operation by every role, and every one about a record in each of its standings.
    const bare = operations.filter((o) => !o.path.includes('{')).length;
    const about = operations.length - bare;
    expect(counts.nothing).toBe(bare * roles.length);
    expect(counts.absent).toBe(about * roles.length);
    expect(counts.known + counts.hidden + counts.later - counts.restricted).toBe(2 * about * roles.length);
    expect([about > 300, counts.hidden > 2_000, counts.restricted > 500]).toEqual([true, true, true]);
  }, 400_000);

  it('lets somebody in to each record who may do what is asked, or says why that is not shown here', async () => {
    // Whoever works with a record comes before those who have one role of its agency; what ends it comes last.
    const last = (o: Declared): number => (o.method === 'delete' ? 2 : changes(o) ? 1 : 0);
    const about = operations.filter((o) => o.path.includes('{')).sort((a, b) => last(a) - last(b));
    const shut: string[] = [];
    for (const operation of about) {
      const kind = kindOf(kinds, operation)!;
      const own = holders.filter((h) => h.agency === 'own' && mayKnow(kind, h) && entitled(operation, [h.role]));
      const heard: string[] = [];
      for (const username of [...kind.by, ...own.map((h) => h.username)]) {
        if (open.has(operation)) break;
        const told = await ask(wire, operation, kind, await visitors.tokenFor(username));
        heard.push(`${username} ${told.whole.slice(0, 150)}`);
        counts.later++;
        if (letIn(told)) open.add(operation);
      }
      if (!open.has(operation)) shut.push(`${operation.method} ${operation.path}: ${heard.join('; ')}`);
    }
    expect(shut.filter((o) => !(o.split(':')[0]! in UNMADE))).toEqual([]);
    expect(Object.values(UNMADE).filter(({ shownBy }) => !existsSync(shownBy))).toEqual([]);
    expect(Object.keys(UNMADE).filter((o) => !shut.some((s) => s.startsWith(`${o}:`)))).toEqual([]);
    const asked = Object.values(counts).reduce((sum, n) => sum + n, 0) - counts.restricted;
    process.stdout.write(
      `authorisation matrix: ${asked} questions, ${JSON.stringify(counts)}, about ${kinds.length} kinds of record; ${open.size} of ${about.length} operations let somebody in\n`,
    );
  }, 120_000);
});

/** What the platform recorded of its last faults: an answer says nothing of the insides. */
const faultsOf = ({ dataDir }: Platform): string =>
  readFileSync(join(dataDir, 'log', 'all-in-one.log'), 'utf8')
    .split('\n')
    .filter((line) => line.includes('"level":50'))
    .slice(-10)
    .map((line) => `${line}\n`)
    .join('');

const entitled = ({ action }: Declared, held: readonly string[]): boolean => action === null || mayDo(held, action);

/** What changes something as soon as it is asked by somebody who may: it has no body in which anything could be wrong. */
const changes = ({ method, takesBody }: Declared): boolean => method !== 'get' && !takesBody;

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
