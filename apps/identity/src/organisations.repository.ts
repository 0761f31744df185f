import type { Tx } from '@concordat/messaging';
import { Injectable } from '@nestjs/common';
import type { Area, DecidedBy, Organisation } from './organisation';

/** The registers of organisations and areas. */
@Injectable()
export class Organisations {
  all(tx: Tx): Promise<Registered<Organisation>[]> {
    return tx.query<Registered<Organisation> & Record<string, unknown>>(
      `SELECT id, code, name, agency_type AS type, active, version, decided_by AS "decidedBy" FROM organisation_detail ORDER BY name, id`,
      [],
      'organisations',
    );
  }

  areas(tx: Tx): Promise<Registered<Area>[]> {
    return tx.query<Registered<Area> & Record<string, unknown>>(
      `SELECT id, code, name, lead_org AS "leadOrg", active, version, decided_by AS "decidedBy" FROM area_detail ORDER BY name, id`,
      [],
      'areas',
    );
  }

  async save(tx: Tx, o: Organisation, decidedBy: DecidedBy): Promise<void> {
    await tx.execute(
      `INSERT INTO organisation_detail (id, code, name, agency_type, active, version, decided_by) VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (id) DO UPDATE SET code = $2, name = $3, agency_type = $4, active = $5, version = $6, decided_by = $7`,
      [o.id, o.code, o.name, o.type, o.active, o.version, decidedBy],
    );
  }

  async saveArea(tx: Tx, a: Area, decidedBy: DecidedBy): Promise<void> {
    await tx.execute(
      `INSERT INTO area_detail (id, code, name, lead_org, active, version, decided_by) VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (id) DO UPDATE SET code = $2, name = $3, lead_org = $4, active = $5, version = $6, decided_by = $7`,
      [a.id, a.code, a.name, a.leadOrg, a.active, a.version, decidedBy],
    );
  }

  /** How many people are members of each organisation, and how many of them cover each area. Systems are not counted. */
  seats(tx: Tx): Promise<{ orgId: string; areaId: string | null; members: number }[]> {
    return tx.query<{ orgId: string; areaId: string | null; members: number }>(
      `SELECT m.org_id AS "orgId", a.id AS "areaId", count(*)::int AS members
         FROM membership m JOIN staff s USING (user_id) CROSS JOIN LATERAL (SELECT NULL::uuid AS id UNION ALL SELECT unnest(m.areas)) a
        WHERE m.active AND s.kind = 'person' GROUP BY 1, 2 ORDER BY 1, 2`,
      [],
      'seats-of-organisations',
    );
  }
}

/** A record of a register, with who decided it last. */
export type Registered<T> = T & { readonly decidedBy: DecidedBy };
