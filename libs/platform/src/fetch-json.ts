import { Unavailable } from './errors';

/**
 * fetchJson asks another service and returns its JSON. Throws Unavailable when it does not answer within `timeoutMs` or
 * answers other than 2xx: for calls between our own parts, where a refusal is a fault of the installation.
 */
export async function fetchJson<T>(url: string, init: RequestInit, timeoutMs = 5_000): Promise<T> {
  let response: Response;
  try {
    response = await fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) });
  } catch {
    throw new Unavailable('service.unreachable', 'Another part of the system cannot be reached');
  }
  if (!response.ok) {
    await response.arrayBuffer().catch(() => undefined); // free the connection
    throw new Unavailable(`service.answered-${response.status}`, 'Another part of the system refused to answer');
  }
  return (await response.json()) as T;
}
