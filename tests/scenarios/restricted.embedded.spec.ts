import { Visitors, type Answer } from '@concordat-app/all-in-one';
import { addDays, civilDate } from '@concordat/clocks';
import { newId } from '@concordat/contracts';
import { eventually } from '@concordat/testing';
import * as fc from 'fast-check';
import { demonstrated } from '../../tools/services/all-in-one';
import { query, settled } from './curtain';
import { CALLERS, orgsOf, partsOf } from './fuzz/world';
import { platformForScenario, type Scenario } from './platform';

const SEED = 20261128;
const ROUNDS = 4;
const REQUESTS = 125; // in each round: 500 in all
const KINDS = ['colleague', 'councillor', 'protected-person'] as const; // those that leave no trace

/** What may be asked of something by its id; and what lists everything. */
const OF_CASE = ['', '/timeline', '/restrictions', '/chronology'];
const OF_PERSON = ['', '/history', '/candidates', '/merges', '/restrictions'];
const LISTS = [
  '/api/records/cases?limit=100',
  '/api/referrals?limit=100',
  '/api/referrals?side=received&limit=100',
  '/api/referrals?side=made&limit=100',
  '/api/referrals/counts',
  '/api/referrals/drafts',
  '/api/records/break-glass?limit=100',
  '/api/audit/trail?all=true&limit=100',
];

/** Somebody or something that is closed to all but the named: the ids by which it is known, and a name that nobody else has. */
interface Closed {
  readonly ids: readonly string[];
  readonly token: string;
  readonly named: ReadonlySet<string>;
}

