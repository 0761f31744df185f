import type { AgreementDocument } from '../apis/agreements';
import { fieldsOf } from '../design/form';
import { civilDateOf } from '../design/filters';
import { agreementWord } from './code-words';
import type { Choosing, Field, Section } from './sections';

export interface ShownSection {
  readonly code: string;
  readonly title: string;
  /** Whether it has rows, which are counted. */
  readonly counted: boolean;
  readonly cards: readonly {
    readonly title: string;
    readonly rows: readonly { readonly key: string; readonly value: string }[];
  }[];
}

/** A section as it is read: a card for each row of its list, without what was not entered. Pure. */
export function shownSection(
  document: AgreementDocument,
  section: Section,
  names: Choosing['organisations'],
): ShownSection {
  const { code, title, rows, fields } = section;
  const list = rows ? (document[rows.list] as object[]) : [document];
  return {
    ...{ code, title, counted: rows !== undefined },
    cards: list.map((row, i) => ({
      title: rows ? `${rows.one} ${i + 1}` : '',
      rows: fields.flatMap((field) => {
        const value = told(fieldsOf(row)[field.name], field, names);
        return value ? [{ key: labelOf(field), value }] : [];
      }),
    })),
  };
}

/** What a field is called where it is read, without what only its writer needs to know. Pure. */
export const labelOf = ({ label }: Field): string => label.replace(/ \(optional\)|, one (?:code )?a line/g, '');

function told(
  value: string | readonly string[] | undefined,
  { kind }: Field,
  names: Choosing['organisations'],
): string {
  if (value === undefined) return '';
  // What is not ticked is not shown: most of what an agreement may say, it does not.
  if (kind === 'tick') return value === 'yes' ? 'Yes' : '';
  return valueInWords(value, kind, names);
}

/** One value of the terms, as any page tells it: yes and no as well, a date as a date, an organisation by its name. Pure. */
export function valueInWords(
  value: string | number | boolean | readonly string[],
  kind: Field['kind'],
  names: Choosing['organisations'],
): string {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return value.map((one) => wordFor(one, names)).join(', ');
  return kind === 'date' ? civilDateOf(value) : kind === 'choice' ? wordFor(value, names) : value;
}

const wordFor = (code: string, names: Choosing['organisations']): string =>
  names.find(({ id }) => id === code)?.name ?? agreementWord(code);

/** The section in which a finding is to be mended, by where it was found: `flows[0].from`, `effectiveFrom`. Pure. */
export function sectionOf(path: string, sections: readonly Section[]): Section | undefined {
  const first = /^\w+/.exec(path)?.[0] ?? '';
  return sections.find(({ rows, fields }) =>
    rows ? rows.list === first : fields.some(({ name }) => name.split('.')[0] === first),
  );
}
