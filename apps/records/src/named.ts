import type { Peers } from '@concordat/platform';

/** What an agency or an area is called, by its id. */
export type NameOf = (id: string) => string;

interface Named {
  readonly id: string;
  readonly name: string;
}

/** namesAsked asks their owner what agencies and areas are called. Throws when it cannot be asked. */
export async function namesAsked(peers: Peers): Promise<NameOf> {
  const [{ organisations }, { areas }] = await Promise.all([
    peers.get<{ organisations: Named[] }>('records', 'identity', '/organisations'),
    peers.get<{ areas: Named[] }>('records', 'identity', '/areas'),
  ]);
  const known = new Map([...organisations, ...areas].map((each) => [each.id, each.name]));
  return (id) => known.get(id) ?? 'Not known';
}
