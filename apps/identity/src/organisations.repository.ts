import type { AgencyType } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import { Injectable } from '@nestjs/common';
import type { Area, Organisation } from './organisation';

/** The registers of organisations and areas. */
@Injectable()
export class Organisations {
  all(tx: Tx): Promise<Organisation[]> {
    return tx.query<{ id: string; code: string; name: string; type: AgencyType; active: boolean }>(
      'SELECT id, code, name, agency_type AS type, active FROM organisation_detail ORDER BY name, id',
      [],
      'organisations',
    );
  }

  areas(tx: Tx): Promise<Area[]> {
    return tx.query<{ id: string; code: string; name: string; leadOrg: string; active: boolean }>(
      'SELECT id, code, name, lead_org AS "leadOrg", active FROM area_detail ORDER BY name, id',
      [],
      'areas',
    );
  }

  async save(tx: Tx, o: Organisation): Promise<void> {
    await tx.execute(
      `INSERT INTO organisation_detail (id, code, name, agency_type, active) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (id) DO UPDATE SET code = $2, name = $3, agency_type = $4, active = $5`,
      [o.id, o.code, o.name, o.type, o.active],
    );
  }

  async saveArea(tx: Tx, a: Area): Promise<void> {
    await tx.execute(
      `INSERT INTO area_detail (id, code, name, lead_org, active) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (id) DO UPDATE SET code = $2, name = $3, lead_org = $4, active = $5`,
      [a.id, a.code, a.name, a.leadOrg, a.active],
    );
  }
}
