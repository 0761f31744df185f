import { kindOfAction } from '@concordat/contracts';
import type { LookedBack } from '../../apis/access';
import type { TrailItem } from '../../apis/audit';
import { wordsOf } from '../../design/filters';
import { GROUNDS } from '../grounds';

type Spans = LookedBack['items'][number]['spans'];

/** Things of one kind that an act put before somebody: each by its id and the version that it had then. */
export interface ShownKind {
  readonly kind: string;
  readonly things: readonly { readonly t: string; readonly id: string; readonly version: string | null }[];
}

/**
 * shownBy says what an act put before whoever did it: the things that it names, in the versions that they had, by kind, people
 * first. What was refused, and what only changed something, put nothing before anybody. Pure.
 */
export function shownBy(item: Pick<TrailItem, 'action' | 'outcome' | 'subjects' | 'objects'>): readonly ShownKind[] {
  const kind = item.action === null ? null : kindOfAction(item.action);
  if (item.outcome !== 'done' || kind === null || kind === 'changed') return [];
  const people = item.subjects.map((id) => ({ t: 'person', id, version: null }));
  const seen = new Set(item.subjects);
  const things = item.objects.flatMap((o) => (seen.has(o.id) ? [] : [{ t: o.t, id: o.id, version: o.ver ?? null }]));
  const kinds = new Map<string, ShownKind['things'][number][]>();
  for (const thing of [...people, ...things]) kinds.set(thing.t, [...(kinds.get(thing.t) ?? []), thing]);
  return [...kinds].map(([t, of]) => ({ kind: wordsOf(t), things: of }));
}

/** groundAt is by what they could see a case at the instant of an act, in words; null when by nothing. Pure. */
export function groundAt(spans: Spans, at: string): string | null {
  const instant = new Date(at).getTime();
  const span = spans.find((s) => new Date(s.from).getTime() <= instant && instant < new Date(s.to).getTime());
  return span ? (GROUNDS[span.ground] ?? span.ground) : null;
}