describe('what is open to named staff only', () => {
  let scenario: Scenario;
  let visitors: Visitors;
  let users: Map<string, string>;
  beforeAll(async () => {
    scenario = await platformForScenario({ demonstration: true });
    await eventually(() => demonstrated(scenario.platform.dataDir), { timeoutMs: 120_000 });
    await settled(scenario.platform);
    visitors = new Visitors(scenario.platform);
    const staff = await query<{ name: string; id: string }>(
      scenario.platform,
      'SELECT username AS name, user_id AS id FROM identity.staff',
    );
    users = new Map(staff.map((s) => [s.name, s.id]));
  }, 300_000);
  afterAll(() => scenario?.end(), 60_000);

  it('is in no answer to anybody else: no id, no name, no number, and no difference from what is not there', async () => {
    let asked = 0;
    const found: string[] = [];
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            case: fc.nat(99),
            person: fc.boolean(),
            kind: fc.constantFrom(...KINDS),
            named: fc.array(fc.nat(99), { maxLength: 3 }),
          }),
          { minLength: 1, maxLength: 3 },
        ),
        fc.array(fc.tuple(fc.constantFrom(...CALLERS), fc.nat(9), fc.nat(99), fc.nat(99)), {
          minLength: REQUESTS,
          maxLength: REQUESTS,
        }),
        async (restrictions, requests) => {
          for (const r of restrictions) await restrict(r);
          await settled(scenario.platform);
          const closed = await closedNow();
          expect(closed.length).toBeGreaterThan(0);
          for (const [who, kind, which, part] of requests) {
            found.push(...(await ask(who, kind, closed[which % closed.length]!, part, closed)));
            asked++;
          }
          found.push(...(await wrongNumbers(closed)));
          expect([...new Set(found)]).toEqual([]);
        },
      ),
      { numRuns: ROUNDS, seed: SEED, endOnFailure: true },
    );
    expect(asked).toBe(ROUNDS * REQUESTS);
  }, 900_000);

  /** Gives the subject of a case a name of their own, and restricts the case, or them, as its lead. */
  async function restrict(r: { case: number; person: boolean; kind: string; named: readonly number[] }): Promise<void> {
    const cases = await query<{ id: string; person: string }>(
      scenario.platform,
      'SELECT f.id, (SELECT c.person_id FROM records.case_person c WHERE c.case_id = f.id ORDER BY c.place LIMIT 1) AS person FROM records.case_file f ORDER BY f.id',
    );
    const { id, person } = cases[r.case % cases.length]!;
    for (const lead of ['amina', 'farid']) {
      const visitor = visitors.as(lead);
      const view = await visitor.send('GET', `/api/records/cases/${id}`);
      if (view.status !== 200 || !(view.body as { may: { restrict: boolean } }).may.restrict) continue;
      const known = (await visitor.send('GET', `/api/records/people/${person}`)).body as { version: number };
      const name = { given: `Qz${newId().slice(-6)}`, family: 'Unheardof' };
      const corrected = await visitor.send('POST', `/api/records/people/${person}/corrections`, {
        ...{ body: { name }, key: newId(), version: known.version },
      });
      expect(corrected.status).toBe(200);
      const at = r.person ? `/api/records/people/${person}` : `/api/records/cases/${id}`;
      const { version, staff } = (await visitor.send('GET', `${at}/restrictions`)).body as {
        version: number;
        staff: { userId: string }[];
      };
      const named = [...new Set([users.get(lead)!, ...r.named.map((n) => staff[n % staff.length]!.userId)])];
      const body = { kind: r.kind, named, reviewOn: addDays(civilDate(new Date()), 30), reason: 'x' };
      const made = await visitor.send('POST', `${at}/restrictions`, { body, key: newId(), version });
      expect([made.status, made.body]).toEqual([201, expect.anything()]);
    }
  }

  /** Everything that is closed now, from the tables themselves. */
  async function closedNow(): Promise<Closed[]> {
    const rows = await query<{
      cases: string[];
      people: string[];
      referrals: string[];
      names: (string | null)[];
      named: string[];
    }>(
      scenario.platform,
      `SELECT array_agg(DISTINCT f.id::text) AS cases, array_agg(DISTINCT f.referral_id::text) AS referrals,
              array_agg(DISTINCT p.id::text) FILTER (WHERE NOT EXISTS (SELECT 1 FROM records.case_person o WHERE o.person_id = p.id
                AND NOT EXISTS (SELECT 1 FROM records.restricted_case x WHERE x.case_id = o.case_id))) AS people,
              array_agg(DISTINCT p.content #>> '{name,given}') AS names,
              (SELECT array_agg(n.user_id::text) FROM records.restriction_named n WHERE n.restriction_id = rc.restriction_id AND n.until IS NULL) AS named
         FROM records.restricted_case rc JOIN records.case_file f ON f.id = rc.case_id
         JOIN records.case_person c ON c.case_id = f.id JOIN records.person p ON p.id = c.person_id GROUP BY rc.restriction_id`,
    );
    return rows.map((r) => ({
      ids: [...r.cases, ...r.referrals, ...(r.people ?? [])],
      token: r.names.find((n) => n?.startsWith('Qz')) ?? 'Qznobody',
      named: new Set(r.named),
    }));
  }

  /** One request, and what its answer should not have in it. */
  async function ask(
    who: string,
    kind: number,
    about: Closed,
    part: number,
    closed: readonly Closed[],
  ): Promise<string[]> {
    const visitor = visitors.as(who);
    const hidden = closed.filter((c) => !c.named.has(users.get(who)!));
    const leaks = (where: string, answer: Answer, sent = ''): string[] =>
      hidden.flatMap((c) => [
        ...c.ids
          .filter((id) => answer.text.includes(id) && !sent.includes(id))
          .map((id) => `${who}: ${where} shows ${id}`),
        ...(c.token !== 'Qznobody' && !sent.includes(c.token) && answer.text.includes(c.token)
          ? [`${who}: ${where} shows a name`]
          : []),
      ]);
    if (kind < 3) {
      const path = LISTS[part % LISTS.length]!;
      return leaks(path, withoutSearches(await visitor.send('GET', path)));
    }
    if (kind === 3) {
      const at = `/api/${part % 2 ? 'referrals' : 'records'}/searches`;
      const made = await visitor.send('POST', at, { body: { q: about.token }, key: newId() });
      if (made.status !== 201) return leaks(at, made);
      const { searchId } = made.body as { searchId: string };
      // What was searched for comes back to whoever typed it.
      return leaks(at, await visitor.send('GET', `${at}/${searchId}`), about.token);
    }
    if (kind === 4) {
      const body = { person: { name: { given: about.token, family: 'Unheardof' } } };
      return leaks('candidates', await visitor.send('POST', '/api/records/people/candidates', { body }));
    }
    const id = about.ids[part % about.ids.length]!;
    if (kind === 5) {
      const path = `/api/audit/trail?${part % 2 ? 'case' : 'person'}=`;
      const [there, absent] = [await visitor.send('GET', path + id), await visitor.send('GET', path + newId())];
      const differs = hidden.includes(about) && counted(there) !== counted(absent);
      return [...leaks(path, there, id), ...(differs ? [`${who}: the trail of ${id} differs from none`] : [])];
    }
    const parts = [
      ...OF_CASE.map((p) => `/api/records/cases/:id${p}`),
      ...OF_PERSON.map((p) => `/api/records/people/:id${p}`),
      '/api/referrals/:id',
    ];
    const path = parts[(kind + part) % parts.length]!;
    const [there, absent] = [
      await visitor.send('GET', path.replace(':id', id)),
      await visitor.send('GET', path.replace(':id', newId())),
    ];
    const differs = hidden.includes(about) && told(there) !== told(absent);
    return [
      ...leaks(path, there, id),
      ...(differs ? [`${who}: ${path} of ${id}: ${told(there)} / ${told(absent)}`] : []),
    ];
  }

  /** Numbers that are not those of what the caller may see. */
  async function wrongNumbers(closed: readonly Closed[]): Promise<string[]> {
    const [parts, orgs] = [await partsOf(scenario.platform), await orgsOf(scenario.platform)];
    const wrong: string[] = [];
    for (const who of CALLERS) {
      const { status, body } = await visitors.as(who).send('GET', '/api/records/cases?limit=100');
      if (status !== 200) continue;
      const hidden = new Set(closed.filter((c) => !c.named.has(users.get(who)!)).flatMap((c) => c.ids));
      const mine = [...parts].filter(
        ([id, of]) => !hidden.has(id) && [...orgs.get(who)!].some((o) => of.has(o)),
      ).length;
      const { count, items, restricted } = body as { count: { value: number }; items: object[]; restricted: object[] };
      if (count.value !== mine || items.length !== mine || restricted.length > 0)
        wrong.push(`${who}: ${count.value} cases, ${items.length} shown, ${mine} theirs`);
      const worklist = (await visitors.as(who).send('GET', '/api/referrals?limit=100')).body as {
        count?: { value: number };
        items?: object[];
      };
      if (worklist.count && worklist.count.value !== worklist.items!.length)
        wrong.push(`${who}: ${worklist.count.value} referrals, ${worklist.items!.length} shown`);
    }
    return wrong;
  }
});

/** An answer without what names this very question. */
function told({ status, body }: Answer): string {
  const { instance: _, correlationId: __, ...rest } = (body ?? {}) as Record<string, unknown>;
  return `${status} ${JSON.stringify(rest)}`;
}

/** How much of a trail there is, whatever of the log is signed meanwhile. */
function counted({ status, body }: Answer): string {
  const { items, count } = (body ?? {}) as { items?: object[]; count?: object };
  return `${status} ${items?.length} ${JSON.stringify(count)}`;
}

/**
 * A trail without what somebody typed who looked for a name and found nothing: that they typed it says nothing of anybody.
 * A search that found a restricted record names it, and is not in the trail of an auditor to whom that is closed.
 */
function withoutSearches(answer: Answer): Answer {
  const { items } = (answer.body ?? {}) as { items?: { action?: string; subjects?: unknown[] }[] };
  if (!items?.some((i) => i.action)) return answer;
  const kept = items.filter(
    (i) => !['referral.search', 'record.search', 'person.match'].includes(i.action ?? '') || i.subjects?.length,
  );
  return { ...answer, text: JSON.stringify(kept) };
}
