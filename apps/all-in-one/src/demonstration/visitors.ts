import { setTimeout as delay } from 'node:timers/promises';

/** What a visitor needs to know of an installation. */
export interface Reception {
  /** Where a path answers: `/api/referrals/…` → `http://127.0.0.1:3000/api/referrals/…`. */
  readonly urlOf: (path: string) => string;
  /** Token endpoint of the development identity provider. */
  readonly tokenUrl: string;
  /** Secret of the client `concordat-persona`. */
  readonly personaSecret: string;
}

/** An answer of the API. `body` is what JSON was in it, else its text. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
  readonly text: string;
}

export interface Refused {
  readonly code?: string;
  readonly errors?: readonly { readonly field: string; readonly code: string; readonly message: string }[];
}

export interface Sending {
  readonly body?: unknown;
  /** Idempotency-Key of a POST. */
  readonly key?: string;
  /** Sent as If-Match. */
  readonly version?: number;
}

/** Somebody of the demonstration partnership who uses the API. Never throws for a status. */
export interface Visitor {
  send(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, sending?: Sending): Promise<Answer>;
}

/** How long the platform may take to know a new member, or to be back after a restart. */
const PATIENCE_MS = 30_000;
/** Renewed well before the ten minutes that a token lives. */
const TOKEN_MS = 5 * 60_000;
/** The personas of the development identity provider as users of the API, each with a token of their own. */
export class Visitors {
  private readonly tokens = new Map<string, { readonly token: Promise<string>; readonly until: number }>();

  constructor(private readonly reception: Reception) {}

  /** Somebody who waits for a platform that starts, or that has lost a part, and then sends again under the same key. */
  as(username: string): Visitor {
    return { send: (method, path, sending) => this.patiently(() => this.once(username, method, path, sending)) };
  }

  /** Somebody who takes the first answer, and an exception when there is none. */
  asImpatient(username: string): Visitor {
    return { send: (method, path, sending) => this.once(username, method, path, sending) };
  }

  /** Repeats what met a platform that is starting; the same Idempotency-Key keeps it from happening twice. */
  private async patiently(attempt: () => Promise<Answer>): Promise<Answer> {
    const deadline = Date.now() + PATIENCE_MS;
    for (let wait = 25; ; wait = Math.min(wait * 2, 500)) {
      try {
        const answer = await attempt();
        if (!passes(answer) || Date.now() > deadline) return answer;
      } catch (error) {
        if (Date.now() > deadline) throw error;
      }
      await delay(wait);
    }
  }

  private async once(username: string, method: string, path: string, sending: Sending = {}): Promise<Answer> {
    const { body, key, version } = sending;
    const token = await this.tokenFor(username);
    const response = await fetch(this.reception.urlOf(path), {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(key === undefined ? {} : { 'idempotency-key': key }),
        ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(15_000),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: parsed(response, text) };
  }

  /** A token for a persona. Rejects with the provider's answer when it gives none. */
  tokenFor(username: string): Promise<string> {
    const kept = this.tokens.get(username);
    if (kept && kept.until > Date.now()) return kept.token;
    const token = this.signIn(username);
    this.tokens.set(username, { token, until: Date.now() + TOKEN_MS });
    token.catch(() => this.tokens.delete(username));
    return token;
  }

  private async signIn(persona: string): Promise<string> {
    const { tokenUrl, personaSecret } = this.reception;
    const response = await fetch(tokenUrl, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`concordat-persona:${personaSecret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'urn:concordat:params:oauth:grant-type:persona', persona }),
      signal: AbortSignal.timeout(15_000),
    });
    const answer = (await response.json()) as { access_token?: string; error?: string };
    if (!answer.access_token) throw new Error(`${persona} cannot sign in: ${response.status} ${answer.error}`);
    return answer.access_token;
  }
}

/** What passes by itself: members and areas arrive by events, and 503 says that something cannot be decided or kept now. */
function passes({ status, body }: Answer): boolean {
  const { code = '', errors = [] } = (body ?? {}) as Refused;
  if (status === 503) return true;
  if (status === 401) return code === 'member.unknown';
  return status === 422 && errors.length > 0 && errors.every((e) => e.code === 'area.unknown');
}

function parsed(response: Response, text: string): unknown {
  return /\bjson\b/.test(response.headers.get('content-type') ?? '') ? (JSON.parse(text) as unknown) : text;
}
