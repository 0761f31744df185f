import type { ContextName } from '@concordat/contracts';
import type * as platform from '@concordat/platform';
import type { Running } from '@concordat/platform';
import { randomUUID } from 'node:crypto';

/** What came back. `body` is parsed JSON where it is JSON, else text; null when there is none. */
export interface Answer<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

export interface CallOptions {
  /** The version that a change is made from: sent as If-Match. */
  readonly version?: number;
  /** The Idempotency-Key of a POST; a fresh one unless given. `null` sends none. */
  readonly key?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Calls the process under test as somebody. Paths start at the root: `/api/referrals/counts`. Never throws for a status.
 * `T` is what a test believes the body to be; the default lets it look at anything.
 */
export interface Caller {
  // A test states what it expects by looking at it.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  get<T = any>(path: string, options?: CallOptions): Promise<Answer<T>>;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  post<T = any>(path: string, body?: unknown, options?: CallOptions): Promise<Answer<T>>;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  put<T = any>(path: string, body?: unknown, options?: CallOptions): Promise<Answer<T>>;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  patch<T = any>(path: string, body?: unknown, options?: CallOptions): Promise<Answer<T>>;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  delete<T = any>(path: string, options?: CallOptions): Promise<Answer<T>>;
}

/** Gets tokens from the process's own development identity provider and calls with them. */
export class Actors {
  private readonly tokens = new Map<string, Promise<string>>();

  constructor(private readonly running: Running) {}

  tokenFor(username: string): Promise<string> {
    const kept = this.tokens.get(username);
    if (kept) return kept;
    const token = personaToken(this.running, username);
    token.catch(() => this.tokens.delete(username));
    this.tokens.set(username, token);
    return token;
  }

  serviceToken(context: ContextName | 'web'): Promise<string> {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { Tokens } = require('@concordat/platform') as typeof platform; // late, as in app.ts
    return this.running.app.get(Tokens).service(context);
  }

  caller(token: () => Promise<string | null>): Caller {
    return callerAt(this.running.url, token);
  }
}

/** Calls whatever listens at an address, with whatever `token` gives each time; null for none. */
export function callerAt(url: string, token: () => Promise<string | null>): Caller {
  const send = async <T>(method: string, path: string, body: unknown, options: CallOptions = {}) => {
    const bearer = await token();
    const key = options.key === undefined ? randomUUID() : options.key;
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }),
        ...((method === 'POST' || (method.startsWith('P') && options.key)) && key !== null
          ? { 'idempotency-key': key }
          : {}),
        ...(options.version === undefined ? {} : { 'if-match': `"${options.version}"` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...options.headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      redirect: 'manual',
    });
    const text = await response.text();
    const json = /\bjson\b/.test(response.headers.get('content-type') ?? '');
    const parsed: unknown = text === '' ? null : json ? JSON.parse(text) : text;
    return { status: response.status, headers: response.headers, body: parsed as T };
  };
  return {
    get: (path, options) => send('GET', path, undefined, options),
    post: (path, body, options) => send('POST', path, body, options),
    put: (path, body, options) => send('PUT', path, body, options),
    patch: (path, body, options) => send('PATCH', path, body, options),
    delete: (path, options) => send('DELETE', path, undefined, options),
  };
}

/** A token for a persona of the demonstration partnership. Throws with the provider's answer when it gives none. */
export async function personaToken(
  running: Running,
  username: string,
  more: Readonly<Record<string, string>> = {},
): Promise<string> {
  const secret = running.process.secret('persona-client');
  const response = await fetch(`${running.url}/oidc/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`concordat-persona:${secret}`).toString('base64')}` },
    body: new URLSearchParams({
      grant_type: 'urn:concordat:params:oauth:grant-type:persona',
      persona: username,
      ...more,
    }),
  });
  const answer = (await response.json()) as { access_token?: string; error?: string };
  if (!answer.access_token) throw new Error(`no token for ${username}: ${response.status} ${answer.error}`);
  return answer.access_token;
}
