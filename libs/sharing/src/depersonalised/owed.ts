import type { Quarter } from './drop';

/** A set as far as it says who owes it: kinds of agencies. */
export interface OwedSet {
  readonly code: string;
  readonly from: readonly string[];
}
/** A file that was checked, by the civil day on which it came. */
export interface CheckedFile {
  readonly set: string;
  readonly senderOrg: string;
  readonly on: string;
  readonly verdict: 'accepted' | 'refused';
}
/**
 * Where a set of a quarter stands: `sent` in time or `late`, by the first file that was accepted; `refused` when only files came that
 * may not be shared; `due` as long as there is time, and `missing` afterwards.
 */
export type OwedState = 'sent' | 'late' | 'refused' | 'due' | 'missing';
export interface Owed {
  readonly set: string;
  readonly orgId: string;
  readonly state: OwedState;
  /** The day of the first file that was accepted, or of the last that was refused; null without one. */
  readonly on: string | null;
}

/** owedIn is everything that was due for a quarter, set by set and organisation by organisation, and what became of it. Pure. */
export function owedIn(
  { dueOn }: Pick<Quarter, 'dueOn'>,
  sets: readonly OwedSet[],
  organisations: readonly { readonly id: string; readonly kind: string }[],
  files: readonly CheckedFile[],
  today: string,
): Owed[] {
  return sets.flatMap(({ code, from }) =>
    organisations
      .filter(({ kind }) => from.includes(kind))
      .map(({ id: orgId }): Owed => {
        const came = files
          .filter(({ set, senderOrg }) => set === code && senderOrg === orgId)
          .toSorted((a, b) => (a.on < b.on ? -1 : 1));
        const accepted = came.find(({ verdict }) => verdict === 'accepted');
        if (accepted) return { set: code, orgId, state: accepted.on > dueOn ? 'late' : 'sent', on: accepted.on };
        const refused = came.at(-1);
        if (refused) return { set: code, orgId, state: 'refused', on: refused.on };
        return { set: code, orgId, state: today > dueOn ? 'missing' : 'due', on: null };
      }),
  );
}
