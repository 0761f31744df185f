import { contexts, permissions, problemCodes, scopeNames, scopes, scopesFor } from '@concordat/contracts';
import { RequestMethod, type INestApplicationContext } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { DESCRIBED, type Described } from './describe';
import { exampleOf, lineage, schemaName } from './examples';
import { OPEN } from './health';
import { ABOUT_THE_API, GENERAL_CODES } from './openapi-words';
import { schemasOf } from './schemas';

type Json = Record<string, unknown>;

/** Problems that any route may answer with (acceptance.md, rules that hold everywhere). */
const PROBLEMS: Readonly<Record<string, string>> = {
  400: 'The request cannot be read',
  401: 'Nobody is signed in',
  403: 'The caller may know of the record but not do this',
  404: 'There is no such record, or the caller may not see it',
  409: 'Somebody else changed it first, or the step is not open in its present state',
  422: 'Some fields are wrong; one code per field',
  429: 'Too many requests',
  503: 'It cannot be decided or recorded now, so it was not done',
};

/**
 * openApi describes what this process offers to callers from outside, as OpenAPI 3.1: every route that carries `@Describe`,
 * but for those that only other services of the platform may call.
 */
export function openApi(app: INestApplicationContext): Json {
  const found = [...routes(app)].filter(({ open, described }) => open || !isInternal(described));
  const schemas = schemasOf(found.flatMap(({ described: { body } }) => (body ? lineage(body) : [])));
  const queries = schemasOf(found.flatMap(({ described: { query } }) => (query ? [query] : [])));
  const paths: Record<string, Json> = {};
  for (const route of found) (paths[route.path] ??= {})[route.method] = operation(route, schemas, queries);
  return {
    openapi: '3.1.0',
    info: {
      ...{ title: 'Concordat', version: '1', description: ABOUT_THE_API },
      license: { name: 'MIT', identifier: 'MIT' },
    },
    tags: contexts.map((name) => ({ name })),
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1))),
    components: {
      securitySchemes: SECURITY,
      headers: HEADERS,
      schemas: { ...schemas, Problem: PROBLEM },
    },
    'x-problem-codes': problemCodes,
  };
}

const isInternal = ({ action }: Described): boolean =>
  action !== undefined && permissions[action].who.every((who) => who === 'service' || who === 'system');

function operation(
  { path, method, described, open }: Route,
  schemas: Record<string, Json>,
  queries: Record<string, Json>,
): Json {
  const { action } = described;
  const body = described.body && { schema: { $ref: `#/components/schemas/${schemaName(described.body, schemas)}` } };
  const example = described.example ?? (described.body && exampleOf(described.body, schemas));
  return {
    tags: [path.split('/')[2] ?? ''],
    summary: described.summary,
    operationId: action ? `${action}:${method}:${path}` : `${method}:${path}`,
    ...(action ? { 'x-action': action, 'x-roles': permissions[action].who } : {}),
    security: open ? [] : [{ bearer: [] }, ...(action ? scopesFor(action) : []).map((scope) => ({ client: [scope] }))],
    parameters: parametersOf(path, method, described, queries),
    ...(body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { ...body, ...(example ? { example } : {}) } },
          },
        }
      : {}),
    responses: responsesOf(described, open, method),
  };
}

function parametersOf(path: string, method: string, { query }: Described, queries: Record<string, Json>): Json[] {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  const header = (name: string, required: boolean, schema: Json, description: string): Json => ({
    ...{ name, in: 'header', required, schema, description },
  });
  return [
    ...inPath.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
    ...(['post', 'put', 'patch'].includes(method)
      ? [header('Idempotency-Key', method === 'post', KEY, 'One per intention: sent again, it happens once')]
      : []),
    ...(method !== 'get' && inPath.length > 0
      ? [header('If-Match', false, { type: 'string' }, 'The version that was changed')]
      : []),
    ...Object.entries(query ? ((queries[query.name]?.['properties'] ?? {}) as Json) : {}).map(([name, schema]) => ({
      ...{ name, in: 'query', required: false, schema },
    })),
  ];
}

const KEY = { type: 'string', minLength: 8, maxLength: 128, example: 'f3b0c442-98fc-4c14-9afb-f4c8996fb924' };

