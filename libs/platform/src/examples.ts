import { valid } from './validation';

type Json = Record<string, unknown>;
interface Schema extends Json {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

const ID = '5b1f0c1e-8d3a-4f0e-9c5b-2f6d7e8a9b0c';
const DEPTH = 5;
/** Texts of many forms. The first that has the form of a field is its example. All are invented. */
const TEXTS = [
  'Seen twice this month by the neighbourhood team.',
  'domestic-abuse',
  'abuse',
  '07700 900123',
  'NB1 2CD',
  '2026-03-02',
  '14:30',
  '1',
  '1.0.0',
  'REF_1',
  'A-1',
  'group.code',
  'a'.repeat(64),
];
/** By what a field is called, where its rules are not of a kind that a schema can hold. */
const BY_NAME: readonly (readonly [RegExp, unknown])[] = [
  [/nhs/i, '999 000 0018'],
  [/^(reviewBy|due|until|starts|ends|quarter|holdsUntil)$/, '2026-04-01'],
  [/(^id|Id|By|Org|org|assignedTo)$/, ID],
  [/(^ids|Ids)$/, [ID]],
  [/(^at|At|until)$/, '2026-03-02T14:30:00Z'],
  [/(^on|On|[dD]ate|^day|^from|^to|since|Since|until|dueDate)$/, '2026-03-02'],
];

/**
 * exampleOf gives a body that `type` accepts, made from its schema and then checked against its rules; undefined when none
 * that is made so is accepted. The fullest that is accepted is taken.
 */
export function exampleOf(type: new () => object, schemas: Readonly<Record<string, Json>>): Json | undefined {
  for (const fill of ['all', 'no-groups', 'needed'] as const) {
    for (const named of [true, false]) {
      const made = new Maker(schemas, fill, named).of(
        { $ref: `#/components/schemas/${schemaName(type, schemas)}` },
        '',
        0,
      );
      if (isAccepted(type, made)) return made as Json;
    }
  }
  return undefined;
}

/** The name of a type's schema: of the nearest class above it that has rules, when it has none of its own. */
export function schemaName(type: new () => object, schemas: Readonly<Record<string, Json>>): string {
  const above = Object.getPrototypeOf(type) as new () => object;
  return schemas[type.name] || !above.name ? type.name : schemaName(above, schemas);
}

/** A type and the classes above it. */
export function lineage(type: new () => object): (new () => object)[] {
  const above = Object.getPrototypeOf(type) as new () => object;
  return above.name ? [type, ...lineage(above)] : [type];
}

function isAccepted(type: new () => object, body: unknown): boolean {
  try {
    valid(type, body);
    return true;
  } catch {
    return false;
  }
}

class Maker {
  constructor(
    private readonly schemas: Readonly<Record<string, Json>>,
    /** How much of what need not be given is filled in: all, all but groups, or nothing. */
    private readonly fill: 'all' | 'no-groups' | 'needed',
    /** Whether names decide before rules do. */
    private readonly named: boolean,
  ) {}

  of(schema: Schema, name: string, depth: number): unknown {
    if (depth > DEPTH) return undefined;
    const found = schema.$ref ? this.schemas[schema.$ref.split('/').at(-1)!] : undefined;
    if (found) return this.of(found, name, depth + 1);
    if (schema.oneOf) return this.of(schema.oneOf[0]!, name, depth);
    if (schema.enum) return schema.enum[0];
    if (schema.type === 'array') return this.list(schema, name, depth);
    if (schema.type === 'object' || schema.properties) return this.group(schema, depth);
    if (schema.type === 'boolean') return true;
    if (schema.type === 'integer' || schema.type === 'number')
      return Math.min(Math.max(schema.minimum ?? 1, 1), schema.maximum ?? 1);
    return this.text(schema, name);
  }

  private list({ items, minItems = 0 }: Schema, name: string, depth: number): unknown[] {
    const one = this.of(items ?? {}, name.replace(/ies$/, 'y').replace(/s$/, ''), depth + 1);
    return one === undefined ? [] : Array.from({ length: Math.max(minItems, 1) }, () => one);
  }

  private group({ properties = {}, required = [] }: Schema, depth: number): Json {
    const wanted = Object.entries(properties).filter(
      ([name, { $ref, type, items }]) =>
        required.includes(name) ||
        this.fill === 'all' ||
        (this.fill === 'no-groups' && !$ref && type !== 'object' && !items?.$ref),
    );
    const made = wanted.map(([name, schema]) => [name, this.of(schema, name, depth + 1)] as const);
    return Object.fromEntries(made.filter(([, value]) => value !== undefined));
  }

  private text({ format, pattern, minLength = 0, maxLength = Infinity }: Schema, name: string): unknown {
    if (format === 'uuid') return ID;
    if (format === 'date-time') return '2026-03-02T14:30:00Z';
    if (format === 'date') return '2026-03-02';
    const known = BY_NAME.find(([form]) => form.test(name))?.[1];
    if (this.named && known !== undefined) return known;
    const fits = (text: string): boolean =>
      text.length >= minLength && text.length <= maxLength && (!pattern || new RegExp(pattern, 'u').test(text));
    return TEXTS.find(fits) ?? known ?? TEXTS[1];
  }
}
