import { mayDo, openStatuses, type Role } from '@concordat/contracts';
import type { UnitOfWork } from '@concordat/messaging';
import { serviceActorId, systemCall } from '@concordat/platform';
import { eventually, startApp, type Answer, type Caller, type TestApp } from '@concordat/testing';
import * as fc from 'fast-check';
import { Client } from 'pg';
import { example, type Content } from './referred.testing';
import { ReferralsModule } from './referrals.module';
import { SearchIndex } from './worklist/search-index.service';
import { SearchesService } from './worklist/searches.service';

/** A membership of the demonstration partnership, as the projection has it. */
interface Person {
  name: string;
  id: string;
  org: string;
  roles: Role[];
  areas: string[];
}
/** A referral of the test's, with all that decides who may see it. */
interface Made {
  id: string;
  author: Person;
  areaId: string;
  receivingOrg: string;
  draft: boolean;
  /** Waits to be decided. */
  open: boolean;
  /** Organisations to whom an open case shows it. */
  shown: string[];
}

const WIDE: readonly string[] = ['safeguarding-lead', 'panel-coordinator', 'panel-chair'];
const LEVELS = ['lead', 'contributor', 'reader', 'preview', 'restricted', 'ended'] as const;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** The rule, written a second time and plainly: who may know that a referral exists. */
function mayKnow(person: Person, r: Made): boolean {
  const own = r.author.id === person.id && r.author.org === person.org;
  if (r.draft) return own;
  const covers = person.areas.length === 0 || person.areas.includes(r.areaId);
  const triages = r.receivingOrg === person.org && covers;
  const colleague = r.author.org === person.org && person.roles.some((role) => WIDE.includes(role));
  return triages || own || colleague || r.shown.includes(person.org);
}

