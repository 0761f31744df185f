import type { ResearchAnswer } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';

/** What an agency answered about the people of a case. */
export interface Research extends Record<string, unknown> {
  readonly orgId: string;
  readonly version: number;
  readonly answer: ResearchAnswer;
  readonly words: string;
  readonly informs: readonly string[];
  readonly late: boolean;
  readonly byId: string;
  readonly at: Date;
}

/** Research in a case on an agenda that the caller may see: their own agency's, and what others may show it. */
export const researchOf = (tx: Tx, itemId: string): Promise<Research[]> =>
  tx.query<Research>(
    `SELECT org_id AS "orgId", version, answer, words, informs, late, by_id AS "byId", at FROM research WHERE item_id = $1 ORDER BY at`,
    [itemId],
    'research',
  );

/** Who has answered, whatever they answered. */
export const researchReturned = (tx: Tx, itemId: string): Promise<{ orgId: string; late: boolean; at: Date }[]> =>
  tx.query<{ orgId: string; late: boolean; at: Date }>(
    'SELECT org_id AS "orgId", late, at FROM research_returned($1)',
    [itemId],
    'research-returned',
  );

/** What was decided about showing one's own research to the others. */
export interface Share extends Record<string, unknown> {
  readonly toOrg: string;
  readonly outcome: 'PERMIT' | 'DENY' | 'REVIEW';
  readonly reasons: readonly string[];
}
export const sharesFrom = (tx: Tx, itemId: string, orgId: string): Promise<Share[]> =>
  tx.query<Share>(
    `SELECT s.to_org AS "toOrg", s.outcome, s.reasons FROM research_share s JOIN research r ON r.item_id = s.item_id AND r.org_id = s.from_org
      WHERE s.item_id = $1 AND s.from_org = $2 AND s.research_version = r.version`,
    [itemId, orgId],
    'research-shares',
  );

export async function keepResearch(tx: Tx, itemId: string, r: Omit<Research, 'byId' | 'at'>): Promise<void> {
  await tx.execute(
    `INSERT INTO research (item_id, org_id, version, answer, words, informs, late, by_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (item_id, org_id) DO UPDATE SET version = $3, answer = $4, words = $5, informs = $6, late = $7, by_id = $8, at = $9`,
    [itemId, r.orgId, r.version, r.answer, r.words, r.informs, r.late, tx.actor.id, tx.now],
    'keep-research',
  );
}

export async function keepShare(
  tx: Tx,
  itemId: string,
  s: {
    fromOrg: string;
    toOrg: string;
    version: number;
    outcome: string;
    decisionId: string;
    isa: string | null;
    reasons: readonly string[];
  },
): Promise<void> {
  await tx.execute(
    `INSERT INTO research_share (item_id, from_org, to_org, research_version, outcome, decision_id, isa, reasons, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (item_id, from_org, to_org) DO UPDATE
       SET research_version = $4, outcome = $5, decision_id = $6, isa = $7, reasons = $8, at = $9`,
    [itemId, s.fromOrg, s.toOrg, s.version, s.outcome, s.decisionId, s.isa, s.reasons, tx.now],
    'keep-research-share',
  );
}

/** A case about which an agency has not said what it holds. */
export interface OwedResearch extends Record<string, unknown> {
  readonly id: string;
  readonly version: number;
  readonly caseId: string;
  readonly meetingId: string;
  readonly forumId: string;
  readonly subjectId: string;
  readonly heldOn: string;
  /** The civil day by which it is to be back. */
  readonly dueOn: string;
}
/** Cases of meetings whose agenda is issued, that the caller may see and about which their agency has not answered: the first due first. */
export const researchOwed = (tx: Tx, orgId: string): Promise<OwedResearch[]> =>
  tx.query<OwedResearch>(
    `SELECT i.id, i.version, i.case_id AS "caseId", m.id AS "meetingId", m.forum_id AS "forumId",
            standing_person(i.subject_id) AS "subjectId", m.held_on::text AS "heldOn", m.research_by::text AS "dueOn"
       FROM agenda_item i JOIN meeting m ON m.id = i.meeting_id
      WHERE m.state IN ('agenda-issued', 'in-session') AND i.state IN ('listed', 'open')
        AND NOT EXISTS (SELECT 1 FROM research x WHERE x.item_id = i.id AND x.org_id = $1)
      ORDER BY m.research_by, m.held_on, m.id, i.place, i.id LIMIT 500`,
    [orgId],
    'research-owed',
  );
