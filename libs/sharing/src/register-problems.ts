import { compareVersions, versionsById, type Agreement } from './agreement';
import type { Problem } from './problem';

/** One version among all: the agreement and version that a problem is about stand before its path. */
const problemOf = ({ id, version }: Agreement, path: string, code: string, message: string): Problem => ({
  path: `${id}@${version}.${path}`,
  code: `agreement.${code}`,
  message,
});

/**
 * registerProblems finds what is wrong between agreements, which no single one can show: a version given twice, versions of
 * which neither takes over from the other (a higher version must begin on a later day), and parents in a circle.
 */
export function registerProblems(agreements: readonly Agreement[]): Problem[] {
  const byId = versionsById(agreements);
  return [...byId.values()].flatMap((versions) => [...overlaps(versions), ...circles(versions, byId)]);
}

function overlaps(versions: readonly Agreement[]): Problem[] {
  const rising = [...versions].sort((a, b) => compareVersions(a.version, b.version));
  return rising.flatMap((one, index) => {
    const before = rising[index - 1];
    if (!before) return [];
    if (before.version === one.version) return [problemOf(one, 'version', 'version-duplicate', 'is there twice')];
    if (takesOver(before, one)) return [];
    return [problemOf(one, 'effectiveFrom', 'versions-overlap', `must be later than that of ${before.version}`)];
  });
}

/** A version that begins on a later day takes over from the one before it, or follows it after a gap. */
export const takesOver = (before: Agreement, after: Agreement): boolean => after.effectiveFrom > before.effectiveFrom;

function circles(versions: readonly Agreement[], byId: ReadonlyMap<string, readonly Agreement[]>): Problem[] {
  return versions
    .filter((one) => leadsBackTo(one.id, one, byId, new Set()))
    .map((one) => problemOf(one, 'parentId', 'parent-circular', 'leads back to this agreement'));
}

/** leadsBackTo follows a version's parent, in all the parent's versions, and tells whether `id` is among its ancestors. */
export function leadsBackTo(
  id: string,
  from: Agreement,
  byId: ReadonlyMap<string, readonly Agreement[]>,
  seen: Set<string>,
): boolean {
  const { parentId } = from;
  if (parentId === undefined || seen.has(parentId)) return false;
  if (parentId === id) return true;
  seen.add(parentId);
  return (byId.get(parentId) ?? []).some((version) => leadsBackTo(id, version, byId, seen));
}
