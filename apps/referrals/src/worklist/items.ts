import { openStatuses } from '@concordat/contracts';
import type { About } from '@concordat/messaging';
import type { Item } from './worklist.repository';

/** itemsOf gives the lines as they are shown: whether a time has passed is said, not left to be worked out. Pure. */
export function itemsOf(items: readonly Omit<Item, 'keys'>[], now: Date) {
  return items.map(({ subjectId: _subjectId, dueAt, ...item }) => {
    const due = dueAt instanceof Date ? dueAt : null;
    const open = (openStatuses as readonly string[]).includes(item.status);
    return { ...item, dueAt: due, overdue: due !== null && open && now > due };
  });
}

/** namedIn says, for the audit entry, which referrals and whose names are shown. */
export function namedIn(items: readonly Item[]): About {
  return {
    objects: items.map(({ id, version }) => ({ t: 'referral' as const, id, ver: String(version) })),
    subjects: items.flatMap(({ subjectId }) => (subjectId ? [subjectId] : [])),
  };
}
