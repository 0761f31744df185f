import type { Filters } from './worklist.dto';
import type { Found } from './conditions';

/** To plan a list takes as long as two or three such lists, and an agency's index and its order serve every caller alike. */
export const PLANNED_ONCE = 'SET LOCAL plan_cache_mode = force_generic_plan';

/** Except for what a search found, and for somebody's few out of their order, which are rather collected than looked for in it. */
export const isPlannedOnce = ({ assigned, sort }: Filters, found?: Found): boolean =>
  !found && (assigned === null || sort === 'due');

/** A connection keeps so many of these plans: people ask for few kinds of list, and a program could ask for any number. */
const KEPT = 60;
const names = new Map<string, string>();

/** The name under which the plan of `sql` is kept; none once there are enough of them. */
export function keptAs(sql: string): string | undefined {
  const known = names.get(sql);
  if (known || names.size >= KEPT) return known;
  const name = `list-referrals-${names.size}`;
  names.set(sql, name);
  return name;
}
