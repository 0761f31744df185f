import type { Entry } from '../../../apps/referrals/src/history';
import type { StoredReferral } from '../../../apps/referrals/src/referrals.repository';
import type { Clock } from './clock';
import type { Cell, Copying } from './copy';
import type { Staff } from './partnership';
import { rowsOf, strings, type Answers } from './statements';

/** A referral as its row says it, while something may still happen to it. */
export type Ref = { -readonly [K in keyof StoredReferral]: StoredReferral[K] } & {
  status: string;
  content: Record<string, unknown>;
  pack: string;
  colour: string | null;
  colourRank: number;
  assignedTo: string | null;
  entries: Entry[];
};

interface Access {
  readonly caseId: string;
  readonly orgId: string;
  readonly row: readonly unknown[];
}

/** The referrals context's tables, as far as its services ask for them: what may still change is here, the rest is written. */
export class ReferralsMemory {
  readonly live = new Map<string, Ref>();
  /** Rows of case_access of cases that may still change. */
  private readonly accesses = new Map<string, Access>();
  /** Rows of referral_search, whose words are not complete before it is known who takes part; the words last. */
  private readonly found = new Map<string, { row: Cell[]; words: string[] }>();
  /** Blocks of serials that were taken. */
  blocks = 0n;
  private readonly rows;

  constructor(
    private readonly staff: Staff,
    copying: Copying,
    private readonly clock: Clock,
  ) {
    this.rows = {
      referral: copying.into(
        'referrals.referral',
        `id, version, status, referring_org, referred_by, created_at, changed_at, reference, pathway, area_id, receiving_org, received_at,
         subject_name, people, content, pack, entries, colour, colour_rank, due_at, assigned_to, case_id, clock, clock_version`,
      ),
      search: copying.into(
        'referrals.referral_search',
        'referral_id, received_at, reference, receiving_org, referring_org, referred_by, area_id, names, words',
      ),
      access: copying.into(
        'referrals.case_access',
        'case_id, org_id, level, restricted, since, until, apart, referral_id, received_at',
      ),
    };
  }

  /** Nothing more will happen to this referral, nor to who takes part in its case: its rows are written. */
  settle(id: string): void {
    const r = this.live.get(id);
    if (!r) return;
    this.live.delete(id);
    this.rows.referral(
      ...[r.id, r.version, r.status, r.referringOrg, r.referredBy, r.createdAt, r.changedAt, r.reference, r.pathway],
      ...[
        r.areaId,
        r.receivingOrg,
        r.receivedAt,
        r.subjectName,
        r.people,
        r.content,
        r.pack,
        JSON.stringify(r.entries),
      ],
      ...[r.colour, r.colourRank, r.dueAt instanceof Date ? r.dueAt : 'infinity', r.assignedTo, r.caseId, r.clock],
      r.clockVersion,
    );
    const apart: string[] = [];
    for (const org of r.caseId === null ? [] : this.staff.organisations) {
      const access = this.accesses.get(`${r.caseId}/${org}`);
      if (!access) continue;
      this.accesses.delete(`${r.caseId}/${org}`);
      const isApart = org !== r.receivingOrg && org !== r.referringOrg;
      if (isApart) apart.push(org);
      const referral = isApart ? [r.id, r.receivedAt] : [null, null];
      this.rows.access(...(access.row as string[]), isApart, ...referral);
    }
    const found = this.found.get(id);
    this.found.delete(id);
    if (!found) return;
    const words = [...found.words, ...apart.map((org) => `org:${org}`)];
    this.rows.search(...found.row, words.map((w) => `'${w}'`).join(' '));
  }

  private ref(id: string): Ref {
    const found = this.live.get(id);
    if (!found) throw new Error(`referral ${id} has been written already`);
    return found;
  }

