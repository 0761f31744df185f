import type { Role } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import { Injectable } from '@nestjs/common';
import type { Membership, Standing } from './membership';
import type { DecidedBy } from './organisation';

/** A person or system account, without what they may do. */
export interface Staff {
  readonly userId: string;
  readonly username: string;
  readonly subject: string;
  readonly name: string;
  readonly kind: 'person' | 'system';
}

/** What the directory says of somebody's place in an organisation. */
export interface Place extends Standing {
  readonly jobTitle: string | null;
}

export interface StaffMember extends Staff, Membership, Place {
  readonly roles: readonly Role[];
  readonly decidedBy: DecidedBy;
}

const COLUMNS = `m.user_id AS "userId", m.org_id AS "orgId", m.roles, m.areas, m.active, m.may_receive AS "mayReceive", m.version`;
const MEMBER = `${COLUMNS}, m.job_title AS "jobTitle", m.team, m.manager, m.decided_by AS "decidedBy", s.username, s.subject, s.name, s.kind`;

/** Staff and their memberships. */
@Injectable()
export class Memberships {
  async find(
    tx: Tx,
    userId: string,
    orgId: string,
  ): Promise<(Membership & Standing & { subject: string }) | undefined> {
    const rows = await tx.query<Membership & Standing & { subject: string }>(
      `SELECT ${COLUMNS}, m.team, m.manager, s.subject FROM membership m JOIN staff s USING (user_id) WHERE m.user_id = $1 AND m.org_id = $2 FOR UPDATE OF m`,
      [userId, orgId],
      'membership',
    );
    return rows[0];
  }

  async staff(tx: Tx, userId: string): Promise<Staff | undefined> {
    const rows = await tx.query<Staff & Record<string, unknown>>(
      'SELECT user_id AS "userId", username, subject, name, kind FROM staff WHERE user_id = $1',
      [userId],
    );
    return rows[0];
  }

  /** Whether another account has this username or subject; which of the two. */
  async taken(tx: Tx, staff: Staff): Promise<'username' | 'subject' | null> {
    const rows = await tx.query<{ username: string }>(
      'SELECT username FROM staff WHERE user_id <> $1 AND (username = $2 OR subject = $3)',
      [staff.userId, staff.username, staff.subject],
    );
    if (rows.length === 0) return null;
    return rows.some((r) => r.username === staff.username) ? 'username' : 'subject';
  }

  members(tx: Tx, orgId: string): Promise<StaffMember[]> {
    return tx.query<StaffMember & Record<string, unknown>>(
      `SELECT ${MEMBER} FROM membership m JOIN staff s USING (user_id) WHERE m.org_id = $1 ORDER BY s.name, m.user_id`,
      [orgId],
      'members-of-organisation',
    );
  }

  byIds(tx: Tx, userIds: readonly string[]): Promise<StaffMember[]> {
    return tx.query<StaffMember & Record<string, unknown>>(
      `SELECT ${MEMBER} FROM membership m JOIN staff s USING (user_id) WHERE m.user_id = ANY($1) ORDER BY s.name, m.user_id, m.org_id`,
      [userIds],
      'members-by-id',
    );
  }

  everybody(tx: Tx): Promise<StaffMember[]> {
    return tx.query<StaffMember & Record<string, unknown>>(
      `SELECT ${MEMBER} FROM membership m JOIN staff s USING (user_id) ORDER BY s.name, m.user_id, m.org_id`,
    );
  }

  async byUsername(tx: Tx, username: string): Promise<StaffMember[]> {
    return tx.query<StaffMember & Record<string, unknown>>(
      `SELECT ${MEMBER} FROM membership m JOIN staff s USING (user_id) WHERE s.username = $1 ORDER BY m.org_id`,
      [username],
    );
  }

  async saveStaff(tx: Tx, s: Staff): Promise<void> {
    await tx.execute(
      `INSERT INTO staff (user_id, username, subject, name, kind, created_at) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (user_id) DO UPDATE SET username = $2, subject = $3, name = $4, kind = $5`,
      [s.userId, s.username, s.subject, s.name, s.kind, tx.now],
    );
  }

  /** save keeps a membership. Without `place`, what the directory says of it stays as it is. */
  async save(tx: Tx, m: Membership, decidedBy: DecidedBy, place?: Place): Promise<void> {
    await tx.execute(
      `INSERT INTO membership (user_id, org_id, roles, areas, active, may_receive, version, changed_at, decided_by, job_title, team, manager)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $11, $12, $13)
       ON CONFLICT (user_id, org_id) DO UPDATE SET roles = $3, areas = $4, active = $5, may_receive = $6, version = $7, changed_at = $8,
         decided_by = $9,
         job_title = CASE WHEN $10 THEN $11 ELSE membership.job_title END,
         team = CASE WHEN $10 THEN $12 ELSE membership.team END,
         manager = CASE WHEN $10 THEN $13::uuid ELSE membership.manager END`,
      [
        ...[m.userId, m.orgId, m.roles, m.areas, m.active, m.mayReceive, m.version, tx.now, decidedBy],
        ...[place !== undefined, place?.jobTitle ?? null, place?.team ?? null, place?.manager ?? null],
      ],
    );
  }
}
