import type { Tx } from '@concordat/messaging';
import { Injectable } from '@nestjs/common';
import type { SearchReferralsDto } from './worklist.dto';
import type { Match } from './conditions';

/** A search as it was asked: its words, its filters, and how the index is looked into. */
export interface Search {
  readonly asked: SearchReferralsDto;
  readonly match: Match;
}

/** Searches are kept for whoever asked them, and nobody else, until they expire. */
@Injectable()
export class Searches {
  async keep(tx: Tx, id: string, search: Search, expiresAt: Date): Promise<void> {
    await tx.execute(
      'INSERT INTO search (id, user_id, org_id, asked, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)',
      [id, tx.actor.id, tx.actor.orgId, JSON.stringify(search), tx.now, expiresAt],
      'keep-search',
    );
  }

  /** The caller's own search, while it lasts. */
  async find(tx: Tx, id: string): Promise<Search | undefined> {
    const [row] = await tx.query<{ asked: Search }>(
      'SELECT asked FROM search WHERE id = $1 AND user_id = $2 AND org_id = $3 AND expires_at > $4',
      [id, tx.actor.id, tx.actor.orgId, tx.now],
      'find-search',
    );
    return row?.asked;
  }

  async removeExpired(tx: Tx): Promise<void> {
    await tx.execute('DELETE FROM search WHERE expires_at <= clock_timestamp()', [], 'remove-expired-searches');
  }
}
