import { startApp, type TestApp } from '@concordat/testing';
import * as fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { example, referred } from './referred.testing';
import { ReferralsModule } from './referrals.module';

/** Every address of the context; ID stands for an id. */
const ROUTES = [
  ['GET', ''],
  ['GET', '/counts'],
  ['GET', '/pathways'],
  ['GET', '/pathways/ID'],
  ['GET', '/reasons'],
  ['POST', ''],
  ['GET', '/drafts'],
  ['POST', '/drafts'],
  ['GET', '/drafts/ID'],
  ['PUT', '/drafts/ID'],
  ['DELETE', '/drafts/ID'],
  ['POST', '/drafts/ID/submission'],
  ['POST', '/searches'],
  ['GET', '/searches/ID'],
  ['GET', '/ID'],
  ['GET', '/ID/case-file'],
  ...[
    'ratings',
    'assignment',
    'notes',
    'information-requests',
    'information-returns',
    'decisions',
    'reopenings',
    'feedback',
    'withdrawals',
  ].map((step) => ['POST', `/ID/${step}`] as const),
] as const;

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '\0',
    '\ud800',
    '__proto__',
    'hasOwnProperty',
    "'; DROP TABLE referral; --",
    '%00',
    '../../etc/passwd',
    '𝔘',
    'x'.repeat(5_000),
    'NaN',
    '1e999',
  ),
);
const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constant(null),
    fc.boolean(),
    fc.double(),
    fc.integer(),
    text,
    fc.uuid(),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      fc.oneof(text, fc.constantFrom('content', 'id', 'people', 'colour', 'q', 'outcome', 'roles', 'answers')),
      tie('value'),
      { maxKeys: 5 },
    ),
  ),
})).value;
/** Nearly right: the example with one part replaced. */
const nearly = fc
  .tuple(fc.constantFrom(...Object.keys(example())), value)
  .map(([part, odd]) => ({ content: { ...example(), [part]: odd } }));
const body = fc.oneof(
  nearly.map((b) => JSON.stringify(b)),
  value.map((b) => JSON.stringify(b)),
  fc.constantFrom(
    '{',
    '',
    '[]',
    'null',
    '"text"',
    '{"content":'.repeat(3_000),
    `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
    '{"__proto__":{"a":1}}',
    '{"constructor":{"prototype":{}}}',
  ),
);

describe('whatever is sent', () => {
  let app: TestApp;
  let known: string;
  beforeAll(async () => {
    app = await startApp([ReferralsModule], { LOG_LEVEL: 'silent' });
    known = (await referred(app)).id;
  });
  afterAll(() => app?.stop());

  it('is never our fault, and never answered with what happened inside', async () => {
    const tokens = await Promise.all(['hana', 'amina', 'dov', 'erin'].map((who) => app.tokenFor(who)));
    const id = fc.oneof(
      fc.constant('KNOWN'),
      fc.uuid(),
      fc.constantFrom('x', '%00', '..%2f', 'counts', '0', '%ff', 'A'.repeat(300)),
    );
    const query = fc.oneof(
      fc.constant(''),
      fc
        .dictionary(
          fc.constantFrom('cursor', 'limit', 'status', 'sort', 'area', 'assigned', 'overdue', 'side', 'colour', 'x'),
          text,
          { maxKeys: 3 },
        )
        .map(
          (q) =>
            `?${Object.entries(q)
              .map(([k, v]) => `${k}=${encodeURIComponent(v.replace(/\p{Surrogate}/gu, '?'))}`)
              .join('&')}`,
        ),
      fc.constantFrom('?limit=1&limit=2', '?status[]=rated', '?cursor=%ff', '?__proto__=1'),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...ROUTES),
        id,
        body,
        fc.nat(3),
        query,
        fc.option(fc.nat(3)),
        async ([method, path], at, sent, who, asked, version) => {
          const response = await fetch(
            `${app.url}/api/referrals${path.replace('ID', at === 'KNOWN' ? known : at)}${method === 'GET' ? asked : ''}`,
            {
              method,
              headers: {
                authorization: `Bearer ${tokens[who]}`,
                'content-type': 'application/json',
                ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
                ...(version === null ? {} : { 'if-match': `"${version}"` }),
              },
              ...(method === 'GET' || method === 'DELETE' ? {} : { body: sent }),
            },
          );
          const answer = await response.text();
          if (response.status >= 500) throw new Error(`${method} ${path}: ${response.status} ${answer}`);
          expect(answer).not.toMatch(/node_modules|at .*\.[jt]s:\d|PostgreSQL|pg-|SELECT |duplicate key/);
        },
      ),
      { numRuns: 600 },
    );
  }, 300_000); // seconds, but on a busy machine
});
