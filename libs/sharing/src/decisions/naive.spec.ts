import { canonicalJson } from '@concordat/ledger';
import { Generator } from '../../../../tests/bench/decisions/generator';
import { TABLE } from '../../../../tests/bench/decisions/naive';
import { naiveDecide } from '../../../../tests/bench/decisions/naive-decide';
import type { Agreement } from '../agreement';
import { contentHashOf } from '../content-hash';
import { law } from '../worked.testing';
import { decide, type Standing } from './decide';
import { canonicalRequest } from './digest';
import { ruleOf } from './reasons';
import { Declarations, Register } from './register';
import { parseDecisionRequest, type DecisionRequest } from './request';
import { wellFormed } from './well-formed';

/** The decision point against a second evaluator that shares no code with it (tests/bench/decisions/naive.ts). */
const REQUESTS = 100_000;
const PER_WORLD = 2_000;

describe('the decision point and a naive evaluator', () => {
  const hashes = new Map<Agreement, string>();
  const hashOf = (one: Agreement): string => {
    const known = hashes.get(one) ?? contentHashOf(one);
    hashes.set(one, known);
    return known;
  };
  const met = { reasons: new Map<string, number>(), outcomes: new Map<string, number>() };
  const count = (map: Map<string, number>, key: string): unknown => map.set(key, (map.get(key) ?? 0) + 1);

  it(`agree on ${REQUESTS} random requests, to the last field`, () => {
    for (let seed = 1; seed <= REQUESTS / PER_WORLD; seed++) {
      const generator = new Generator(seed);
      const world = generator.world(12, law);
      const standing: Standing = {
        register: Register.of(world.agreements, law),
        declarations: Declarations.of(world.declarations),
        auditDurable: true,
      };
      for (let i = 0; i < PER_WORLD; i++) {
        let request = generator.request(world);
        // Now and then with a hash: the right one of some version, or a wrong one.
        if (i % 17 === 0) {
          const some = world.agreements.filter(({ id }) => id === request.agreementId)[0];
          request = { ...request, contentHash: some ? hashOf(some) : '0'.repeat(64) };
        }
        const { engineVersion, inputHash, ...decision } = decide(request, standing);
        const expected = naiveDecide(request, world, hashOf);
        if (JSON.stringify(sorted(decision)) !== JSON.stringify(sorted(expected))) {
          expect({ seed, i, request, ...decision }).toEqual({ seed, i, request, ...expected });
        }
        count(met.outcomes, `${decision.outcome} ${decision.mode}`);
        for (const reason of [...decision.reasons, ...(decision.overridden ?? [])]) count(met.reasons, reason);
      }
    }
  }, 600_000);

  it('met every reason and every outcome, so that agreeing means something', () => {
    const never = Object.keys(ruleOf).filter(
      (code) => !['AUDIT_UNAVAILABLE', 'REQUEST_INVALID'].includes(code) && (met.reasons.get(code) ?? 0) < 20,
    );
    expect(never).toEqual([]);
    expect(Object.fromEntries(met.outcomes)).toEqual({
      'PERMIT NORMAL': expect.any(Number),
      'DENY NORMAL': expect.any(Number),
      'REVIEW NORMAL': expect.any(Number),
      'PERMIT BREAK_GLASS': expect.any(Number),
    });
    for (const times of met.outcomes.values()) expect(times).toBeGreaterThan(500);
    expect(Object.keys(ruleOf).filter((code) => TABLE.includes(code))).toEqual(TABLE);
  });
});

const sorted = (value: object): object =>
  Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));

describe('R1 and the digest on the hot path', () => {
  const generator = new Generator(99);
  const world = generator.world(6, law);

  it('write what canonical JSON writes', () => {
    for (let i = 0; i < 3_000; i++) {
      const request = generator.request(world);
      expect(canonicalRequest(request)).toBe(canonicalJson(request));
    }
  });

  it('take and refuse the same as the reader that explains', () => {
    const values: unknown[] = [
      undefined,
      null,
      7,
      '',
      ' ',
      'X',
      'a"b',
      '\ud800',
      [],
      {},
      true,
      ['X', 'X'],
      'x'.repeat(201),
    ];
    const optional = [
      'action',
      'version',
      'contentHash',
      'meetingId',
      'statement',
      'publicInterestRef',
      'origin',
      'breakGlass',
    ];
    let refused = 0;
    for (let i = 0; i < 4_000; i++) {
      const request = generator.request(world) as unknown as Record<string, unknown>;
      const nested = ['actor', 'consent', 'conditions', 'origin'].filter((key) => key in request);
      const keys = [...Object.keys(request), ...optional, 'unheardOf'];
      const key = keys[i % keys.length]!;
      const value = values[(i * 7) % values.length];
      const inner = nested[i % nested.length]!;
      const innerKeys = [...Object.keys(request[inner] as object), 'other'];
      const changed =
        i % 2 === 0
          ? { ...request, [key]: value }
          : { ...request, [inner]: { ...(request[inner] as object), [innerKeys[i % innerKeys.length]!]: value } };
      // As from JSON, where nothing is undefined.
      const input = JSON.parse(JSON.stringify(changed)) as unknown;
      const explained = parseDecisionRequest(input).ok;
      expect([input, wellFormed(input)]).toEqual([input, explained]);
      if (!explained) refused++;
    }
    expect(refused).toBeGreaterThan(1_000);
    expect(refused).toBeLessThan(3_900);
  });

  it('answer to what is no request, and never throw', () => {
    const standing = { register: Register.of([], law), declarations: Declarations.of([]), auditDurable: true };
    for (const input of [
      undefined,
      null,
      1,
      'x',
      [],
      {},
      { at: 1n },
      () => 1,
      { ...generator.request(world), at: '2026-02-30T00:00:00Z' },
    ]) {
      expect(decide(input, standing)).toMatchObject({
        outcome: 'DENY',
        reasons: ['REQUEST_INVALID'],
        permittedItems: [],
      });
    }
    const request: DecisionRequest = generator.request(world);
    expect(decide(request, { ...standing, auditDurable: false }).reasons).toEqual(['AUDIT_UNAVAILABLE']);
  });
});
