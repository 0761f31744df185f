import type { Tx } from '@concordat/messaging';
import type { ReviewKind } from '@concordat/packs';
import type { BoardPlace } from '../board';
import { labelOf, type Kinds } from '../kinds';
import { placesSeen } from './board.repository';

/** A place with the definition of its kind. */
export type KindPlace = BoardPlace & { readonly definition: ReviewKind };

/** Where the reviews that the caller may see stand, in words, each with its kind: a kind is read once, however many are of it. */
export async function placesIn(tx: Tx, kinds: Kinds, today: string): Promise<KindPlace[]> {
  const read = new Map<string, ReviewKind>();
  const places: KindPlace[] = [];
  for (const { kind, state } of await placesSeen(tx)) {
    const key = `${kind.code}@${kind.version}`;
    const definition = read.get(key) ?? (await kinds.of(tx, kind));
    read.set(key, definition);
    places.push({
      kind: { code: kind.code, version: kind.version, label: labelOf(definition, today) },
      ...{ state, stateTitle: definition.states.find(({ code }) => code === state)?.title ?? state },
      // As the board says of each review that its life is over: only steps that need a reason lead on from there.
      ended: !definition.transitions.some(({ from, reason }) => from === state && !reason),
      definition,
    });
  }
  return places;
}

/** The kind of a review among places. */
export function definitionAmong(places: readonly KindPlace[], kind: { code: string; version: number }): ReviewKind {
  return places.find((p) => p.kind.code === kind.code && p.kind.version === kind.version)!.definition;
}
