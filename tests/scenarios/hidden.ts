import { Visitors, type Answer, type Visitor } from '@concordat-app/all-in-one';
import { accessLevels, newId } from '@concordat/contracts';
import * as fc from 'fast-check';
import type { Platform } from '../../tools/services/platform';
import { query, settled } from './curtain';
import { CALLERS, operationsOf, orgsOf, partsOf, UUID } from './fuzz/world';
import { sharedDemonstration } from './platform';

const RUNS = 4;

describe('what somebody may not see', () => {
  let platform: Platform;
  let visitors: Visitors;
  beforeAll(async () => {
    platform = await sharedDemonstration();
    visitors = new Visitors(platform);
  }, 180_000);

  const idsOf = async (sql: string): Promise<string[]> => (await query<{ id: string }>(platform, sql)).map((r) => r.id);

  it('is answered like what does not exist, whatever is asked of it', async () => {
    const records = {
      referrals: await idsOf(`SELECT id FROM referrals.referral WHERE status <> 'draft' ORDER BY id LIMIT 6`),
      drafts: await idsOf(`SELECT id FROM referrals.referral WHERE status = 'draft' ORDER BY id`),
      cases: await idsOf('SELECT id FROM records.case_file ORDER BY id'),
      people: await idsOf('SELECT id FROM records.person ORDER BY id LIMIT 6'),
    };
    const kinds: readonly (readonly [RegExp, keyof typeof records])[] = [
      [/^\/api\/referrals\/drafts\/\{id\}/, 'drafts'],
      [/^\/api\/referrals\/\{id\}/, 'referrals'],
      [/^\/api\/records\/cases\/\{id\}/, 'cases'],
      [/^\/api\/records\/retention\/\{id\}/, 'cases'],
      [/^\/api\/records\/people\/\{id\}/, 'people'],
    ];
    const operations = (await operationsOf(platform)).flatMap((o) => {
      const kind = kinds.find(([form]) => form.test(o.path))?.[1];
      return kind ? [{ ...o, kind, base: o.path.slice(0, o.path.indexOf('{id}') + 4) }] : [];
    });
    const different: string[] = [];
    let asked = 0;
    for (const who of ['dov', 'carys', 'moss', 'kit', 'erin']) {
      const visitor = visitors.as(who);
      const hidden = new Map<string, boolean>();
      for (const { method, path, base, kind, examples } of operations) {
        for (const id of records[kind]) {
          const at = base.replace('{id}', id);
          if (!hidden.has(at)) hidden.set(at, (await visitor.send('GET', at)).status === 404);
          if (!hidden.get(at)) continue;
          const ask = (about: string): Promise<Answer> =>
            visitor.send(method.toUpperCase() as 'GET', path.replace('{id}', about).replace(/\{\w+\}/g, newId()), {
              ...(method === 'get' || method === 'delete' ? {} : { body: examples[0] ?? {} }),
              ...(method === 'post' ? { key: newId() } : {}),
              version: 1,
            });
          const [there, absent] = [await ask(id), await ask(newId())];
          asked++;
          if (told(there) !== told(absent))
            different.push(`${who}: ${method} ${path}: ${told(there)} / ${told(absent)}`);
        }
      }
    }
    expect([...new Set(different)]).toEqual([]);
    expect(asked).toBeGreaterThan(200);
  }, 240_000);

  it('shows in no answer the id of a case that the caller takes no part in', async () => {
    const cases = await idsOf('SELECT id FROM records.case_file ORDER BY id');
    const orgs = await idsOf('SELECT id FROM identity.organisation_detail ORDER BY id');
    const change = fc.record({
      case: fc.constantFrom(...cases),
      org: fc.constantFrom(...orgs),
      level: fc.constantFrom(...accessLevels.filter((level) => level !== 'lead'), 'ended' as const),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 4, maxLength: 12 }), async (changes) => {
        for (const { case: id, org, level } of changes) await changePart(id, org, level);
        await settled(platform);
        expect(await leaks(cases)).toEqual([]);
      }),
      { numRuns: RUNS, endOnFailure: true, seed: 20261124 },
    );
  }, 240_000);

  /** The lead of the case changes who takes part; what is refused (the lead stays) changes nothing. */
  async function changePart(caseId: string, org: string, level: string): Promise<void> {
    for (const lead of ['amina', 'farid']) {
      const visitor = visitors.as(lead);
      const found = await visitor.send('GET', `/api/records/cases/${caseId}`);
      if (found.status !== 200) continue;
      const { version, may } = found.body as { version: number; may: { changeParticipation: boolean } };
      if (!may.changeParticipation) continue;
      const path = `/api/records/cases/${caseId}/participations`;
      const [sending, consent] = [{ key: newId(), version }, { answer: 'given' }];
      if (level === 'ended') await visitor.send('POST', `${path}/${org}/ending`, { ...sending, body: {} });
      else await visitor.send('POST', path, { ...sending, body: { orgId: org, level, consent } });
    }
  }

  /** Every answer that each caller can get, and whatever is in it of cases that are not theirs. */
  async function leaks(cases: readonly string[]): Promise<string[]> {
    const [parts, orgs] = [await partsOf(platform), await orgsOf(platform)];
    const referrals = await idsOf('SELECT id FROM referrals.referral ORDER BY id');
    const people = await idsOf('SELECT id FROM records.person ORDER BY id');
    const paths = [
      ...['all', 'received', 'made'].map((side) => `/api/referrals?side=${side}&limit=100`),
      ...['/api/referrals/drafts', '/api/referrals/counts', '/api/records/cases?limit=100', '/api/identity/me'],
      ...referrals.map((id) => `/api/referrals/${id}`),
      ...cases.flatMap((id) => [`/api/records/cases/${id}`, `/api/records/cases/${id}/timeline`]),
      ...people.map((id) => `/api/records/people/${id}`),
    ];
    const found: string[] = [];
    await Promise.all(
      CALLERS.map(async (who) => {
        const mine = (id: string): boolean => [...orgs.get(who)!].some((org) => parts.get(id)!.has(org));
        for (const path of paths) {
          const { text } = await visitors.as(who).send('GET', path);
          for (const [id] of text.matchAll(UUID))
            if (parts.has(id) && !path.includes(id) && !mine(id)) found.push(`${who}: ${path} shows case ${id}`);
        }
        found.push(...(await searched(visitors.as(who), who, (id) => parts.has(id) && !mine(id))));
      }),
    );
    return [...new Set(found)];
  }

  async function searched(visitor: Visitor, who: string, foreign: (id: string) => boolean): Promise<string[]> {
    const found: string[] = [];
    for (const context of ['referrals', 'records']) {
      const at = `/api/${context}/searches`;
      const made = await visitor.send('POST', at, { body: { q: 'Castellan' }, key: newId() });
      if (made.status !== 201) continue;
      const { searchId } = made.body as { searchId: string };
      const { text } = await visitor.send('GET', `${at}/${searchId}?limit=100`);
      for (const [id] of text.matchAll(UUID))
        if (foreign(id)) found.push(`${who}: a search of ${context} shows case ${id}`);
    }
    return found;
  }
});

/** An answer without what names this very question. */
function told({ status, body }: Answer): string {
  const { instance: _, correlationId: __, ...rest } = (body ?? {}) as Record<string, unknown>;
  return `${status} ${JSON.stringify(rest)}`;
}
