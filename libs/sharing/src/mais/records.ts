import type { Problem } from '../problem';
import { fromText, instant, readAs, record, Spot, text, type Shape } from '../reading';
import { uri } from './policy';
import { postcode } from './request';

/** Lists of codes of the ontology, as a pack has them. */
export interface RecordCodes {
  readonly organisationTypes: readonly string[];
  readonly serviceTypes: readonly string[];
  readonly costFrequencies: readonly string[];
  readonly episodeTypes: readonly string[];
  readonly episodeOutcomes: readonly string[];
  readonly eventTypes: readonly string[];
  readonly units: readonly string[];
  readonly measurementTypes: readonly string[];
}

export const recordTypes = ['Organisation', 'Service', 'Professional', 'ServiceEpisode', 'LifeEvent'] as const;
export type RecordType = (typeof recordTypes)[number];

export interface MaisIdentifier {
  readonly value: string;
  readonly system: string;
}
interface Timing {
  readonly startDateTime: string;
  readonly endDateTime?: string;
}
interface Subject {
  readonly person: MaisIdentifier;
  readonly involvement: string;
}

/** An episode or an event of somebody's life, as the ontology has them. */
export interface MaisHappening {
  readonly '@type': 'ServiceEpisode' | 'LifeEvent';
  readonly identifier: readonly MaisIdentifier[];
  readonly type: readonly string[];
  readonly subjectPerson: readonly Subject[];
  readonly timeInformation?: readonly Timing[];
  readonly location?: readonly string[];
  readonly relatedService?: readonly MaisIdentifier[];
  readonly finding?: readonly { readonly text?: readonly string[] }[];
  readonly episodeOutcome?: string;
}

/** One record of what was given: which kind it says it is, and what is wrong with it; the record itself when nothing is. */
export interface ReadRecord {
  /** Its place in what was given, from 1. */
  readonly number: number;
  readonly type: RecordType | null;
  readonly problems: readonly Problem[];
  readonly record?: Readonly<Record<string, unknown>>;
}

/** An object of the ontology: those members that must be there, others that are known, and any else, which it leaves open. */
export const open =
  <T>(
    needed: Readonly<Record<string, Shape<unknown>>>,
    known: Readonly<Record<string, Shape<unknown>>> = {},
  ): Shape<T> =>
  (value, spot) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return spot.report('type-wrong', 'must be an object');
    const all = { ...needed, ...known };
    const given = Object.fromEntries(Object.entries(value).filter(([key]) => Object.hasOwn(all, key)));
    // The members of the ontology are read as strictly as anything else.
    return record(needed, known)(given, spot) === undefined ? undefined : (value as T);
  };

/** What JSON-LD may write as one value or as a list, as a list. */
const many =
  <T>(shape: Shape<T>, least = 0): Shape<readonly T[]> =>
  (value, spot) => {
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (values.length > 2_000) return spot.report('too-many', 'must hold 2000 entries or fewer');
    if (values.length < least) return spot.report('too-few', `must hold ${least} or more`);
    const read = values.map((each, i) => shape(each, Array.isArray(value) ? spot.at(i) : spot));
    return read.includes(undefined) ? undefined : (read as T[]);
  };
const needed = <T>(shape: Shape<T>) => many(shape, 1);

const coded =
  (codes: readonly string[]): Shape<string> =>
  (value, spot) =>
    typeof value === 'string' && codes.includes(value)
      ? value
      : spot.report('code-unknown', `must be one of ${codes.join(', ')}`);
const decimal: Shape<string | number> = (value, spot) =>
  (typeof value === 'number' && Number.isFinite(value)) ||
  (typeof value === 'string' && /^[+-]?\d+(?:\.\d+)?$/.test(value))
    ? value
    : spot.report('number-wrong', 'must be a number');

/** A moment of the ontology: with its offset, or without, as its examples have it; never on a day that is none. */
const moment: Shape<string> = (value, spot) =>
  instant(typeof value === 'string' && /T\d\d:\d\d(?::\d\d)?$/.test(value) ? `${value}Z` : value, spot) &&
  (value as string);

