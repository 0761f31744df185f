import type { SectionChange, TermChange } from '../../apis/agreement-reading';
import { wordsOf } from '../../design/filters';
import type { Choosing, Field, Section } from '../sections';
import { labelOf, valueInWords } from '../shown';

export interface ToldChange {
  readonly what: string;
  readonly before: string;
  readonly after: string;
}
export interface ToldRow {
  readonly title: string;
  readonly tag: { readonly text: string; readonly colour: string };
  readonly changes: readonly ToldChange[];
}
export interface ToldSection {
  readonly title: string;
  readonly rows: readonly ToldRow[];
  readonly changes: readonly ToldChange[];
}

const TAGS = {
  added: { text: 'Added', colour: 'green' },
  removed: { text: 'Removed', colour: 'red' },
  changed: { text: 'Changed', colour: 'yellow' },
};
/** Members of the terms that no section shows a field for. */
const LABELS: Readonly<Record<string, string>> = {
  publishableView: 'What may be published',
  restrictedView: 'What must not be published',
  catalogueIds: 'Entries in catalogues',
  withdrawalNotice: 'Notice that it gives before it leaves',
  annex2Compat: 'Compatible re-use',
};

/** What changed, in the words of the sections in which agreements are written. Pure. */
export const changesInWords = (
  changes: readonly SectionChange[],
  sections: readonly Section[],
  organisations: Choosing['organisations'],
): ToldSection[] => changes.map((change) => sectionInWords(change, sections, organisations));

function sectionInWords(
  { section, rows, changes }: SectionChange,
  sections: readonly Section[],
  organisations: Choosing['organisations'],
): ToldSection {
  const listed = sections.find((each) => each.rows?.list === section);
  const whole = sections.find((each) => each.code === (section === 'about' ? 'about' : 'duties'));
  const fields = listed?.fields ?? whole?.fields ?? [];
  const prefix = listed || section === 'about' ? '' : `${section}.`;
  const told = (change: TermChange) => changeInWords(change, prefix, fields, organisations);
  return {
    title: listed?.title ?? (section === 'about' ? (whole?.title ?? '') : (PART_TITLES[section] ?? wordsOf(section))),
    rows: rows.map(({ row, what, changes: inRow }) => ({
      title: `${listed?.rows?.one ?? ''} ${organisations.find(({ id }) => id === row)?.name ?? row}`,
      tag: TAGS[what],
      changes: inRow.map(told),
    })),
    changes: changes.map(told),
  };
}

const PART_TITLES: Readonly<Record<string, string>> = {
  security: 'Security',
  rights: 'Rights of the people concerned',
  breach: 'Breaches',
  terms: 'Disputes and complaints',
};

function changeInWords(
  { path, before, after }: TermChange,
  prefix: string,
  fields: readonly Field[],
  organisations: Choosing['organisations'],
): ToldChange {
  const field = fields.find(({ name }) => name === prefix + path);
  const told = (value: TermChange['before']): string =>
    value === undefined || (Array.isArray(value) && value.length === 0)
      ? 'Not in it'
      : valueInWords(value, field?.kind ?? 'text', organisations);
  return {
    what: field ? labelOf(field) : (LABELS[path] ?? wordsOf(path)),
    before: told(before),
    after: told(after),
  };
}
