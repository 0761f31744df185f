import { isId, recommendationLevels, recommendationSources, reviewActionStates } from '@concordat/contracts';
import type { TrackQuery } from '../apis/recommendations';

type Given = Readonly<Record<string, unknown>>;
const ONLY = ['overdue', 'mine', 'repeat', 'unanswered', 'to-answer'];

/** What of an address may be asked of the tracker. What is none of its words is left out. Pure. */
export function readTracked(given: Given): TrackQuery {
  const text = (name: string): string => (typeof given[name] === 'string' ? given[name].trim() : '');
  const of = (name: string, known: readonly string[]) => (known.includes(text(name)) ? { [name]: text(name) } : {});
  const id = (name: string) => (isId(text(name)) ? { [name]: text(name) } : {});
  return {
    ...{ ...id('review'), ...id('agency') },
    ...{ ...of('level', recommendationLevels), ...of('source', recommendationSources) },
    ...{ ...of('state', reviewActionStates), ...of('only', ONLY) },
    ...(/^[a-z0-9-]{1,64}$/.test(text('kind')) ? { kind: text('kind') } : {}),
    ...(text('theme') && text('theme').length <= 100 ? { theme: text('theme') } : {}),
    ...(text('cursor') && text('cursor').length <= 400 ? { cursor: text('cursor') } : {}),
  };
}

/** The address of the tracker with what is asked. */
export function trackerHref(query: TrackQuery, path = '/reviews/recommendations'): string {
  const pairs = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs).toString()}`;
}
