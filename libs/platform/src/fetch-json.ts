import { Unavailable } from './errors';

/** What a connection that was kept open ends with when whoever asks and whoever leaves are at it at the same moment. */
const CUT: ReadonlySet<unknown> = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

/**
 * fetchJson asks another service and returns its JSON. Throws Unavailable when it does not answer within `timeoutMs` or
 * answers other than 2xx: for calls between our own parts, where a refusal is a fault of the installation. What is asked MUST
 * be safe to ask twice, as a GET is and whatever has an Idempotency-Key: a service that leaves may end a kept connection just
 * when it is asked on it, and then it is asked once more, on another (RFC 9110 §9.2.2).
 */
export async function fetchJson<T>(url: string, init: RequestInit, timeoutMs = 5_000): Promise<T> {
  const signal = AbortSignal.timeout(timeoutMs);
  const ask = (): Promise<Response> => fetch(url, { ...init, signal });
  let response: Response;
  try {
    response = await ask().catch((error: unknown) => {
      if (!wasCut(error)) throw error;
      return ask();
    });
  } catch {
    throw new Unavailable('service.unreachable', 'Another part of the system cannot be reached');
  }
  if (!response.ok) {
    await response.arrayBuffer().catch(() => undefined); // free the connection
    throw new Unavailable(`service.answered-${response.status}`, 'Another part of the system refused to answer');
  }
  return (await response.json()) as T;
}

const wasCut = (error: unknown): boolean => CUT.has((error as { cause?: { code?: unknown } }).cause?.code);