function responsesOf({ action, status = 200, produces }: Described, open: boolean, method: string): Json {
  const noun = action?.split('.')[0];
  const ofNoun = Object.entries(problemCodes).filter(([code]) => noun !== undefined && code.startsWith(`${noun}.`));
  const refusals = Object.entries(PROBLEMS).filter(
    ([code]) => !(open && ['401', '403'].includes(code)) && !(method === 'get' && code === '409'),
  );
  return {
    [String(status)]: {
      description: 'Done',
      headers: {
        ...(action ? { 'Concordat-Audit-Entry': { $ref: '#/components/headers/Concordat-Audit-Entry' } } : {}),
        ...(open ? {} : LIMITED),
      },
      content: { [produces ?? 'application/json']: {} },
    },
    ...Object.fromEntries(
      refusals.map(([code, description]) => [
        code,
        {
          description,
          ...(code === '429'
            ? { headers: { 'Retry-After': { $ref: '#/components/headers/Retry-After' }, ...LIMITED } }
            : {}),
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
          'x-problem-codes': [
            ...(GENERAL_CODES[code] ?? []),
            ...ofNoun.filter(([, p]) => p.status === Number(code)).map(([each]) => each),
          ],
        },
      ]),
    ),
  };
}

const SECURITY = {
  bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'A token of the identity provider' },
  client: {
    type: 'oauth2',
    description: 'A token of a system of an agency; it lasts five minutes',
    flows: {
      clientCredentials: {
        tokenUrl: '/api/identity/token',
        scopes: Object.fromEntries(scopeNames.map((name) => [name, scopes[name].says])),
      },
    },
  },
};

const header = (description: string, example: string, type = 'string'): Json => ({
  ...{ description, schema: { type }, example },
});
const HEADERS = {
  'Concordat-Audit-Entry': header(
    'The entry of the audit ledger that this left',
    '0193f2a4-7c31-7d52-9b1e-4a2f6c8e0d11',
  ),
  'RateLimit-Policy': header('How many requests (q) in how many seconds (w), for systems', '"client";q=600;w=60'),
  RateLimit: header('How many are left (r), and in how many seconds it begins again (t)', '"client";r=599;t=42'),
  'Retry-After': header('Seconds to wait', '42', 'integer'),
};
const LIMITED = {
  'RateLimit-Policy': { $ref: '#/components/headers/RateLimit-Policy' },
  RateLimit: { $ref: '#/components/headers/RateLimit' },
};

interface Route {
  readonly path: string;
  readonly method: string;
  readonly described: Described;
  readonly open: boolean;
}

function* routes(app: INestApplicationContext): Generator<Route> {
  const scanner = new MetadataScanner();
  for (const wrapper of app.get(DiscoveryService, { strict: false }).getControllers()) {
    const type = wrapper.metatype as (new () => object) | undefined;
    if (!type) continue;
    const base = String(Reflect.getMetadata(PATH_METADATA, type) ?? '');
    for (const name of scanner.getAllMethodNames(type.prototype as object)) {
      const handler = (type.prototype as Record<string, object>)[name]!;
      const described = Reflect.getMetadata(DESCRIBED, handler) as Described | undefined;
      if (!described) continue;
      const verb = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod].toLowerCase();
      const path = `/${base}/${String(Reflect.getMetadata(PATH_METADATA, handler) ?? '')}`
        .replace(/\/+/g, '/')
        .replace(/(.)\/$/, '$1');
      const open = [handler, type].some((t) => Reflect.getMetadata(OPEN, t) === true);
      yield {
        path: path.replace(/:(\w+)/g, '{$1}').replace(/\*(\w*)/, (_, n: string) => `{${n || 'path'}}`),
        method: verb,
        described,
        open,
      };
    }
  }
}

const PROBLEM = {
  type: 'object',
  description: 'RFC 9457. Never holds personal data.',
  required: ['type', 'title', 'status', 'code', 'correlationId'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', description: 'Stable: noun.reason' },
    detail: { type: 'string' },
    instance: { type: 'string' },
    correlationId: { type: 'string' },
    state: { type: 'string', description: 'The present state, when the step is not open in it' },
    reasons: { type: 'array', items: { type: 'string' } },
    differing: { type: 'array', items: { type: 'string' }, description: 'Fields that somebody else changed' },
    currentVersion: { type: 'integer' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: { field: { type: 'string' }, code: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
};
