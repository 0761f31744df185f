import { newId, type ContextName } from '@concordat/contracts';
import { Injectable } from '@nestjs/common';
import { fetchJson } from './fetch-json';
import { traceHeaders } from './observing/tracing';
import { Tokens } from './tokens';

/** Calls to the other contexts, as the context that calls: authorised and audited there like anyone's (events.md P2). */
@Injectable()
export class Peers {
  constructor(
    private readonly urlOf: (context: ContextName) => string,
    private readonly tokens: Tokens,
  ) {}

  /** GET `/api/<to><path>` as the service `from`. Throws Unavailable when it cannot be had. */
  async get<T>(from: ContextName, to: ContextName, path: string, headers: Record<string, string> = {}): Promise<T> {
    const token = await this.tokens.service(from);
    return fetchJson<T>(`${this.urlOf(to)}/api/${to}${path}`, {
      headers: { ...headers, ...traceHeaders(), authorization: `Bearer ${token}` },
    });
  }

  /** POST `/api/<to><path>` as the service `from`. Asked again, it is a new request. Throws as `get`. */
  async ask<T>(
    from: ContextName,
    to: ContextName,
    path: string,
    body: object,
    headers: Record<string, string> = {},
  ): Promise<T> {
    const token = await this.tokens.service(from);
    return fetchJson<T>(`${this.urlOf(to)}/api/${to}${path}`, {
      method: 'POST',
      headers: {
        ...headers,
        ...traceHeaders(),
        ...{ authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': newId() },
      },
      body: JSON.stringify(body),
    });
  }
}
