import { Invalid } from '@concordat/contracts';
import { conforming, valid } from '@concordat/platform';
import { IsInt, ValidateIf, ValidateNested } from 'class-validator';
import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ReferralContentDto } from './content.dto';

type Json = Record<string, unknown> | unknown[];
const text = readFileSync(join(__dirname, '../../../../packs/demo/referral.example.json'), 'utf8');
const conforms = conforming(ReferralContentDto);

function accepted(value: unknown): boolean {
  try {
    valid(ReferralContentDto, value);
    return true;
  } catch (error) {
    if (error instanceof Invalid) return false;
    throw error;
  }
}

/** Every place in the content: the object or list it is in, and its name there. */
function places(value: unknown): { of: Json; name: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [{ of: value as Json, name }, ...places(inner)]);
}

const oddity = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(
    'yes',
    'no',
    'p1',
    '2025-02-30',
    '2025-02-28',
    '',
    'x'.repeat(10_001),
    '07700 900123',
    0,
    -1,
    1e9,
    null,
    [],
    {},
    [null],
    [[]],
    [{}],
  ),
  fc.uuid(),
);

describe('compiled rules', () => {
  it('accept what is right', () => {
    expect(conforms(JSON.parse(text))).toBe(true);
    expect(conforms({})).toBe(true);
  });

  it('agree with class-validator wherever something is changed, added or taken away', () => {
    const size = places(JSON.parse(text)).length;
    let right = 0;
    fc.assert(
      fc.property(
        fc.nat(size - 1),
        fc.constantFrom('put', 'add', 'drop'),
        oddity,
        fc.constantFrom('x', 'given', 'value', 'code'),
        (at, how, what, name) => {
          const content = JSON.parse(text) as Json;
          const place = places(content)[at]!;
          const target = place.of as Record<string, unknown>;
          if (how === 'put') target[place.name] = what;
          else if (how === 'drop') delete target[place.name];
          else if (!Array.isArray(place.of)) target[name] = what;
          const expected = accepted(content);
          if (expected) right++;
          expect(conforms(content)).toBe(expected);
        },
      ),
      { numRuns: 1_500, seed: 20261124 },
    );
    expect(right).toBeGreaterThan(100); // both answers were met
  });

  it.each([[null], [[]], ['text'], [5], [undefined]])('refuse %j', (value) => expect(conforms(value)).toBe(false));

  it('are not made from what they cannot know', () => {
    class Conditional {
      @ValidateIf(() => true) @IsInt() n?: number;
    }
    class Untyped {
      @ValidateNested() part?: object;
    }
    expect(() => conforming(Conditional)).toThrow('Conditional.n has a condition');
    expect(() => conforming(Untyped)).toThrow('Untyped.part is nested without @Type');
  });
});
