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

/** As rules ask for it. */
export async function typesOf(tx: Tx): Promise<TypeOf> {
  const types = await agencyTypes(tx);
  return (orgId) => types.get(orgId);
}