  readonly answers: Answers = {
    named: {
      'reference-block': () => [{ n: String(1n + 100n * this.blocks++) }],
      'areas-in-use': () => [...this.staff.leads].map(([areaId, leadOrg]) => ({ areaId, leadOrg })),
      'receive-referral': (v) => this.receive(v),
      'referral-for-change': (v) => this.one(v[4]!),
      'visible-referral': (v) => {
        const [row] = this.one(v[4]!);
        const seen = row?.receivingOrg === v[0] || row?.referringOrg === v[0] || this.partOf(row, v[0]!);
        return row && seen ? [row] : [];
      },
      'accepted-referral': (v) => this.one(v[0]!),
      'append-to-referral': (v) => this.append(v),
      'may-receive': ([user, org, area]) => (this.staff.mayReceive(user!, org!, area!) ? [{}] : []),
      'referrals-to-index': ([ids]) => strings(ids).map((id) => ({ ...this.ref(id) })),
      'index-referrals': (v) => this.index(v),
      'fire-triage-clock': ([id, version]) => this.fire(id!, version!),
      'note-triage-clock': ([id, entry]) => {
        this.ref(id!).entries.push(...(JSON.parse(entry!) as Entry[]));
        return 1;
      },
    },
    texts: [
      [
        /^\s*INSERT INTO case_access/,
        (columns) => {
          const rows = rowsOf(columns);
          for (const row of rows) {
            const [caseId, orgId] = strings(row);
            this.accesses.set(`${caseId}/${orgId}`, { caseId: caseId!, orgId: orgId!, row });
          }
          return rows.length;
        },
      ],
    ],
  };

  private one(id: string): Ref[] {
    const found = this.live.get(id);
    return found ? [{ ...found, entries: [...found.entries] }] : [];
  }

  private partOf(row: Ref | undefined, org: string): boolean {
    const access = row?.caseId ? this.accesses.get(`${row.caseId}/${org}`) : undefined;
    return access !== undefined && access.row[5] === null && access.row[2] !== 'preview';
  }

  private receive(v: readonly never[]): number {
    const [id, referringOrg, referredBy, at, reference, pathway, areaId, receivingOrg, receivedAt] = v;
    const [subjectName, people, content, pack, dueAt] = v.slice(9);
    const row = {
      id,
      version: 1,
      status: 'received',
      referringOrg,
      referredBy,
      createdAt: at,
      changedAt: at,
      reference,
    };
    const rest = { pathway, areaId, receivingOrg, receivedAt, subjectName, people, pack, discardedAt: null };
    const state = { colour: null, colourRank: 0, assignedTo: null, caseId: null, clock: null, clockVersion: 0 };
    this.live.set(id!, {
      ...(row as unknown as Ref),
      ...(rest as object),
      ...state,
      content: JSON.parse(content!) as Record<string, unknown>,
      dueAt: (dueAt as unknown) === 'infinity' ? Infinity : dueAt!,
      entries: [],
    });
    return 1;
  }

  private append(v: readonly never[]): number {
    const [id, version, entry, status, colour, assignedTo, caseId, rank, due, clock, clockVersion, at] = v;
    const r = this.ref(id!);
    const was = { rank: r.colourRank, dueAt: r.dueAt };
    const dueAt = due === null ? was.dueAt : due === 'infinity' ? Infinity : new Date(due!);
    r.entries.push(...(JSON.parse(entry!) as Entry[]));
    const next = { version, status, colour, assignedTo, caseId, dueAt, clock, clockVersion, changedAt: at };
    Object.assign(r, next, { colourRank: rank ?? was.rank });
    return 1;
  }

  private index(v: readonly never[]): number {
    const [ids, at, references, receiving, referring, by, areas, names, words] = v as unknown as string[][];
    ids!.forEach((id, i) => {
      const orgs = [receiving![i]!, referring![i]!, by![i]!, areas![i]!];
      this.found.set(id, {
        row: [id, at![i]!, references![i]!, ...orgs, names![i]!],
        words: words![i]!.split(' '),
      });
    });
    return ids!.length;
  }

  private fire(id: string, version: number): readonly Ref[] {
    const r = this.live.get(id);
    const due = r?.dueAt instanceof Date && r.dueAt <= this.clock.now();
    if (!r || !due || r.clock !== 'pending' || r.clockVersion !== version) return [];
    r.clock = 'fired';
    return this.one(id);
  }
}
