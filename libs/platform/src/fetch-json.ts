import { Unavailable } from './errors';

/** What a connection that was kept open ends with when whoever asks and whoever leaves are at it at the same moment. */
const CUT: ReadonlySet<unknown> = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

/**
 * fetchAgain asks as `fetch` does, and once more on another connection when the first was cut off before an answer: a service
 * that leaves may end a kept connection just when it is asked on it. What is asked MUST be safe to ask twice, as a GET is and
 * whatever has an Idempotency-Key (RFC 9110 §9.2.2). Both together are given as long as `init.signal` gives.
 */
export function fetchAgain(url: string, init: RequestInit): Promise<Response> {
  // Who answers is who was asked: neither a token nor what is sent follows a redirect elsewhere.
  const ask = () => fetch(url, { redirect: 'error', ...init });
  return ask().catch((error: unknown) => {
    if (!CUT.has((error as { cause?: { code?: unknown } }).cause?.code)) throw error;
    return ask();
  });
}

/**
 * fetchJson asks another service, as `fetchAgain` does, and returns its JSON. Throws Unavailable when it does not answer within
 * `timeoutMs` or answers other than 2xx: for calls between our own parts, where a refusal is a fault of the installation.
 */
export async function fetchJson<T>(url: string, init: RequestInit, timeoutMs = 5_000): Promise<T> {
  let response: Response;
  try {
    response = await fetchAgain(url, { ...init, signal: AbortSignal.timeout(timeoutMs) });
  } catch {
    throw new Unavailable('service.unreachable', 'Another part of the system cannot be reached');
  }
  if (!response.ok) {
    await response.arrayBuffer().catch(() => undefined); // free the connection
    throw new Unavailable(`service.answered-${response.status}`, 'Another part of the system refused to answer');
  }
  return (await response.json()) as T;
}
