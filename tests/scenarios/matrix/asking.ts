import { newId } from '@concordat/contracts';
import type { Heard, Wire } from '../fuzz/wire';
import type { Told } from './expectation';
import type { Declared } from './operations';

/** What an operation is asked about: a record, and what it holds, by the names of their places in the path. */
export interface Asked {
  readonly id: string;
  readonly parts: Readonly<Record<string, string>>;
}

/**
 * Asks an operation about a record, from the version that it has: a conflict says which that is. A body is one that no
 * operation takes: what is wrong with it is told only to who may do what was asked, and nothing is changed by asking.
 */
export async function ask(
  wire: Wire,
  { method, path, takesBody }: Declared,
  { id, parts }: Asked,
  token: string | null,
): Promise<Told> {
  const [first = '', ...further] = path.split(/\{(\w+)\}/);
  const target = further.reduce(
    (so, part, i) => so + (i % 2 === 1 ? part : i === 0 ? id : (parts[part] ?? newId())),
    first,
  );
  const once = async (version: number): Promise<Told> => {
    const writes = method !== 'get' && method !== 'delete';
    const headers = {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(method === 'post' ? { 'idempotency-key': newId() } : {}),
      ...(method === 'get' ? {} : { 'if-match': `"${version}"` }),
      ...(writes ? { 'content-type': 'application/json' } : {}),
    };
    const body = writes ? Buffer.from(takesBody ? '{"noSuchField":true}' : '{}') : null;
    return toldBy(await wire.send({ method: method.toUpperCase(), target, headers, body, who: null }));
  };
  const told = await once(1);
  return told.currentVersion === null ? told : once(told.currentVersion);
}

function toldBy(heard: Heard | null): Told {
  if (!heard) throw new Error('no answer');
  const json = heard.type.includes('problem+json') ? (JSON.parse(heard.text) as Record<string, unknown>) : null;
  const { instance: _, correlationId: __, ...rest } = json ?? {};
  return {
    status: heard.status,
    code: (rest['code'] as string | undefined) ?? null,
    reasons: (rest['reasons'] as string[] | undefined) ?? [],
    currentVersion: (rest['currentVersion'] as number | undefined) ?? null,
    whole: json ? `${heard.status} ${JSON.stringify(rest)}` : `${heard.status}`,
  };
}
