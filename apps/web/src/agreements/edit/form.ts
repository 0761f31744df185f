import type { AgreementDocument } from '../../apis/agreements';
import { fieldsOf } from '../../design/form';
import type { Submitted } from '../../design/submitted';
import type { Field, Section } from '../sections';

type Json = Record<string, unknown>;

/** Members that an agreement always has, so that a list without rows is an empty one and a box not ticked is a no. */
const ALWAYS_LISTS = new Set([
  'apdRefs',
  'ropaRefs',
  'permittedUses',
  'from',
  'to',
  'items',
  'methods',
  'gateways',
  'holds',
  'rights.exemptions',
]);
/** Of these an absent list means any: an empty one would mean none. */
const ABSENT_WHEN_EMPTY: Readonly<Record<string, readonly string[]>> = { restrictions: ['items', 'to'] };
const OPTIONAL_TICKS = new Set(['art10']);

/** The document with a section as it was posted. What the section does not show stays, in its rows too. */
export function documentWith(document: AgreementDocument, section: Section, sent: Submitted): Json {
  if (!section.rows) return withFields(document, section.fields, sent, '');
  const { list } = section.rows;
  const before = (document[list] ?? []) as Json[];
  const key = section.fields[0]!.name;
  const rows = sent.rows(list, (row, index) => {
    if (row.text(key) === undefined) return undefined;
    const known = before[index]?.[key] === row.text(key) ? before[index] : undefined;
    return withFields(known ?? {}, section.fields, row, list);
  });
  // What is posted loses its empty lists.
  return { ...document, [list]: rows.map((row) => ({ ...emptyLists(section), ...DEFAULTS[list], ...row })) };
}

/** What a new row has that no field shows. */
const DEFAULTS: Readonly<Record<string, Json>> = { parties: { catalogueIds: [] } };

const emptyLists = ({ fields, rows }: Section): Json =>
  Object.fromEntries(fields.flatMap(({ name }) => (isAlways(name, rows?.list ?? '') ? [[name, []]] : [])));

const isAlways = (name: string, list: string): boolean =>
  ALWAYS_LISTS.has(name) && !ABSENT_WHEN_EMPTY[list]?.includes(name);

function withFields(base: Json, fields: readonly Field[], sent: Submitted, list: string): Json {
  const result: Json = structuredClone(base);
  for (const field of fields) put(result, field.name, valueOf(field, sent, list));
  for (const [name, value] of Object.entries(result))
    if (isObject(value) && Object.keys(value).length === 0 && !['security', 'rights', 'breach', 'terms'].includes(name))
      delete result[name];
  return result;
}

function valueOf({ name, kind, label }: Field, sent: Submitted, list: string): unknown {
  switch (kind) {
    case 'tick':
      return sent.ticked(name) ?? (OPTIONAL_TICKS.has(name) ? undefined : false);
    case 'date':
      return sent.date(name, { what: label });
    case 'number':
      return sent.count(name);
    case 'lines':
    case 'choices': {
      const values = kind === 'lines' ? (sent.lines(name) ?? []) : sent.list(name);
      return values.length > 0 || isAlways(name, list) ? values : undefined;
    }
    default:
      return sent.text(name);
  }
}

/** Sets a member by its path; undefined takes it away. */
function put(object: Json, path: string, value: unknown): void {
  const [first = '', ...rest] = path.split('.');
  if (rest.length > 0) {
    const inner = isObject(object[first]) ? object[first] : (object[first] = {});
    put(inner, rest.join('.'), value);
  } else if (value === undefined) delete object[first];
  else object[first] = value;
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The values with which the form of a section begins. Lists that are typed show one entry a line. */
export function valuesOf(document: AgreementDocument, section: Section): Record<string, string | readonly string[]> {
  const rows = section.rows
    ? ((document[section.rows.list] ?? []) as Json[]).map((row, i) => [`${section.rows!.list}.${i}.`, row] as const)
    : [['', document as Json] as const];
  const values: Record<string, string | readonly string[]> = {};
  for (const [prefix, row] of rows) {
    const all = fieldsOf(row);
    for (const { name, kind } of section.fields) {
      const value = all[name];
      if (kind === 'date')
        for (const part of ['-day', '-month', '-year']) set(values, prefix + name + part, datePart(value, part));
      else set(values, prefix + name, kind === 'lines' && Array.isArray(value) ? value.join('\n') : value);
    }
  }
  return values;
}

function set(
  values: Record<string, string | readonly string[]>,
  name: string,
  value: string | readonly string[] | undefined,
) {
  if (value !== undefined) values[name] = value;
}

function datePart(value: string | readonly string[] | undefined, part: string): string | undefined {
  const [year, month, day] = typeof value === 'string' ? value.split('-') : [];
  const found = { '-day': day, '-month': month, '-year': year }[part];
  return found === undefined ? undefined : String(Number(found));
}

/** The field that a path of the API stands for: `document.flows.0.from.1` is that of `flows.0.from`. */
export const fieldOf =
  (section: Section) =>
  (path: string): string => {
    const bare = path.replace(/^document\./, '');
    const inRow = bare.replace(/^\w+\.\d+\./, '');
    const field = section.fields.find(({ name }) => inRow === name || inRow.startsWith(`${name}.`));
    if (!field) return bare;
    const whole = bare.slice(0, bare.length - inRow.length) + field.name;
    return field.kind === 'date' ? `${whole}-day` : whole;
  };
