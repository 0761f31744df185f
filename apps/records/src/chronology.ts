import { chronologyParts, type ChronologyPart, type ChronologySource } from '@concordat/contracts';
import { fileCorrection, type FileCorrection } from './imported-correction';

/** When something happened, as exactly as it is known: `2025`, `2025-09` or `2025-09-30`. No end: it happened then. */
export interface When {
  readonly starts: string;
  readonly ends?: string | null;
  /** About then: it may have been the unit before or after, a day, a month or a year. */
  readonly about?: boolean;
}

/** What an entry says. The fact and the writer's comment are kept apart (domain/statutory-reviews.md: chronology entry). */
export interface ChronologyContent extends When {
  readonly category: string;
  readonly fact: string;
  readonly comment?: string | null;
  /** What the source agency calls the record that it comes from. */
  readonly sourceRef?: string | null;
  /** People of the case whom it concerns. */
  readonly people?: readonly string[];
  /** It says something of somebody who is no party to the case. */
  readonly thirdParty?: boolean;
  readonly sensitive?: boolean;
  /** Of an entry that was brought in from another system: who wrote it down there, and on what day. */
  readonly original?: { readonly author?: string; readonly recordedOn?: string };
  readonly cameFrom?: readonly { readonly kind: ChronologySource; readonly id: string }[];
}

/** The first and the last day on which something may have happened, both included. */
export interface Span {
  readonly earliest: string;
  readonly latest: string;
}

/** spanOf is every day on which it may have happened. Pure calendar: no zone is involved. */
export function spanOf({ starts, ends, about = false }: When): Span {
  return { earliest: edge(starts, about ? -1 : 0, 'first'), latest: edge(ends ?? starts, about ? 1 : 0, 'last') };
}

/** Whether the two cannot have happened on one day. */
export const apart = (a: Span, b: Span): boolean => a.latest < b.earliest || b.latest < a.earliest;

/** Whether something that ends so begins no later: compared as exactly as both are known. */
export const endsBefore = ({ starts, ends }: When): boolean =>
  typeof ends === 'string' && spanOf({ starts: ends }).latest < spanOf({ starts }).earliest;

function edge(value: string, units: number, which: 'first' | 'last'): string {
  const [year = 0, month, day] = value.split('-').map(Number);
  const at = new Date(0);
  if (day !== undefined) at.setUTCFullYear(year, (month ?? 1) - 1, day + units);
  else if (month !== undefined)
    at.setUTCFullYear(year, month - 1 + units + (which === 'last' ? 1 : 0), which === 'last' ? 0 : 1);
  else at.setUTCFullYear(year + units + (which === 'last' ? 1 : 0), 0, which === 'last' ? 0 : 1);
  return at.toISOString().slice(0, 10);
}

/** The parts in which two versions of an entry differ. */
export const differingParts = (a: ChronologyContent, b: ChronologyContent): ChronologyPart[] =>
  chronologyParts.filter((part) => sameness(a[part]) !== sameness(b[part]));

/** The parts of an entry that a file from another system may say, and who wrote it there. */
const fileParts = [...chronologyParts, 'author', 'recordedOn'] as const;
type FilePart = (typeof fileParts)[number];

/** correctionOf is what a file does to an entry: by what it said of it before, what it says now, and what is here. Pure. */
export const correctionOf = (
  before: ChronologyContent,
  now: ChronologyContent,
  here: ChronologyContent,
): FileCorrection<FilePart> =>
  fileCorrection(fileParts, {
    before: (p) => partOf(before, p),
    now: (p) => partOf(now, p),
    here: (p) => partOf(here, p),
  });

/** correctedBy is an entry with some parts as a file says them. Pure. */
export function correctedBy(
  here: ChronologyContent,
  now: ChronologyContent,
  parts: readonly FilePart[],
): ChronologyContent {
  const isSaid = (part: FilePart): boolean => parts.includes(part);
  const changed = chronologyParts.filter(isSaid).map((part) => [part, now[part]] as const);
  const original = isSaid('author') || isSaid('recordedOn') ? now.original : here.original;
  const { original: _before, ...rest } = here;
  const content = { ...rest, ...Object.fromEntries(changed) } as ChronologyContent;
  return original && Object.keys(original).length > 0 ? { ...content, original } : content;
}

const partOf = (content: ChronologyContent, part: FilePart): string =>
  sameness(part === 'author' || part === 'recordedOn' ? content.original?.[part] : content[part]);

/** What is left out and what is nothing are the same; the order of people is nothing either. */
function sameness(value: unknown): string {
  if (value === undefined || value === null || value === false || value === '') return '';
  if (!Array.isArray(value)) return JSON.stringify(value);
  return value.length === 0 ? '' : JSON.stringify(value.map((item) => JSON.stringify(item)).sort());
}
