import type { ContextName } from '@concordat/contracts';
import {
  fetchAgain,
  Conflict,
  Forbidden,
  IllegalTransition,
  Invalid,
  NotFound,
  Problem,
  RuleBroken,
  SETTINGS,
  TooMany,
  SignInAgain,
  Unauthenticated,
  Unavailable,
  Unreadable,
  type ProblemDetails,
  type Settings,
  traceHeaders,
} from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';

/** On whose behalf we ask. */
export interface Asking {
  readonly correlationId: string;
  /** The network address that they ask from, for the record. */
  readonly address: string;
  /** A valid access token; throws Unauthenticated when the sign-in is over. Null for whoever asks what is open to anybody. */
  token(): Promise<string | null>;
}

/** Asks what is open to anybody, whether they have signed in or not. */
export const asAnybody = (asking: Asking): Asking => asBearer(asking, () => Promise.resolve(null));

/** Asks on somebody's behalf with another token than that of their sign-in. */
export const asBearer = ({ correlationId, address }: Asking, token: Asking['token']): Asking => ({
  correlationId,
  address,
  token,
});

export interface Change {
  readonly body?: unknown;
  /** One per rendering of the form: sent twice, it happens once. */
  readonly key?: string;
  /** The version that the change was made from. */
  readonly version?: number;
}

/** A file as a context gives it. */
export interface File {
  readonly bytes: Buffer;
  readonly name: string;
  readonly type: string;
}

type Query = Readonly<Record<string, string | number | undefined>>;
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

const PATIENCE_MS = 10_000;

/** Asks the contexts over HTTP, in one process as between many (house.md §2). Throws the Problem that they answered with. */
@Injectable()
export class Apis {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly http: HttpAdapterHost,
  ) {}

  async get<T>(asking: Asking, context: ContextName, path: string, query: Query = {}): Promise<T> {
    return (await this.ask(asking, 'GET', context, path + queryOf(query)).then(readJson)) as T;
  }

  /** As `get`, for what is not JSON. */
  async text(asking: Asking, context: ContextName, path: string, query: Query = {}): Promise<string> {
    return (await this.ask(asking, 'GET', context, path + queryOf(query))).text();
  }

  async change<T>(asking: Asking, method: Method, context: ContextName, path: string, change: Change = {}): Promise<T> {
    return (await this.ask(asking, method, context, path, change).then(readJson)) as T;
  }

  /** As a POST by `change`, answered with a stream of any length: only its beginning has to come within our patience. */
  async download(asking: Asking, context: ContextName, path: string, change: Change): Promise<Readable> {
    const { body } = await this.ask(asking, 'POST', context, path, change, true);
    return body ? Readable.fromWeb(body) : Readable.from([]);
  }

  /** Bytes of a file, whole, with what they are. */
  async file(asking: Asking, context: ContextName, path: string, query: Query = {}): Promise<File> {
    return fileOf(await this.ask(asking, 'GET', context, path + queryOf(query)));
  }

  /** Bytes of a file that is made for what is posted, whole. */
  async made(asking: Asking, context: ContextName, path: string, change: Change): Promise<File> {
    return fileOf(await this.ask(asking, 'POST', context, path, change));
  }

  /** As a POST by `change`, of bytes. */
  async send<T>(asking: Asking, context: ContextName, path: string, bytes: Buffer, key: string): Promise<T> {
    return (await this.ask(asking, 'POST', context, path, { key, bytes }).then(readJson)) as T;
  }

  private async ask(
    asking: Asking,
    method: Method,
    context: ContextName,
    path: string,
    change: Change & { readonly bytes?: Buffer } = {},
    endless = false,
  ): Promise<Response> {
    const token = await asking.token();
    const headers: Record<string, string> = {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      'x-correlation-id': asking.correlationId,
      'x-forwarded-for': asking.address,
      ...traceHeaders(),
      ...(change.key === undefined ? {} : { 'idempotency-key': change.key }),
      ...(change.version === undefined ? {} : { 'if-match': `"${change.version}"` }),
      ...(change.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(change.bytes === undefined ? {} : { 'content-type': 'application/octet-stream' }),
    };
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
    let response: Response;
    try {
      // What has a version and no key would be told that it is out of date by what it did itself.
      const ask = method === 'GET' || change.key !== undefined ? fetchAgain : fetch;
      response = await ask(`${this.urlOf(context)}/api/${context}${path}`, {
        method,
        headers,
        redirect: 'error',
        ...(change.body === undefined ? {} : { body: JSON.stringify(change.body) }),
        ...(change.bytes === undefined ? {} : { body: new Uint8Array(change.bytes) }),
        signal: endless ? patience.signal : AbortSignal.timeout(PATIENCE_MS),
      });
    } catch {
      throw new Unavailable('service.unreachable', 'Another part of the system cannot be reached');
    } finally {
      clearTimeout(timer);
    }
    if (response.ok) return response;
    throw problemFrom(response.status, await readJson(response));
  }

  private urlOf(context: ContextName): string {
    const given = this.settings.urls[context];
    if (given) return given;
    const address = (this.http.httpAdapter.getHttpServer() as Server).address() as AddressInfo;
    return `http://127.0.0.1:${address.port}`;
  }
}

function queryOf(query: Query): string {
  const given = Object.entries(query).filter(
    (pair): pair is [string, string | number] => pair[1] !== undefined && pair[1] !== '',
  );
  return given.length === 0
    ? ''
    : `?${new URLSearchParams(given.map(([k, v]): [string, string] => [k, String(v)])).toString()}`;
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text().catch(() => '');
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The Problem that an answer of a context stands for (RFC 9457). What is no problem document counts as a failure. */
export function problemFrom(status: number, body: unknown): Problem {
  const {
    code = 'service.failed',
    detail = '',
    ...details
  } = (body ?? {}) as { code?: string; detail?: string } & ProblemDetails;
  switch (status) {
    case 400:
      return new Unreadable(code, detail, details);
    case 401:
      if (details.maxAgeSeconds !== undefined) return new SignInAgain(details.maxAgeSeconds);
      return new Unauthenticated(code, detail);
    case 403:
      return new Forbidden(code, detail, details.reasons, details);
    case 404:
      return new NotFound(code.replace(/\.not-found$/, ''));
    case 409:
      return details.state === undefined
        ? new Conflict(code, detail, details)
        : new IllegalTransition(code, detail, details.state);
    case 422:
      // A rule that was broken is about no field.
      return details.errors ? new Invalid(details.errors, code) : new RuleBroken(code, detail, details);
    case 429:
      return new TooMany(code, detail, details);
    default:
      return new Unavailable(status >= 500 ? 'service.failed' : `service.answered-${status}`, 'It cannot be done now');
  }
}

async function fileOf(response: Response): Promise<File> {
  const name = /filename="([\w.-]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'document';
  const type = response.headers.get('content-type') ?? 'application/octet-stream';
  return { bytes: Buffer.from(await response.arrayBuffer()), name, type };
}
