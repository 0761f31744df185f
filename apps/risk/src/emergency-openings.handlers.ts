import { GlassBroken, GlassEnded, type Received } from '@concordat/contracts';
import { On, type Tx } from '@concordat/messaging';
import { Injectable } from '@nestjs/common';

/** Keeps a copy of which case is open to whom in an emergency: they read its assessments as they read the case. */
@Injectable()
export class EmergencyOpenings {
  @On(GlassBroken)
  async broken({ data: g }: Received<GlassBroken>, tx: Tx): Promise<void> {
    await tx.execute(
      `INSERT INTO open_glass (use_id, case_id, user_id, org_id, ground, until) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (use_id) DO NOTHING`,
      [g.useId, g.caseId, g.userId, g.orgId, g.ground, g.until],
    );
  }

  @On(GlassEnded)
  async ended({ data }: Received<GlassEnded>, tx: Tx): Promise<void> {
    await tx.execute('DELETE FROM open_glass WHERE use_id = $1', [data.useId]);
  }
}
