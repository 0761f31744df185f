import type { Dice } from './dice';
import { anyJson } from './values';

/** What the API document says of a body, as far as it is used there. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}
export type Schemas = Readonly<Record<string, Schema>>;

const DEEPEST = 6;
const DATES = ['2026-11-20', '2026-12-24', '2027-02-01', '2026-11-20T09:30:00.000Z', '1984-02-29', '2026'] as const;
const WORDS = ['A few words', 'x', 'red', 'CR-2026-000001', 'northbank', 'reader', '999 000 0009', 'N1 1AA'] as const;

/**
 * wouldDo makes a body that an operation would read, by its schema: what it needs and half of what it may have. It is
 * there to be damaged afterwards, in one place or two: what is wrong everywhere is refused at the door and tries nothing.
 */
export function wouldDo(
  dice: Dice,
  schema: Schema,
  schemas: Schemas,
  ids: readonly string[],
  { words = WORDS, depth = 0 }: { readonly words?: readonly string[]; readonly depth?: number } = {},
): unknown {
  const at = schema.$ref ? schemas[schema.$ref.split('/').at(-1) ?? ''] : undefined;
  const is = at?.properties || at?.enum ? at : schema;
  if (depth > DEEPEST) return null;
  if (is.enum) return dice.of(is.enum);
  const inside = (of: Schema): unknown => wouldDo(dice, of, schemas, ids, { words, depth: depth + 1 });
  if (is.properties) {
    const kept = Object.entries(is.properties).filter(([name]) => is.required?.includes(name) || dice.percent(50));
    return Object.fromEntries(kept.map(([name, of]) => [name, inside(of)]));
  }
  switch (is.type) {
    case 'array': {
      const most = Math.min(is.maxItems ?? 2, (is.minItems ?? 0) + 2);
      const length = (is.minItems ?? 0) + dice.int(most - (is.minItems ?? 0) + 1);
      return Array.from({ length }, () => inside(is.items ?? {}));
    }
    case 'boolean':
      return dice.percent(50);
    case 'integer':
    case 'number':
      return (is.minimum ?? 0) + dice.int(4);
    case 'string':
      if (is.format === 'uuid') return dice.of(ids);
      return dice.of(is.format?.startsWith('date') || dice.percent(25) ? DATES : words).slice(0, is.maxLength);
    default:
      return is.type === 'object' ? {} : anyJson(dice, ids, 1);
  }
}
