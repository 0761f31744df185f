import type { Area, Me, Organisation } from '../apis/identity';

/**
 * The organisations whose members the visitor may administer: their own; and every one, when their own leads an area that
 * they cover, because small agencies have no administrator of their own. The identity service decides; this keeps back what
 * it would refuse. Pure.
 */
export function administered(
  { organisation, areas: covered }: Me,
  organisations: readonly Organisation[],
  areas: readonly Area[],
): readonly Organisation[] {
  const leads = areas.some(
    (area) => area.active !== false && area.leadOrg === organisation.id && covered.some(({ id }) => id === area.id),
  );
  return organisations.filter(({ id, active }) => id === organisation.id || (leads && active !== false));
}
