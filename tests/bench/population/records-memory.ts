import type { Copying } from './copy';
import { strings, type Answers } from './statements';

/** A case as far as readings of it are audited, and changes of who takes part in it are decided. */
export interface CaseKept {
  readonly id: string;
  readonly referralId: string;
  readonly leadOrg: string;
  readonly areaId: string;
  /** The pathway by which it came. */
  readonly kind: string;
  people: readonly string[];
  version: number;
  /** Levels of the organisations that take part now. */
  parts: Record<string, string>;
  /** For what those were let in that were. */
  shared: Record<string, object | null>;
}

/** What of a case is not written yet, because it may still change. */
interface Unwritten {
  readonly row: readonly unknown[];
  readonly participations: unknown[][];
}

const LATEST = 25;

/** The records context's tables: cases are kept in short for good, their rows only while they may change. */
export class RecordsMemory {
  readonly cases: CaseKept[] = [];
  private readonly byId = new Map<string, CaseKept>();
  private readonly byReferral = new Map<string, CaseKept>();
  private readonly unwritten = new Map<string, Unwritten>();
  /** The newest cases of each organisation, as its list shows them. */
  private readonly latest = new Map<string, CaseKept[]>();
  /** The number of the last case. */
  serial = 0n;
  private readonly rows;

  constructor(copying: Copying) {
    this.rows = {
      case: copying.into(
        'records.case_file',
        'id, version, reference, status, kind, area_id, lead_org, referral_id, opened_at, subject_name, key_facts',
      ),
      person: copying.into('records.person', 'id, content, created_at'),
      match: copying.into('records.person_match', 'person_id, keys, terms, facts, digest'),
      relationship: copying.into('records.relationship', 'id, person_id, other_id, kind, org_id, recorded_at'),
      casePerson: copying.into('records.case_person', 'case_id, person_id, place, roles'),
      participation: copying.into(
        'records.participation',
        'case_id, org_id, level, since, until, changed_by, permit, sharing',
      ),
      timeline: copying.into('records.timeline', 'case_id, at, what, org_id, by_id, detail'),
    };
  }

  /** Nothing more will change in the case of this referral. */
  settle(referralId: string): void {
    const kept = this.byReferral.get(referralId);
    const found = kept && this.unwritten.get(kept.id);
    if (!found) return;
    this.unwritten.delete(kept.id);
    this.byReferral.delete(referralId);
    this.rows.case(kept.id, kept.version, ...(found.row as string[]));
    for (const p of found.participations) this.rows.participation(...(p as string[]));
  }

  caseOf(referralId: string): CaseKept | undefined {
    return this.byReferral.get(referralId);
  }