describe('no id of a referral that the caller may not see is in any answer', () => {
  let app: TestApp;
  let people: Person[];
  let areas: { id: string; lead: string }[];
  let orgs: string[];
  const world: Made[] = [];
  beforeAll(async () => {
    app = await startApp([ReferralsModule]);
    people = await app.sql<Record<string, unknown> & Person>(
      `SELECT s.username AS name, m.user_id AS id, m.org_id AS org, m.roles, m.areas FROM referrals.member m
         JOIN identity.staff s ON s.user_id = m.user_id WHERE m.active AND cardinality(m.roles) > 0 ORDER BY 1`,
    );
    areas = await app.sql('SELECT area_id AS id, lead_org AS lead FROM referrals.area ORDER BY 1');
    orgs = (await app.sql<{ id: string }>('SELECT org_id AS id FROM referrals.organisation ORDER BY 1')).map(
      (o) => o.id,
    );
  });
  afterAll(() => app?.stop());

  const staff = () => people.filter((p) => mayDo(p.roles, 'referral.submit'));
  const leadOf = (org: string, areaId: string) =>
    people.find(
      (p) =>
        p.org === org && p.roles.includes('safeguarding-lead') && (p.areas.length === 0 || p.areas.includes(areaId)),
    )!;

  /** Makes one referral, or a draft; accepts some, and gives organisations a part in the case. */
  async function make(
    who: number,
    where: number,
    fate: 'draft' | 'received' | 'accepted',
    parts: (readonly [number, number])[],
  ): Promise<Made> {
    const author = staff()[who % staff().length]!;
    const area = areas[where % areas.length]!;
    const content: Content = { ...example(), area: area.id };
    const triaged = { areaId: area.id, receivingOrg: area.lead };
    const made: Made = { id: '', author, ...triaged, draft: fate === 'draft', open: fate === 'received', shown: [] };
    const { body } = await app
      .as(author.name)
      .post(made.draft ? '/api/referrals/drafts' : '/api/referrals', { content });
    made.id = body.id as string;
    if (fate === 'accepted') {
      const lead = app.as(leadOf(area.lead, area.id).name);
      await lead.post(`/api/referrals/${made.id}/ratings`, { colour: 'red' }, { version: 1 });
      await lead.post(`/api/referrals/${made.id}/decisions`, { outcome: 'accept' }, { version: 2 });
      made.shown = await takePart(made.id, parts);
    }
    return made;
  }

  /** What records would tell this context: who takes part in the case, and how. */
  async function takePart(referral: string, parts: (readonly [number, number])[]): Promise<string[]> {
    const given = new Map(parts.map(([org, level]) => [orgs[org % orgs.length]!, LEVELS[level % LEVELS.length]!]));
    for (const [org, level] of given) {
      await app.sql(
        `INSERT INTO referrals.case_access (case_id, org_id, level, restricted, since, until)
         SELECT case_id, $2, $3, $4, now(), $5 FROM referrals.referral WHERE id = $1`,
        [
          referral,
          org,
          ['restricted', 'ended'].includes(level) ? 'contributor' : level,
          level === 'restricted',
          level === 'ended' ? new Date() : null,
        ],
      );
    }
    return [...given].filter(([, level]) => !['preview', 'restricted', 'ended'].includes(level)).map(([org]) => org);
  }

  /** Everything that a person can ask for; every id of a referral that came back. */
  async function seenBy(
    who: Caller,
    sort: string,
  ): Promise<{ ids: Set<string>; open: string[]; made: number; drafts: number; opened: Set<string> }> {
    const texts: unknown[] = [];
    const open: string[] = [];
    const opened = new Set<string>();
    const pages = async (path: string, into: string[] = []): Promise<void> => {
      for (let cursor: string | null = ''; cursor !== null;) {
        const { body }: Answer<{ items?: { id: string }[]; next?: string | null }> = await who.get(
          `${path}${path.includes('?') ? '&' : '?'}limit=7${cursor ? `&cursor=${cursor}` : ''}`,
        );
        texts.push({ ...body, next: null, previous: null });
        into.push(...(body.items ?? []).map(({ id }) => id));
        cursor = body.next ?? null;
      }
    };
    for (const side of ['all', 'received', 'made']) await pages(`/api/referrals?side=${side}&sort=${sort}`);
    await pages(`/api/referrals?status=${openStatuses.join(',')}&sort=${sort}`, open);
    await pages('/api/referrals/drafts');
    for (const q of ['Halloway', 'Hallowey', 'burn']) {
      const { body } = await who.post('/api/referrals/searches', { q, sort });
      await pages(`/api/referrals/searches/${body.searchId}`);
    }
    for (const { id } of world) {
      for (const path of [id, `drafts/${id}`]) {
        const answer = await who.get(`/api/referrals/${path}`);
        if (answer.status === 200) opened.add(id);
        else texts.push({ ...answer.body, instance: null });
      }
    }
    const counts = (await who.get('/api/referrals/counts')).body;
    const known = new Set(world.map((r) => r.id));
    const ids = new Set((JSON.stringify(texts).match(UUID) ?? []).filter((id) => known.has(id)));
    return { ids, open, opened, made: counts.made as number, drafts: counts.drafts as number };
  }

  it('and every one that they may see can be found', async () => {
    const fate = fc.constantFrom('draft' as const, 'received' as const, 'accepted' as const);
    const part = fc.tuple(fc.nat(20), fc.nat(20));
    const referral = fc.tuple(fc.nat(30), fc.nat(9), fate, fc.array(part, { maxLength: 4 }));
    await fc.assert(
      fc.asyncProperty(
        fc.array(referral, { minLength: 4, maxLength: 8 }),
        fc.uniqueArray(fc.nat(29), { minLength: 3, maxLength: 5 }),
        fc.constantFrom('received', '-due', 'colour', '-reference'),
        async (referrals, actors, sort) => {
          for (const [who, where, what, parts] of referrals) world.push(await make(who, where, what, parts));
          const sent = world.filter((r) => !r.draft).length;
          await eventually(async () => (await app.sql('SELECT 1 FROM referrals.referral_search')).length === sent);
          for (const actor of actors) {
            const person = people[actor % people.length]!;
            const seen = await seenBy(app.as(person.name), sort);
            const entitled = mayDo(person.roles, 'referral.view');
            const expected = world.filter((r) => entitled && mayKnow(person, r)).map((r) => r.id);
            expect({ who: person.name, ids: [...seen.ids].sort() }).toEqual({
              who: person.name,
              ids: [...expected].sort(),
            });
            expect([...seen.opened].sort()).toEqual([...expected].sort());
            const open = world.filter((r) => r.open && expected.includes(r.id)).map((r) => r.id);
            expect(seen.open.sort()).toEqual(open.sort()); // each once
            if (!entitled) continue;
            const theirs = world.filter((r) => r.author.org === person.org && mayKnow(person, r));
            const mine = world.filter((r) => r.draft && r.author.id === person.id);
            expect([seen.drafts, seen.made]).toEqual([
              mine.length,
              theirs.filter(
                (r) => !r.draft && (r.author.id === person.id || person.roles.some((x) => WIDE.includes(x))),
              ).length,
            ]);
          }
        },
      ),
      { numRuns: 4 },
    );
  }, 300_000); // seconds, but on a busy machine

  it('nor shown by the database, whatever a query forgets: the second wall', async () => {
    const client = new Client({ connectionString: app.database.adminUrl });
    await client.connect();
    try {
      await client.query('SET ROLE concordat_referrals; SET search_path = referrals, public');
      const unasked = await client.query('SELECT id FROM referral');
      expect(unasked.rows).toEqual([]); // nobody is acting
      for (const person of people) {
        await client.query(
          "SELECT set_config('concordat.user', $1, false), set_config('concordat.org', $2, false), set_config('concordat.scope', 'user', false)",
          [person.id, person.org],
        );
        const { rows } = await client.query<{ id: string }>('SELECT id FROM referral');
        const expected = world.filter((r) => mayKnow(person, r)).map((r) => r.id);
        expect({ who: person.name, ids: rows.map((r) => r.id).sort() }).toEqual({
          who: person.name,
          ids: expected.sort(),
        });
        expect((await client.query('SELECT 1 FROM referral_search')).rows).toEqual([]); // only by its functions
      }
    } finally {
      await client.end();
    }
  });

  it('and what an agency sees only as a participant is told apart, whoever wrote it', async () => {
    // Of every organisation, so that those who refer and receive are among them, whatever was drawn above.
    await make(
      0,
      0,
      'accepted',
      orgs.map((_, org) => [org, 0] as const),
    );
    const told = await app.sql<{ apart: boolean; right: boolean }>(
      `SELECT DISTINCT c.apart, c.apart = (c.org_id NOT IN (r.receiving_org, r.referring_org)) AS right
         FROM referrals.case_access c JOIN referrals.referral r USING (case_id)`,
    );
    expect(told.sort((a, b) => Number(a.apart) - Number(b.apart))).toEqual([
      { apart: false, right: true },
      { apart: true, right: true },
    ]);
  });

  it('and its words lead there, whether it took part before or after they were written', async () => {
    const without = () =>
      app.sql(
        `SELECT 1 FROM referrals.case_access c JOIN referrals.referral_search s USING (referral_id)
          WHERE c.apart AND NOT s.words @@ ('''org:' || c.org_id || '''')::tsquery`,
      );
    const received = 'SELECT id FROM referrals.referral WHERE received_at IS NOT NULL';
    const sent = (await app.sql<{ id: string }>(received)).map((r) => r.id);
    await eventually(async () => (await app.sql('SELECT 1 FROM referrals.referral_search')).length === sent.length);
    expect(await without()).toEqual([]);
    await app.sql(`UPDATE referrals.referral_search SET words = ''`);
    expect(await without()).not.toEqual([]);
    const searches = app.running.app.get(SearchesService, { strict: false });
    const unit = Reflect.get(searches, 'unit') as UnitOfWork; // of this context: each has one
    await unit.project(systemCall(serviceActorId('referrals'), 'operation'), (tx) => new SearchIndex().add(tx, sent));
    expect(await without()).toEqual([]);
  });
});
