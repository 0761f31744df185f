import type { Facts } from '@concordat/matching';
import type { Tx } from '@concordat/messaging';
import { NotFound } from '@concordat/platform';
import type { Contact, Permit } from '../disclosures';
import type { AskedPerson, KnownQuestionState } from '../known-question';
import type { Name, PersonDetails } from '../person';
import type { Sharing } from '../sharing.dto';

/** A question as it is kept. */
export interface KnownQuestion {
  readonly id: string;
  readonly version: number;
  readonly state: KnownQuestionState;
  readonly askedBy: string;
  readonly askedOrg: string;
  readonly askedAt: Date;
  readonly toOrg: string;
  readonly purpose: string;
  readonly consent: Sharing['consent'] | null;
  /** Agreements on which another system asked it, `id@version` or an id alone; none where any will do. */
  readonly policies: readonly string[];
  readonly pack: string;
  readonly who: AskedPerson | null;
  readonly forgetAt: Date;
  readonly permit: Permit | null;
  readonly decisionId: string;
  readonly isa: string | null;
  readonly reasons: readonly string[];
  readonly contact: Contact | null;
  readonly answeredAt: Date | null;
}

const COLUMNS = `q.id, q.version, q.state, q.asked_by AS "askedBy", q.asked_org AS "askedOrg", q.asked_at AS "askedAt", q.to_org AS "toOrg",
  q.purpose, q.consent, q.policies, q.pack, q.who, q.forget_at AS "forgetAt", q.permit, q.decision_id AS "decisionId", q.isa, q.reasons, q.contact,
  q.answered_at AS "answeredAt"`;
const AT_MOST = 100;
/** So many are compared at most, those first who share most. */
const COMPARED = 300;

/**
 * How often the caller and their agency have asked since a moment. Nobody else of the agency asks until the end of the unit of work,
 * so that no more is asked at once than may be.
 */
export async function askedSince(tx: Tx, moment: Date): Promise<{ byUser: number; byAgency: number }> {
  await tx.query(
    `SELECT pg_advisory_xact_lock(hashtextextended('known-question/' || $1, 0))`,
    [tx.actor.orgId],
    'lock-asking',
  );
  const [row] = await tx.query<{ byUser: number; byAgency: number }>(
    'SELECT by_user AS "byUser", by_agency AS "byAgency" FROM known_asked_since($1)',
    [moment],
    'asked-since',
  );
  return row!;
}

/** Whether there is an organisation of the partnership that could be asked. */
export async function isAgency(tx: Tx, orgId: string): Promise<boolean> {
  const rows = await tx.query('SELECT 1 FROM organisation WHERE org_id = $1 AND active', [orgId], 'asked-agency');
  return rows.length > 0;
}

export async function insertQuestion(tx: Tx, q: KnownQuestion): Promise<void> {
  await tx.execute(
    `INSERT INTO known_question (id, state, asked_by, asked_org, asked_at, to_org, purpose, consent, pack, who, forget_at, permit,
        decision_id, isa, reasons, policies) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [
      ...[q.id, q.state, q.askedBy, q.askedOrg, q.askedAt, q.toOrg, q.purpose, JSON.stringify(q.consent), q.pack],
      ...[JSON.stringify(q.who), q.forgetAt, q.permit && JSON.stringify(q.permit), q.decisionId, q.isa, q.reasons],
      q.policies,
    ],
    'insert-known-question',
  );
}

/** Replaces everything of a question that can change. */
export async function replaceQuestion(tx: Tx, q: KnownQuestion): Promise<void> {
  await tx.execute(
    `UPDATE known_question SET version = $2, state = $3, permit = $4, decision_id = $5, isa = $6, reasons = $7, contact = $8, answered_at = $9
      WHERE id = $1`,
    [
      ...[q.id, q.version, q.state, q.permit && JSON.stringify(q.permit), q.decisionId, q.isa, q.reasons],
      ...[q.contact && JSON.stringify(q.contact), q.answeredAt],
    ],
    'replace-known-question',
  );
}

/** Throws NotFound for whoever neither asked it nor governs at the agency that was asked. */
export async function visibleQuestion(tx: Tx, id: string): Promise<KnownQuestion> {
  const [row] = await tx.query<KnownQuestion & Record<string, unknown>>(
    `SELECT ${COLUMNS} FROM known_question q WHERE q.id = $1`,
    [id],
    'known-question-by-id',
  );
  if (!row) throw new NotFound('known-question');
  return row;
}

/** By which permission it was answered. */
export async function permitOf(tx: Tx, id: string): Promise<KnownQuestion['permit']> {
  const [row] = await tx.query<Pick<KnownQuestion, 'permit'> & Record<string, unknown>>(
    'SELECT permit FROM known_question WHERE id = $1',
    [id],
    'permit-of-known-question',
  );
  return row?.permit ?? null;
}

/** Those that the caller asked, or those that their agency was asked. */
export function questionsIn(tx: Tx, box: 'asked' | 'received'): Promise<KnownQuestion[]> {
  const where =
    box === 'asked' ? 'q.asked_by = acting_user() AND q.asked_org = acting_org()' : 'q.to_org = acting_org()';
  return tx.query<KnownQuestion & Record<string, unknown>>(
    `SELECT ${COLUMNS} FROM known_question q WHERE ${where} ORDER BY q.asked_at DESC, q.id LIMIT ${AT_MOST}`,
    [],
    `known-questions-${box}`,
  );
}

/** People of the agency that was asked who share a key, none of them in a restricted case; none before a decision permits it. */
export function candidatesFor(
  tx: Tx,
  id: string,
  keys: readonly string[],
): Promise<{ personId: string; facts: Facts }[]> {
  return tx.query<{ personId: string; facts: Facts }>(
    `SELECT person_id AS "personId", facts FROM known_candidates($1, $2, ${COMPARED})`,
    [id, keys],
    'known-candidates',
  );
}

export async function keepMatches(tx: Tx, id: string, found: readonly { id: string; band: string }[]): Promise<void> {
  await tx.query(
    'SELECT keep_known_matches($1, $2, $3)',
    [id, found.map((f) => f.id), found.map((f) => f.band)],
    'keep-known-matches',
  );
}

/** Somebody of the agency that was asked who may be meant, as those who decide about it there see them. */
export interface MatchShown {
  readonly id: string;
  readonly band: string;
  readonly name: Name | null;
  readonly births: PersonDetails['datesOfBirth'] | null;
  readonly cases: readonly { readonly id: string; readonly reference: string }[];
}
export const matchesShown = (tx: Tx, id: string): Promise<MatchShown[]> =>
  tx.query<MatchShown & Record<string, unknown>>(
    `SELECT id, band, name - 'source' AS name, births, coalesce(cases, '[]') AS cases FROM known_matches($1)`,
    [id],
    'known-matches',
  );

/** The ids of the same, for what is put on record by a clock or an event. */
export async function matchedPeople(tx: Tx, id: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    'SELECT person_id AS id FROM known_match WHERE question_id = $1 ORDER BY person_id',
    [id],
    'matched-people',
  );
  return rows.map((r) => r.id);
}

/** Whom questions were about, where their time is up. */
export async function forgetAsked(tx: Tx): Promise<void> {
  await tx.execute(
    'UPDATE known_question SET who = NULL WHERE who IS NOT NULL AND forget_at <= clock_timestamp()',
    [],
    'forget-asked',
  );
}
