import { civilDate } from '@concordat/clocks';
import type { FieldProblem } from '@concordat/contracts';
import { Invalid } from '@concordat/platform';
import { readRecords, type MaisHappening, type MaisTable, type ReadRecord } from '@concordat/sharing';
import type { FileRow } from './imported-file';

/** A record of a file as a row of an import: what it would add, what is wrong with it, or that it adds nothing. */
export interface RecordRow extends FileRow {
  readonly problems: readonly FieldProblem[];
  /** The NHS numbers of those whom it is about. */
  readonly subjects: readonly string[];
  /** It is in order and no entry of a chronology: who an organisation, a service or a professional is, other registers say. */
  readonly leftOut: boolean;
}

/**
 * rowsOfRecords reads records of the ontology of Social Care Data (JSON-LD) as rows for one case: episodes and life events become entries
 * of its chronology. Every record is told with what is wrong with it. Throws Invalid on `content` for what is no such file. Pure.
 */
export function rowsOfRecords(content: string, reference: string, table: MaisTable): RecordRow[] {
  const read = readRecords(content, table.codes);
  if (!Array.isArray(read)) {
    const { code, message } = read as { code: string; message: string };
    throw new Invalid([{ field: 'content', code, message: `The file ${message}` }]);
  }
  return (read as readonly ReadRecord[]).map((each) => rowOf(each, reference, table));
}

function rowOf({ number, type, problems, record }: ReadRecord, reference: string, table: MaisTable): RecordRow {
  const found = problems.map(({ path, code, message }) => ({
    ...{ field: path.replaceAll(/\[(\d+)\]/g, '.$1'), code },
    message: message.charAt(0).toUpperCase() + message.slice(1),
  }));
  const nothing = { number, cells: { case: reference }, subjects: [], leftOut: false };
  if (!record) return { ...nothing, problems: found };
  if (type !== 'ServiceEpisode' && type !== 'LifeEvent') return { ...nothing, problems: [], leftOut: true };
  const said = normal(record);
  const [when] = said.timeInformation;
  if (!when) return { ...nothing, problems: [UNTIMED] };
  const id = said.identifier[0]!;
  const cells = {
    ...{ record: `${id.system}|${id.value}`, case: reference, starts: dayOf(when.startDateTime) },
    ...(when.endDateTime ? { ends: dayOf(when.endDateTime) } : {}),
    ...{ category: categoryOf(said, table), fact: factOf(said) },
  };
  const subjects = said.subjectPerson.flatMap(({ person }) =>
    person.system === table.systems.nhsNumber ? [person.value.replace(/\s/g, '')] : [],
  );
  return { number, cells, problems: [], subjects, leftOut: false };
}

const UNTIMED: FieldProblem = {
  ...{ field: 'timeInformation', code: 'required' },
  message: 'This is needed: an entry of a chronology has a day',
};

type Said = Required<Pick<MaisHappening, 'identifier' | 'type' | 'subjectPerson' | 'timeInformation' | 'location'>> &
  Pick<MaisHappening, '@type' | 'episodeOutcome'> & { readonly finding: readonly Readonly<Record<string, unknown>>[] };

/** JSON-LD writes a list of one as that one. */
function normal(record: Readonly<Record<string, unknown>>): Said {
  const list = (name: string): unknown[] => (record[name] === undefined ? [] : [record[name]].flat());
  return {
    ...(record as unknown as Said),
    ...Object.fromEntries(
      ['identifier', 'type', 'subjectPerson', 'timeInformation', 'location', 'finding'].map((n) => [n, list(n)]),
    ),
  };
}

/** A moment with its offset is of a day in London; one without says its day itself. */
const dayOf = (moment: string): string =>
  /(?:Z|[+-]\d\d:\d\d)$/.test(moment) ? civilDate(new Date(moment)) : moment.slice(0, 10);

function categoryOf({ '@type': kind, type }: Said, { events, heardAs }: MaisTable): string {
  if (kind === 'ServiceEpisode') return 'service';
  const known = (from: MaisTable['events']) => from.find(({ as }) => type.includes(as))?.code;
  return known(events) ?? known(heardAs) ?? 'other';
}

/** What the record says, in its own codes: nothing of it is left out but who wrote it, which is given by identifiers alone. */
function factOf({ '@type': kind, type, location, finding, episodeOutcome }: Said): string {
  const parts = finding.flatMap((each) => {
    const all = (name: string): unknown[] => (each[name] === undefined ? [] : [each[name]].flat());
    const measured = all('measurement') as { type: string; value: string | number; unit: string }[];
    const observed = all('observation') as { type: string; startDate: string; endDate?: string }[];
    return [
      ...observed.map(({ type, startDate, endDate }) =>
        [type, `from ${dayOf(startDate)}`, ...(endDate ? [`to ${dayOf(endDate)}`] : [])].join(' '),
      ),
      ...measured.map(({ type, value, unit }) => `${type}: ${value} ${unit}`),
      ...(all('text') as string[]),
    ];
  });
  return [
    `${kind === 'ServiceEpisode' ? 'Episode' : 'Life event'}: ${type.join(', ')}`,
    ...(location.length > 0 ? [`At: ${location.join(', ')}`] : []),
    ...(episodeOutcome ? [`Outcome: ${episodeOutcome}`] : []),
    ...parts.map((part) => `Found: ${part}`),
  ].join('\n');
}
