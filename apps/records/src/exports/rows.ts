import { inWords, type AccessLevel } from '@concordat/contracts';
import { csvLine } from '@concordat/platform';
import { shownTo } from '../confidential';
import type { ExportFormat } from '../export';
import type { Extent } from '../looks';
import type { NameOf } from '../named';
import type { ExportedCase, ExportedPerson } from './exports.repository';

type Row = Readonly<Record<string, string>>;

const PARTS: Readonly<Record<AccessLevel, string>> = {
  lead: 'Leads',
  contributor: 'Works on it',
  reader: 'Reads it',
  preview: 'Knows of it',
};

export const CASE_COLUMNS = [
  ...['Reference', 'Status', 'About', 'Area', 'Lead agency', 'Opened (UTC)', 'Person', 'Your part', 'Case (id)'],
  'Left out',
] as const;
export const PERSON_COLUMNS = [
  ...[
    'Case',
    'Part in the case',
    'Given name',
    'Family name',
    'Date of birth',
    'Identifiers',
    'Telephone',
    'Person (id)',
  ],
  'Left out',
] as const;

export const caseRow = (c: ExportedCase, name: NameOf): Row => ({
  ...{ Reference: c.reference, Status: c.status, About: c.kind, Area: name(c.areaId), 'Lead agency': name(c.leadOrg) },
  ...{
    'Opened (UTC)': c.openedAt.toISOString(),
    Person: c.subjectName,
    'Your part': PARTS[c.level],
    'Case (id)': c.id,
    'Left out': '',
  },
});

/** Of a case that its agency is refused, what is its own: that it takes part, and as what; and why the rest is left out. */
export const ownRow = (c: ExportedCase, why: string): Row => ({
  ...{ Reference: c.reference, Status: '', About: '', Area: '', 'Lead agency': '', 'Opened (UTC)': '', Person: '' },
  ...{ 'Your part': PARTS[c.level], 'Case (id)': c.id, 'Left out': why },
});

/** As `ownRow`, in a file of people: nobody of the case is named in it. */
export const nobodyRow = (c: ExportedCase, why: string): Row => ({
  ...Object.fromEntries(PERSON_COLUMNS.map((column) => [column, ''])),
  ...{ Case: c.reference, 'Left out': why },
});

/** Why what others hold of a case is not in the file, in words; empty when it is. Pure. */
export function leftOut(extent: Extent): string {
  if (extent.own === null) return '';
  const reasons = (extent.refusal.details.reasons ?? []).map((code) =>
    inWords(code.toLowerCase().replaceAll('_', '-')),
  );
  return `What other agencies hold. ${extent.refusal.message}: ${reasons.join(', ')}`;
}

/** Somebody in a case, as far as the caller's agency is shown them. */
export function personRow(p: ExportedPerson, c: ExportedCase, orgId: string): Row {
  const known = shownTo({ orgId, leads: c.leadOrg === orgId }, p.content);
  const birth = known.datesOfBirth?.find((d) => d.preferred) ?? known.datesOfBirth?.[0];
  return {
    ...{ Case: c.reference, 'Part in the case': p.roles.join('; '), 'Date of birth': birth?.value ?? '' },
    ...{ 'Given name': known.name?.given ?? '', 'Family name': known.name?.family ?? '' },
    Identifiers: (known.identifiers ?? []).map((i) => `${i.kind} ${i.value}`).join('; '),
    ...{ Telephone: (known.phones ?? []).join('; '), 'Person (id)': p.id, 'Left out': '' },
  };
}

/** Rows as lines of the file. Values of CSV are no formulas (EXP-5); JSON is one object a line. */
export function linesOf(format: ExportFormat, columns: readonly string[], rows: readonly Row[]): string {
  if (format === 'json') return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  return rows.map((row) => csvLine(columns.map((c) => row[c]))).join('');
}

export const headOf = (format: ExportFormat, columns: readonly string[]): string =>
  format === 'json' ? '' : csvLine(columns);