const identifier = open<MaisIdentifier>({ value: text, system: uri });
const name = open({ familyName: needed(text), givenName: needed(text) }, { preferredName: text });
const contact = open({}, { name: text, email: many(text), telephone: many(text) });
const address = open({ line1: text, city: text, postcode }, { line2: text });
const timing = open<Timing>({ startDateTime: moment }, { endDateTime: moment });
const subject = open<Subject>({ person: identifier, involvement: text });

function shapesOf(codes: RecordCodes): Readonly<Record<RecordType, Shape<Readonly<Record<string, unknown>>>>> {
  const observation = open({ type: text, startDate: moment }, { endDate: moment });
  const measurement = open({ value: decimal, unit: coded(codes.units), type: coded(codes.measurementTypes) });
  const finding = open({}, { observation: many(observation), measurement: many(measurement), text: many(text) });
  const where = { address: many(address) };
  return {
    Organisation: open(
      {
        ...{ identifier: needed(identifier), name: text, type: needed(coded(codes.organisationTypes)) },
        ...{ contact: needed(contact), relatedService: needed(identifier) },
      },
      where,
    ),
    Service: open(
      {
        ...{ identifier: needed(identifier), name: text, type: needed(coded(codes.serviceTypes)) },
        ...{ contact: needed(contact), costFrequency: coded(codes.costFrequencies) },
      },
      where,
    ),
    Professional: open({ identifier: needed(identifier), name, role: needed(text), contact }),
    ServiceEpisode: open(
      {
        ...{ identifier: needed(identifier), type: needed(coded(codes.episodeTypes)), subjectPerson: needed(subject) },
        ...{ timeInformation: needed(timing), location: needed(text), relatedService: needed(identifier) },
      },
      { finding: many(finding), episodeOutcome: coded(codes.episodeOutcomes) },
    ),
    LifeEvent: open(
      { identifier: needed(identifier), type: needed(coded(codes.eventTypes)), subjectPerson: needed(subject) },
      { timeInformation: many(timing), location: many(text), relatedService: many(identifier) },
    ),
  };
}

const MAX_BYTES = 2 * 1024 * 1024;
const MOST_RECORDS = 2_000;

/**
 * readRecords reads records of the ontology from a JSON-LD text: one, a list, or what stands in `@graph`. Each is told with every
 * problem of its own, with path and a code beginning `record.`; or what is no such text at all is one problem. Members that the ontology
 * does not know are left as they are: it is open. Pure.
 */
export function readRecords(input: string, codes: RecordCodes): readonly ReadRecord[] | Problem {
  const read = fromText('record', MAX_BYTES, input.replace(/^\uFEFF/, ''));
  if ('problem' in read) return read.problem;
  const graph = (read.value as { '@graph'?: unknown } | null)?.['@graph'] ?? read.value;
  const all: readonly unknown[] = Array.isArray(graph) ? graph : [graph];
  if (all.length === 0) return { path: '', code: 'record.none', message: 'holds no records' };
  if (all.length > MOST_RECORDS)
    return { path: '', code: 'record.too-many', message: `must hold ${MOST_RECORDS} records or fewer` };
  const shapes = shapesOf(codes);
  return all.map((each, i) => readOne(each, i + 1, shapes));
}

function readOne(value: unknown, number: number, shapes: ReturnType<typeof shapesOf>): ReadRecord {
  const said = (value as { '@type'?: unknown } | null)?.['@type'];
  const type = recordTypes.find((known) => known === said) ?? null;
  if (!type) {
    const problems: Problem[] = [];
    new Spot('record', problems, '@type').report('type-unknown', `must be one of ${recordTypes.join(', ')}`);
    return { number, type, problems };
  }
  const read = readAs('record', shapes[type], value);
  return read.ok ? { number, type, problems: [], record: read.value } : { number, type, problems: read.problems };
}
