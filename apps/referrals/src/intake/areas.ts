import type { Tx } from '@concordat/messaging';
import { Injectable } from '@nestjs/common';

const KEPT_MS = 5_000;

/** Which organisation triages for an area, from this context's copy, remembered for a few seconds: intake asks every time. */
@Injectable()
export class Areas {
  private leads: ReadonlyMap<string, string> = new Map();
  private until = 0;

  /** The lead organisation of an area in use; undefined for any other. */
  async leadOf(tx: Tx, areaId: string): Promise<string | undefined> {
    const known = Date.now() < this.until ? this.leads.get(areaId) : undefined;
    if (known) return known;
    const rows = await tx.query<{ areaId: string; leadOrg: string }>(
      'SELECT area_id AS "areaId", lead_org AS "leadOrg" FROM area WHERE active',
      [],
      'areas-in-use',
    );
    this.leads = new Map(rows.map((r) => [r.areaId, r.leadOrg]));
    this.until = Date.now() + KEPT_MS;
    return this.leads.get(areaId);
  }
}
