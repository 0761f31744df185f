import type { AgencyType } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import type { TypeOf } from './panel';

/** What kind of agency each organisation of the partnership is, as identity told. */
export async function agencyTypes(tx: Tx): Promise<ReadonlyMap<string, AgencyType>> {
  const rows = await tx.query<{ id: string; type: AgencyType }>(
    'SELECT org_id AS id, agency_type AS type FROM organisation WHERE active ORDER BY org_id',
    [],
    'agency-types',
  );
  return new Map(rows.map(({ id, type }) => [id, type]));
}

/** The same of all that there ever were: what an agency did is counted when it is closed too. */
export async function everyAgencyType(tx: Tx): Promise<TypeOf> {
  const rows = await tx.query<{ id: string; type: AgencyType }>(
    'SELECT org_id AS id, agency_type AS type FROM organisation ORDER BY org_id',
    [],
    'every-agency-type',
  );
  const types = new Map(rows.map(({ id, type }) => [id, type]));
  return (orgId) => types.get(orgId);
}

/** As rules ask for it. */
export async function typesOf(tx: Tx): Promise<TypeOf> {
  const types = await agencyTypes(tx);
  return (orgId) => types.get(orgId);
}
