/** The same ids with one a place earlier or later; as they were when it is at the end already. */
export function moved(ids: readonly string[], id: string, by: -1 | 1): string[] {
  const at = ids.indexOf(id);
  const to = at + by;
  if (at < 0 || to < 0 || to >= ids.length) return [...ids];
  const next = [...ids];
  [next[at], next[to]] = [next[to]!, next[at]!];
  return next;
}

/** Places that a form asks for: an order that rows were dragged to, one row to the top, or one a place up or down. */
export interface Asked {
  readonly order: readonly string[];
  readonly top?: string | undefined;
  readonly up?: string | undefined;
  readonly down?: string | undefined;
}
/** The order that is asked for, or null when none is. */
export function orderAsked(ids: readonly string[], { order, top, up, down }: Asked): string[] | null {
  if (order.length > 0) return [...order];
  if (top !== undefined) return ids.includes(top) ? [top, ...ids.filter((id) => id !== top)] : [...ids];
  if (up !== undefined) return moved(ids, up, -1);
  return down === undefined ? null : moved(ids, down, 1);
}
