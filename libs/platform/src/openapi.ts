import { permissions } from '@concordat/contracts';
import { RequestMethod, type INestApplicationContext } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { DESCRIBED, type Described } from './describe';
import { OPEN } from './health';
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

/** openApi describes every route of this process that carries `@Describe`, as OpenAPI 3.1. */
export function openApi(app: INestApplicationContext): Json {
  const paths: Record<string, Json> = {};
  const types = new Set<new () => object>();
  for (const { path, method, described, open } of routes(app)) {
    if (described.body) types.add(described.body);
    (paths[path] ??= {})[method] = operation(path, method, described, open);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Concordat',
      version: '1',
      description: 'Referrals, records, and the audit ledger of a community safety partnership.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1))),
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      schemas: { ...schemasOf(types), Problem: PROBLEM },
    },
  };
}

function operation(path: string, method: string, described: Described, open: boolean): Json {
  const params = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const headers = [
    ...(method === 'post' || method === 'put'
      ? [
          {
            name: 'Idempotency-Key',
            in: 'header',
            required: method === 'post',
            schema: { type: 'string', minLength: 8, maxLength: 128 },
          },
        ]
      : []),
    ...(method !== 'get' && params.length > 0
      ? [
          {
            name: 'If-Match',
            in: 'header',
            required: false,
            schema: { type: 'string' },
            description: 'The version that was changed',
          },
        ]
      : []),
  ];
  const query = described.query
    ? Object.entries(propertiesOf(described.query)).map(([name, schema]) => ({
        name,
        in: 'query',
        required: false,
        schema,
      }))
    : [];
  const success = String(described.status ?? 200);
  return {
    summary: described.summary,
    ...(described.action
      ? {
          operationId: `${described.action}:${method}:${path}`,
          'x-action': described.action,
          'x-roles': permissions[described.action].who,
        }
      : {}),
    ...(open ? { security: [] } : { security: [{ bearer: [] }] }),
    parameters: [...params, ...headers, ...query],
    ...(described.body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: { $ref: `#/components/schemas/${described.body.name}` } } },
          },
        }
      : {}),
    responses: {
      [success]: { description: 'Done', content: { [described.produces ?? 'application/json']: {} } },
      ...Object.fromEntries(
        Object.entries(PROBLEMS)
          .filter(([status]) => !open || !['401', '403'].includes(status))
          .map(([status, description]) => [
            status,
            {
              description,
              content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
            },
          ]),
      ),
    },
  };
}

const propertiesOf = (type: new () => object): Json =>
  ((schemasOf([type])[type.name] as Json | undefined)?.['properties'] as Json | undefined) ?? {};

function* routes(app: INestApplicationContext) {
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
