/** Places of cases on an agenda that nobody has ordered: a case that was ordered stands between them. */
const FIRST = 0;
const ORDERED = 1_000;
const LAST = 1_000_000;

/**
 * Where a case is put when it is listed: with children first, so that children's agencies may then leave
 * (domain/risk-conferences.md §2.4). Within each the earlier referred comes first. Pure.
 */
export const placesOf = (order: 'children-first' | 'as-listed') => ({
  withChildren: order === 'children-first' ? FIRST : LAST,
  others: LAST,
});

/** The places of cases that somebody has put in an order of their own. */
export const orderedPlace = (index: number): number => ORDERED + index;

/** Whether ids are those of an agenda, each once: an order that lost a case would never hear it. */
export const isOrderOf = (ids: readonly string[], items: readonly { readonly id: string }[]): boolean =>
  ids.length === items.length && new Set(ids).size === ids.length && items.every(({ id }) => ids.includes(id));
