import type { ActRecorded } from '@concordat/contracts';

/** What every detail says, whatever it is about: how an act came to us, and under which agreement something went; nothing of what it was about. */
const OF_EVERY_ACT = ['method', 'path', 'address', 'disclosure'];
const RECORDS: readonly string[] = ['case', 'referral', 'person'];

/**
 * isToBeDestroyed says whether the detail of an act that mentions an erased record goes with it. It does when the act was about
 * nothing else; and when the detail says more than ids, for a search term or a value of before may be what was erased. What
 * only lists ids, of others too, stays, or the erasure of one would take the proof of what was done to the others. Pure.
 */
export function isToBeDestroyed(
  { act, detail }: { act: Pick<ActRecorded, 'subjects' | 'objects'>; detail: Record<string, unknown> },
  erased: ReadonlySet<string>,
): boolean {
  const records = [...act.subjects, ...act.objects.filter((o) => RECORDS.includes(o.t)).map((o) => o.id)];
  return records.every((id) => erased.has(id)) || Object.keys(detail).some((key) => !OF_EVERY_ACT.includes(key));
}
