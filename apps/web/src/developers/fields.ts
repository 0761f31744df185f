import type { Schema } from '../apis/api-documents';

/** A field of a body or of an event, as a table shows it. */
export interface Field {
  readonly name: string;
  readonly kind: string;
  readonly needed: boolean;
  readonly rules: string;
}

const DEPTH = 4;

/** fieldsOf lists the fields of a schema, those of groups in it by their path: `people[].name.family`. Pure. */
export function fieldsOf(
  schema: Schema | undefined,
  schemas: Readonly<Record<string, Schema>>,
  prefix = '',
  depth = 0,
): Field[] {
  const { properties = {}, required = [] } = resolved(schema, schemas);
  return Object.entries(properties).flatMap(([name, given]) => {
    const field = resolved(given, schemas);
    const items = field.items && resolved(field.items, schemas);
    const path = `${prefix}${name}${items ? '[]' : ''}`;
    const own = {
      name: path,
      kind: kindOf(field, items),
      needed: required.includes(name),
      rules: rulesOf(field, items),
    };
    const inner = items ?? field;
    return [own, ...(inner.properties && depth < DEPTH ? fieldsOf(inner, schemas, `${path}.`, depth + 1) : [])];
  });
}

const resolved = (schema: Schema | undefined, schemas: Readonly<Record<string, Schema>>): Schema =>
  (schema?.$ref ? schemas[schema.$ref.split('/').at(-1)!] : schema) ?? {};

function kindOf(field: Schema, items: Schema | undefined): string {
  if (items) return `list of ${items.properties ? 'groups' : (items.format ?? items.type ?? 'values')}`;
  if (field.properties) return 'group';
  return field.format ?? field.type ?? 'value';
}

function rulesOf(field: Schema, items: Schema | undefined): string {
  const { enum: choices, minLength, maxLength, minimum, maximum } = items && !items.properties ? items : field;
  return [
    ...(choices ? [`one of ${choices.join(', ')}`] : []),
    ...(minLength === undefined ? [] : [`at least ${minLength} characters`]),
    ...(maxLength === undefined ? [] : [`at most ${maxLength} characters`]),
    ...(minimum === undefined ? [] : [`from ${minimum}`]),
    ...(maximum === undefined ? [] : [`to ${maximum}`]),
    ...(field.maxItems === undefined ? [] : [`at most ${field.maxItems} of them`]),
  ].join('; ');
}

/** What a reader typed to look for, in small letters; and whether something has every word of it. */
export const wordsIn = (given: unknown): string[] =>
  typeof given === 'string' ? given.slice(0, 200).toLowerCase().split(/\s+/).filter(Boolean) : [];
export const hasAll = (words: readonly string[], ...texts: readonly string[]): boolean => {
  const all = texts.join(' ').toLowerCase();
  return words.every((word) => all.includes(word));
};
