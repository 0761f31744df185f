import { contexts, type ContextName } from '@concordat/contracts';
import { Unavailable, type Settings, SETTINGS } from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

type Json = Record<string, unknown>;

/** A schema, as far as a page shows it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly maxLength?: number;
  readonly minLength?: number;
  readonly maximum?: number;
  readonly minimum?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}
export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly schema: Schema;
  readonly description?: string;
}
export interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly context: ContextName;
  readonly summary: string;
  readonly action: string | null;
  readonly roles: readonly string[];
  readonly scopes: readonly string[];
  readonly open: boolean;
  readonly parameters: readonly Parameter[];
  readonly body: { readonly schema: string; readonly example: Json | undefined } | null;
  readonly answers: readonly { readonly status: string; readonly says: string; readonly codes: readonly string[] }[];
}
export interface ApiDescription {
  readonly about: string;
  readonly operations: readonly Operation[];
  readonly schemas: Readonly<Record<string, Schema>>;
  readonly problems: readonly { readonly code: string; readonly status: number; readonly says: string }[];
}

interface Described {
  readonly tags: readonly string[];
  readonly summary: string;
  readonly operationId: string;
  readonly 'x-action'?: string;
  readonly 'x-roles'?: readonly string[];
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { content: { 'application/json': { schema: { $ref: string }; example?: Json } } };
  readonly responses: Readonly<Record<string, { description: string; 'x-problem-codes'?: readonly string[] }>>;
}
interface OpenApi {
  readonly info: { readonly description: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
  readonly 'x-problem-codes': Readonly<Record<string, { status: number; says: string }>>;
}

/** The documents of the API and of the events, as this very process serves them, made ready for pages. */
@Injectable()
export class ApiDocuments {
  private api: { readonly made: ApiDescription; readonly until: number } | null = null;

  constructor(
    @Inject(SETTINGS) readonly settings: Settings,
    private readonly http: HttpAdapterHost,
  ) {}

  /** Throws Unavailable when a service does not answer. */
  async description(): Promise<ApiDescription> {
    if (this.api && this.api.until > Date.now()) return this.api.made;
    const made = describe(await this.fetch<OpenApi>('/api/openapi.json'));
    this.api = { made, until: Date.now() + 60_000 };
    return made;
  }

  events(): Promise<{
    channels: Record<string, Json>;
    components: { messages: Record<string, Json>; schemas: Record<string, Schema> };
  }> {
    return this.fetch('/api/asyncapi.json');
  }

  private async fetch<T>(path: string): Promise<T> {
    const address = (this.http.httpAdapter.getHttpServer() as Server).address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${address.port}${path}`, {
      signal: AbortSignal.timeout(30_000),
    }).catch(() => null);
    if (!response?.ok) throw new Unavailable('service.failed', 'It cannot be done now');
    return (await response.json()) as T;
  }
}

function describe(document: OpenApi): ApiDescription {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, op]) => operationOf(path, method, op)),
  );
  const problems = Object.entries(document['x-problem-codes']).map(([code, problem]) => ({ code, ...problem }));
  return { about: document.info.description, operations, schemas: document.components.schemas, problems };
}

function operationOf(path: string, method: string, op: Described): Operation {
  const body = op.requestBody?.content['application/json'];
  return {
    ...{
      id: `${method}-${path
        .replace(/^\/api\//, '')
        .replace(/[{}]/g, '')
        .replaceAll('/', '-')}`,
      method: method.toUpperCase(),
      path,
    },
    context: contexts.find((c) => c === op.tags[0]) ?? 'identity',
    ...{ summary: op.summary, action: op['x-action'] ?? null, roles: op['x-roles'] ?? [], parameters: op.parameters },
    scopes: op.security.flatMap((s) => s['client'] ?? []),
    open: op.security.length === 0,
    body: body ? { schema: body.schema.$ref.split('/').at(-1)!, example: body.example } : null,
    answers: Object.entries(op.responses).map(([status, r]) => ({
      ...{ status, says: r.description, codes: r['x-problem-codes'] ?? [] },
    })),
  };
}
