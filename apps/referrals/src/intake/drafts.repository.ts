import { isId } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import { COUNTED, countOf, Paging, type Count, type Page } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { GROUNDS } from '../grounds';
import type { NewReferral } from '../referrals.repository';
import { subjectName, type KeptContent } from './content';
import type { ReferralContentDto } from './content.dto';

/** A draft as its author's list shows it. */
export interface DraftItem {
  readonly id: string;
  readonly version: number;
  readonly pathway: string | null;
  readonly areaId: string | null;
  readonly subjectName: string | null;
  readonly createdAt: Date;
  readonly changedAt: Date;
}

const NEWEST_FIRST = {
  name: 'changed',
  keys: [
    { sql: 'r.changed_at', type: 'timestamptz' },
    { sql: 'r.id', type: 'uuid' },
  ],
  descending: true,
} as const;
const MINE = `r.status = 'draft' AND ${GROUNDS.author}`;

/** Drafts, which only their authors see. A draft is a referral that was not received yet: the row becomes the referral. */
@Injectable()
export class Drafts {
  /** start writes a new draft. False when there is a record under this id already. */
  async start(tx: Tx, id: string, content: ReferralContentDto): Promise<boolean> {
    const inserted = await tx.execute(
      `INSERT INTO referral (id, status, referring_org, referred_by, created_at, changed_at, pathway, area_id, subject_name, content)
       VALUES ($1, 'draft', $2, $3, $4, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING`,
      [id, tx.actor.orgId, tx.actor.id, tx.now, ...columnsOf(content)],
      'start-draft',
    );
    return inserted === 1;
  }

  async contentOf(tx: Tx, id: string): Promise<ReferralContentDto> {
    const [row] = await tx.query<{ content: ReferralContentDto }>(
      'SELECT content FROM referral WHERE id = $1',
      [id],
      'content-of-draft',
    );
    return row!.content;
  }

  async save(tx: Tx, id: string, version: number, content: ReferralContentDto): Promise<void> {
    await tx.execute(
      'UPDATE referral SET version = $2, changed_at = $3, pathway = $4, area_id = $5, subject_name = $6, content = $7 WHERE id = $1',
      [id, version, tx.now, ...columnsOf(content)],
      'save-draft',
    );
  }

  /** discard leaves a stub without content, so that asking again is answered as done. */
  async discard(tx: Tx, id: string): Promise<void> {
    await tx.execute(
      `UPDATE referral SET status = 'discarded', discarded_at = $2, changed_at = $2, content = '{}', subject_name = NULL WHERE id = $1`,
      [id, tx.now],
      'discard-draft',
    );
  }

  /** receive turns a draft into the referral that it became. */
  async receive(tx: Tx, r: NewReferral, version: number): Promise<void> {
    await tx.execute(
      `UPDATE referral SET version = $2, status = 'received', changed_at = $3, received_at = $3, reference = $4, pathway = $5, area_id = $6,
              receiving_org = $7, subject_name = $8, people = $9, content = $10, pack = $11, due_at = $12
        WHERE id = $1`,
      [
        r.id,
        version,
        r.receivedAt,
        r.reference,
        r.pathway,
        r.areaId,
        r.receivingOrg,
        r.subjectName,
        r.people,
        JSON.stringify(r.content),
        r.pack,
        r.dueAt ?? 'infinity',
      ],
      'receive-draft',
    );
  }

  /** The caller's own drafts, the last saved first. */
  async list(tx: Tx, limit: number, cursor: string | undefined): Promise<Page<DraftItem> & { count: Count }> {
    const paging = new Paging(NEWEST_FIRST, limit, cursor);
    const mine = [tx.actor.orgId, tx.actor.id];
    const rows = await tx.query<DraftItem & { keys: string[] }>(
      `SELECT r.id, r.version, r.pathway, r.area_id AS "areaId", r.subject_name AS "subjectName", r.created_at AS "createdAt",
              r.changed_at AS "changedAt", ${paging.keys()}
         FROM referral r WHERE ${MINE} AND ${paging.where(3)} ORDER BY ${paging.order()} LIMIT ${limit + 1}`,
      [...mine, ...paging.params],
    );
    const [counted] = await tx.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM (SELECT 1 FROM referral r WHERE ${MINE} LIMIT ${COUNTED + 1}) counted`,
      mine,
    );
    return { ...paging.page(rows), count: countOf(counted?.n ?? 0) };
  }
}

/** What a list shows of a draft, as far as it is there. */
const columnsOf = (content: ReferralContentDto): unknown[] => [
  content.pathway ?? null,
  isId(content.area) ? content.area : null,
  subjectName(content as KeptContent),
  JSON.stringify(content),
];