  readonly answers: Answers = {
    named: {
      'open-case': (v) => this.open(v),
      'open-case-people': ([caseId, text]) => this.people(caseId!, text!),
      'index-new-people': ([text]) => {
        const people = JSON.parse(text!) as {
          id: string;
          keys: string[];
          terms: string[];
          facts: object;
          digest: string;
        }[];
        for (const p of people) this.rows.match(p.id, p.keys, p.terms, p.facts, p.digest);
        return people.length;
      },
      'open-case-relationships': ([text, org, at]) => {
        const related = JSON.parse(text!) as { id: string; person: string; other: string; kind: string }[];
        for (const r of related) this.rows.relationship(r.id, r.person, r.other, r.kind, org!, at!);
        return related.length;
      },
      'open-case-participations': ([caseId, orgs, levels, since, by]) => {
        strings(orgs).forEach((org, i) => this.join(caseId!, org, strings(levels)[i]!, since!, by!, [null, null]));
        return strings(orgs).length;
      },
      'add-to-timeline': (v) => {
        this.rows.timeline(...strings(v));
        return 1;
      },
      'cases-of-referral': ([id]) => {
        const kept = this.byReferral.get(id!);
        return kept ? [{ id: kept.id }] : [];
      },
      'concerned-in-case': ([id]) =>
        this.byId.get(id!)!.people.map((person) => ({ id: person, roles: [], deceased: null })),
      'case-by-id': ([id], { actor }) => this.seen(id!, actor.orgId ?? ''),
      'people-of-case': ([id]) => this.byId.get(id!)!.people.map((person) => ({ id: person, roles: [], content: {} })),
      'participations-of-case': () => [],
      'relationships-in-case': () => [],
      'is-restricted': () => [{ restricted: false }],
      'case-on-offer': () => [],
      'stub-of-case': () => [],
      stubs: () => [],
      // Everybody is made findable at the end, when they are in the tables.
      'hold-search-index': () => [],
      'people-to-index': () => [],
      'unindex-withdrawn': () => 0,
      'index-texts': () => 0,
    },
    texts: [
      [/nextval\('case_serial'\)/, () => [{ n: String(++this.serial), restrictions: [] }]],
      [/^SELECT 1 FROM organisation/, () => [{}]],
      [/^SELECT level FROM participation/, ([id, org]) => this.level(id!, org!)],
      [/^UPDATE participation SET until/, ([id, org, at]) => this.leave(id!, org!, at!)],
      [
        /^INSERT INTO participation/,
        ([id, org, level, at, by, permit, sharing]) => {
          this.join(id!, org!, level!, at!, by!, [permit!, sharing!]);
          return 1;
        },
      ],
      [
        /^UPDATE case_file SET version/,
        ([id]) => {
          this.byId.get(id!)!.version++;
          return 1;
        },
      ],
      [/FROM timeline/, () => []],
      [
        /^SELECT count\(\*\)::int AS n FROM \(SELECT 1 FROM participation/,
        (_, { actor }) => [{ n: this.latest.get(actor.orgId ?? '')?.length ?? 0 }],
      ],
      [/FROM participation p JOIN case_file c/, (_, { actor }) => this.latest.get(actor.orgId ?? '') ?? []],
    ],
  };

  private seen(id: string, org: string) {
    const kept = this.byId.get(id);
    return kept?.parts[org]
      ? [{ ...kept, status: 'open', level: kept.parts[org], ground: 'part', sharing: kept.shared[org] ?? null }]
      : [];
  }

  private open(v: readonly never[]): number {
    const [id, reference, kind, areaId, leadOrg, referralId, ...rest] = strings(v);
    const row = [reference, 'open', kind, areaId, leadOrg, referralId, ...rest];
    const kept = {
      id: id!,
      referralId: referralId!,
      leadOrg: leadOrg!,
      areaId: areaId!,
      kind: kind!,
      people: [],
      version: 1,
      parts: {},
      shared: {},
    };
    this.unwritten.set(id!, { row, participations: [] });
    this.byId.set(id!, kept);
    this.byReferral.set(referralId!, kept);
    this.cases.push(kept);
    return 1;
  }

  private people(caseId: string, text: string): number {
    const people = JSON.parse(text) as { id: string; roles: string[]; content: object }[];
    const kept = this.byId.get(caseId)!;
    const openedAt = this.unwritten.get(caseId)!.row[6] as Date;
    kept.people = people.map((p) => p.id);
    people.forEach(({ id, roles, content }, i) => {
      this.rows.person(id, content, openedAt);
      this.rows.casePerson(caseId, id, i + 1, roles);
    });
    return people.length;
  }

  private join(
    caseId: string,
    org: string,
    level: string,
    since: Date,
    by: string,
    under: readonly (object | null)[],
  ): void {
    const kept = this.byId.get(caseId)!;
    kept.parts[org] = level;
    kept.shared[org] = under[1] ?? null;
    this.unwritten.get(caseId)!.participations.push([caseId, org, level, since, null, by, ...under]);
    const list = this.latest.get(org) ?? [];
    this.latest.set(org, [kept, ...list.filter((c) => c !== kept)].slice(0, LATEST));
  }

  private level(caseId: string, org: string) {
    const level = this.byId.get(caseId)?.parts[org];
    return level ? [{ level }] : [];
  }

  private leave(caseId: string, org: string, at: Date) {
    const level = this.level(caseId, org);
    const now = this.unwritten.get(caseId)!.participations.find((p) => p[1] === org && p[4] === null);
    if (now) now[4] = at;
    delete this.byId.get(caseId)!.parts[org];
    this.latest.set(
      org,
      (this.latest.get(org) ?? []).filter((c) => c.id !== caseId),
    );
    return level;
  }
}
