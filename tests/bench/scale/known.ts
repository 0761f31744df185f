import type { Client } from 'pg';
import type { Staff } from '../population/partnership';

/** A referral of the population by what it can be found by. */
export interface Findable {
  readonly id: string;
  readonly reference: string;
  readonly given: string;
  readonly family: string;
  readonly phone: string | null;
}

/** What is known of the population beside what its API says: the right answers, looked up in the database before the run. */
export interface Known {
  /** Cases that a person may read, with the organisation through which. */
  readonly cases: readonly {
    readonly id: string;
    readonly org: string;
    readonly person: string;
    readonly referral: string;
  }[];
  readonly referrals: readonly Findable[];
  /** The first of each lead's lists: of what is open by time, and of what was signposted, oldest first. */
  readonly firstOpen: Readonly<Record<string, string>>;
  readonly firstSignposted: Readonly<Record<string, string>>;
  /** The people who did most, whose trails are longest, and some others. */
  readonly users: readonly string[];
}

const SAMPLE = 3_000;
/** What is overdue already stays first, whatever comes in during the run. */
const OVERDUE = `status IN ('received', 'rated', 'information-requested', 'returned', 'reopened') AND due_at < now()`;

/**
 * look finds out what the answers must be. `leads` are who asks for worklists; `orgs` those whose staff read cases, of which
 * none is one that they were let into: the population has no agreements.
 */
export async function look(
  client: Client,
  staff: Staff,
  leads: readonly string[],
  orgs: readonly string[],
): Promise<Known> {
  const many = async <R extends object>(sql: string, ...values: unknown[]): Promise<R[]> =>
    (await client.query<R>(sql, values)).rows;
  const first = async (where: string, order: string): Promise<Record<string, string>> => {
    const found: Record<string, string> = {};
    for (const name of leads) {
      const { orgId, areas } = staff.named(name);
      const [row] = await many<{ id: string }>(
        `SELECT id FROM referrals.referral WHERE receiving_org = $1 AND area_id = ANY ($2) AND ${where} ORDER BY ${order}, id LIMIT 1`,
        ...[orgId, areas],
      );
      if (row) found[name] = row.id;
    }
    return found;
  };
  const lead = staff.named(leads[0]!);
  return {
    cases: await many(
      `SELECT c.id, c.referral_id AS referral, p.org_id AS org, (SELECT person_id FROM records.case_person WHERE case_id = c.id AND place = 1) AS person
         FROM records.case_file c JOIN records.participation p ON p.case_id = c.id AND p.until IS NULL
        WHERE p.org_id = ANY ($1) AND p.level <> 'preview' AND (p.sharing IS NULL OR p.level = 'lead') ORDER BY random() LIMIT ${SAMPLE}`,
      orgs,
    ),
    referrals: await many(
      `SELECT id, reference, content #>> '{people,0,name,given}' AS given, content #>> '{people,0,name,family}' AS family,
              content #>> '{people,0,phones,0}' AS phone
         FROM referrals.referral WHERE receiving_org = $1 AND area_id = ANY ($2) ORDER BY random() LIMIT ${SAMPLE}`,
      ...[lead.orgId, lead.areas],
    ),
    firstOpen: await first(OVERDUE, 'due_at'),
    firstSignposted: await first(`status = 'signposted'`, 'received_at'),
    users: (
      await many<{ id: string }>(
        `SELECT referred_by AS id FROM referrals.referral GROUP BY 1 ORDER BY count(*) DESC LIMIT 20`,
      )
    )
      .map((r) => r.id)
      .concat(leads.map((name) => staff.named(name).id)),
  };
}
