import { formatAsking, witnessedPath, type Asking, type PolicyWitness } from '@concordat/ledger';

/** What a witness said: its signature line, the size that it knows, or that it will not. */
export type Said =
  | { readonly what: 'cosigned'; readonly line: string }
  | { readonly what: 'knows'; readonly size: bigint }
  | { readonly what: 'refused'; readonly status: number };

const PATIENCE_MS = 5_000;
const MOST_CHARACTERS = 64 * 1024;

/** askWitness sends `POST <url>/add-checkpoint` (C2SP tlog-witness). Rejects when the witness cannot be reached in time. */
export async function askWitness(witness: PolicyWitness, asking: Asking): Promise<Said> {
  const response = await fetch(`${base(witness)}/add-checkpoint`, {
    method: 'POST',
    body: formatAsking(asking),
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const text = await textOf(response);
  if (response.status === 200) return { what: 'cosigned', line: text };
  if (response.status === 409 && /^(0|[1-9]\d{0,18})\n$/.test(text))
    return { what: 'knows', size: BigInt(text.trim()) };
  return { what: 'refused', status: response.status };
}

/** What a witness cosigned last for `origin`, as it shows it to monitors; undefined when that is nothing. */
export async function shownByWitness(witness: PolicyWitness, origin: string): Promise<string | undefined> {
  const response = await fetch(`${base(witness)}/${witnessedPath(origin)}`, {
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const text = await textOf(response);
  if (response.status === 404) return undefined;
  if (response.status !== 200) throw new Error(`the witness answered ${response.status}`);
  return text;
}

const base = ({ url = '' }: PolicyWitness): string => url.replace(/\/$/, '');

/** Read no further than a checkpoint can be long: a witness is another party's. */
async function textOf(response: Response): Promise<string> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const part of response.body ?? []) {
    text += decoder.decode(part as Uint8Array, { stream: true });
    if (text.length > MOST_CHARACTERS) throw new Error('the witness answered too much');
  }
  return text;
}
