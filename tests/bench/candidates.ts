import { loadPacks } from '@concordat/packs';
import { newId } from '@concordat/contracts';
import type { Facts } from '@concordat/matching';
import { Client } from 'pg';
import { indexed } from '../../apps/records/src/person-index';
import type { PersonDetails } from '../../apps/records/src/person';
import { round, summary } from './load';
import { Chance } from './matching/chance';
import { generated, ORDINARY } from './matching/generator';
import type { Labelled } from './matching/measure';
import { startPlatform } from './platform';
import { Copying } from './population/copy';
import { without } from './population/indexes';
import type { Result } from './result';

/** Of the demonstration partnership: the caller's, and two others. */
const COUNCIL = 'd22cacf3-000b-4ccb-b1fc-23e09b777df1';
const HOUSING = 'dd31cbd9-2e1f-43d4-987d-a46531bde013';
const NHS = '96401213-8741-44a4-a973-8cbd523aca42';
const CHUNK = 20_000;
const IN_A_CASE = 3;
const ASKED = 400;
const WARM = 40;

interface Sought {
  readonly facts: Facts;
  readonly id: string;
}

/**
 * How long it takes over full HTTP, the audit entry included, to find who may be the same person among a million (or
 * `--people N`), three in a case, of which the caller's organisation takes part in two of three: one asker at a time.
 */
export async function candidates(argv: readonly string[]): Promise<Result> {
  const people = argv.includes('--people') ? Number(argv[argv.indexOf('--people') + 1]) : 1_000_000;
  const platform = await startPlatform('embedded');
  const admin = new Client({ connectionString: platform.adminUrl });
  const loading = new Client({ connectionString: platform.adminUrl });
  try {
    await admin.connect();
    await loading.connect();
    const began = Date.now();
    const sought = await filled(admin, loading, people);
    const filledMs = Date.now() - began;
    const token = await platform.token('amina');
    const ask = async ({ facts }: Sought): Promise<{ ids: string[]; ms: number }> => {
      const at = performance.now();
      const response = await fetch(`${platform.urlOf('')}/api/records/people/candidates`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': newId() },
        body: JSON.stringify({ person: detailsOf(facts) }),
      });
      const body = (await response.json()) as { items?: { id: string }[]; code?: string };
      if (!body.items) throw new Error(`candidates answered ${response.status} ${body.code}`);
      return { ids: body.items.map((c) => c.id), ms: performance.now() - at };
    };
    for (const each of sought.slice(0, WARM)) await ask(each);
    const took: number[] = [];
    let found = 0;
    let offered = 0;
    for (const each of sought) {
      const { ids, ms } = await ask(each);
      took.push(ms);
      offered += ids.length;
      if (ids.includes(each.id)) found++;
    }
    const { p50, p95, p99, max } = summary(took);
    return {
      name: 'candidates',
      metrics: {
        people,
        asked: sought.length,
        p50ms: round(p50),
        p95ms: round(p95),
        p99ms: round(p99),
        longestMs: round(max),
        found: round(found / sought.length),
        offeredEach: round(offered / sought.length),
        filledSeconds: Math.round(filledMs / 1000),
      },
      baseline: { goalP95ms: 50 },
      ratio: { ofGoal: round(p95 / 50) },
    };
  } finally {
    await loading.end().catch(() => undefined);
    await admin.end().catch(() => undefined);
    await platform.stop();
  }
}

/** Fills the tables of records, and answers with further records of some of the people whom the caller sees. */
async function filled(admin: Client, loading: Client, people: number): Promise<Sought[]> {
  const model = loadPacks('packs/england-wales').matching();
  const copying = new Copying(loading);
  const rows = {
    case: copying.into(
      'records.case_file',
      'id, reference, status, kind, area_id, lead_org, referral_id, opened_at, subject_name',
    ),
    person: copying.into('records.person', 'id, content'),
    casePerson: copying.into('records.case_person', 'case_id, person_id, place, roles'),
    participation: copying.into('records.participation', 'case_id, org_id, level, since, changed_by'),
    match: copying.into('records.person_match', 'person_id, keys, terms, facts, digest'),
  };
  const chance = new Chance(5);
  const sought: Sought[] = [];
  let [current, seen] = ['', false];
  const day = '2026-01-01T00:00:00Z';
  await without(admin, async () => {
    let made = 0;
    for (let chunk = 0; made < people; chunk++) {
      const size = Math.min(CHUNK, people - made);
      const records = generated(1_000 + chunk, size, model.nicknames, {
        duplicates: 0.01,
        disorder: ORDINARY,
        among: people,
      });
      for (const [first, further] of byPerson(records)) {
        const id = newId();
        if (made++ % IN_A_CASE === 0) {
          current = newId();
          seen = chance.happens(0.67);
          const lead = seen ? COUNCIL : HOUSING;
          rows.case(current, `C-${made}`, 'open', 'domestic-abuse', COUNCIL, lead, newId(), day, 'Somebody');
          rows.participation(current, lead, 'lead', day, COUNCIL);
          rows.participation(current, NHS, 'contributor', day, COUNCIL);
        }
        const content = detailsOf(first);
        const { keys, terms, facts, digest } = indexed({ id, content });
        rows.person(id, content);
        rows.casePerson(current, id, (made - 1) % IN_A_CASE, ['subject']);
        rows.match(id, keys, terms, facts, digest);
        if (further && seen) sought.push({ facts: further, id });
      }
      await copying.keepUp();
    }
    await copying.flush();
  });
  await admin.query('VACUUM (ANALYZE) records.person_match, records.person_match_key');
  await admin.query('ANALYZE records.person, records.case_person, records.participation, records.case_file');
  const step = Math.max(1, Math.floor(sought.length / ASKED));
  return sought.filter((_, i) => i % step === 0).slice(0, ASKED);
}

/** Each person's first record and, where there is one, another. */
function byPerson(records: readonly Labelled[]): [Facts, Facts | undefined][] {
  const found = new Map<number, [Facts, Facts | undefined]>();
  for (const { person, facts } of records) {
    const known = found.get(person);
    if (!known) found.set(person, [facts, undefined]);
    else known[1] ??= facts;
  }
  return [...found.values()];
}

/** Facts in the shape of what is known of a person. */
const detailsOf = (facts: Facts): PersonDetails => {
  const { given = '', family = '' } = facts.names?.[0] ?? {};
  return {
    name: { given, family },
    datesOfBirth: (facts.births ?? []).map(({ value }) => ({ value })),
    ...(facts.sex ? { sex: facts.sex } : {}),
    addresses: (facts.places ?? []).map(({ postcode, lines }) => ({
      ...(UK.test(postcode ?? '') ? { postcode: postcode! } : {}),
      lines: lines ?? [],
    })),
    phones: facts.phones ?? [],
    identifiers: (facts.identifiers ?? []).map(({ value }) => ({ kind: 'nhs-number', value })),
  };
};
const UK = /^[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[A-Za-z]{2}$/;
