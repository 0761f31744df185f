import type { Tx } from '@concordat/messaging';
import { NotFound } from '@concordat/platform';
import type { Decision, GivenAnswer } from '@concordat/sharing';
import type { Question } from '../question';

const COLUMNS = `q.id, q.version, q.state, q.isa, q.reasons, q.decision_id AS "decisionId", q.sender, q.asked_by AS "askedBy",
  q.asked_org AS "askedOrg", q.asked_at AS "askedAt", q.answered_by AS "answeredBy", q.answered_at AS "answeredAt", q.ground, q.reason,
  q.answer_id AS "answerId", q.holds_until::text AS "holdsUntil", q.review_by AS "reviewBy", q.account, q.authoriser,
  q.authorised, q.authorised_at AS "authorisedAt", q.authorised_note AS "authorisedNote"`;
const MINE = 'q.asked_by = acting_user() AND q.asked_org = acting_org()';
const NEWS = `(${MINE} AND q.state <> 'open' AND q.seen_at IS NULL)`;
const AT_MOST = 100;

/** What people have answered about a matter under any agreement, as far as it holds on a civil day in London. */
export async function answersTo(tx: Tx, matter: string, today: string): Promise<GivenAnswer[]> {
  const rows = await tx.query<Omit<GivenAnswer, 'answer'> & { state: string }>(
    'SELECT id, state, isa, reasons, answered_at AS "answeredAt" FROM answers_to($1, $2)',
    [matter, today],
    'answers-to-matter',
  );
  return rows.map(({ state, ...row }) => ({ ...row, answer: state === 'allowed' ? 'allow' : 'refuse' }));
}

/** Asks a person, unless the same is being asked already. True when it is a new question. */
export async function openQuestion(tx: Tx, matter: string, q: Question): Promise<boolean> {
  const opened = await tx.execute(
    `INSERT INTO question (id, state, matter, isa, reasons, decision_id, sender, asked_by, asked_org, asked_at, emergency, review_by,
        account, authoriser)
     VALUES ($1, 'open', $2, $3, $4, $5, $6, $7, $8, $9, $10::timestamptz IS NOT NULL, $10, $11, $12)
         ON CONFLICT (matter) WHERE state = 'open' DO NOTHING`,
    [
      ...[q.id, matter, q.isa, q.reasons, q.decisionId, q.sender, q.askedBy, q.askedOrg, q.askedAt],
      ...[q.reviewBy, q.account, q.authoriser],
    ],
    'open-question',
  );
  return opened > 0;
}

export interface ListedQuestion extends Question {
  readonly purpose: string;
  readonly recipients: readonly string[];
  readonly items: readonly string[];
  /** Whether it is the review of an emergency. */
  readonly mode: Decision['mode'];
  readonly news: boolean;
}

/** Those to be answered by the caller's organisation, the oldest first; or those that the caller asked, the newest first. */
export function questionsIn(tx: Tx, box: 'to-answer' | 'asked'): Promise<ListedQuestion[]> {
  const where = box === 'asked' ? MINE : "q.state = 'open' AND q.sender = acting_org()";
  return tx.query<ListedQuestion & Record<string, unknown>>(
    `SELECT ${COLUMNS}, d.recipients, d.request ->> 'purpose' AS purpose, d.request -> 'items' AS items, d.decision ->> 'mode' AS mode, ${NEWS} AS news
       FROM question q JOIN decision d ON d.id = q.decision_id WHERE ${where}
      ORDER BY q.asked_at ${box === 'asked' ? 'DESC' : 'ASC'}, q.id LIMIT ${AT_MOST}`,
    [],
    `questions-${box}`,
  );
}

/** Throws NotFound for whoever neither asked it nor governs where it would come from. */
export async function visibleQuestion(tx: Tx, id: string): Promise<Question> {
  const rows = await tx.query<Question & Record<string, unknown>>(
    `SELECT ${COLUMNS} FROM question q WHERE q.id = $1`,
    [id],
    'question-by-id',
  );
  if (!rows[0]) throw new NotFound('question');
  return rows[0];
}

export async function replaceQuestion(tx: Tx, q: Question): Promise<void> {
  await tx.execute(
    `UPDATE question SET state = $2, version = $3, answered_by = $4, answered_at = $5, ground = $6, reason = $7, answer_id = $8, holds_until = $9,
            authorised = $10, authorised_at = $11, authorised_note = $12
      WHERE id = $1`,
    [
      ...[q.id, q.state, q.version, q.answeredBy, q.answeredAt, q.ground, q.reason, q.answerId, q.holdsUntil],
      ...[q.authorised, q.authorisedAt, q.authorisedNote],
    ],
    'replace-question',
  );
}

/** Whoever asked has looked at the answer. */
export async function markAnswerSeen(tx: Tx, id: string): Promise<void> {
  await tx.execute(`UPDATE question q SET seen_at = $2 WHERE q.id = $1 AND ${NEWS}`, [id, tx.now], 'answer-seen');
}
