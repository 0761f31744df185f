import { canonicalJson } from '@concordat/ledger';
import type { Agreement } from './agreement';
import { termsOf } from './content-hash';

/** What a member of the terms may be at its end: a list is of codes, and stands for all that are in it. */
export type TermValue = string | number | boolean | readonly string[];

/** One member that differs, by its path within its row or section; undefined where it is absent. */
export interface TermChange {
  readonly path: string;
  readonly before: TermValue | undefined;
  readonly after: TermValue | undefined;
}

/** A row of a list, by what it is called by: an organisation's id, a code. It may be new, or gone. */
export interface RowChange {
  readonly row: string;
  readonly what: 'added' | 'removed' | 'changed';
  readonly changes: readonly TermChange[];
}

/** A section in which two versions differ: `about` for the agreement's own members, or the name of a part of it. */
export interface SectionChange {
  readonly section: string;
  /** Of a section that is a list; empty for the others. */
  readonly rows: readonly RowChange[];
  /** Of a section that is no list. */
  readonly changes: readonly TermChange[];
}

type Members = Readonly<Record<string, unknown>>;

/** The lists of an agreement, and what a row of each is called by. */
const LISTS: Readonly<Record<string, string>> = {
  parties: 'orgId',
  purposes: 'code',
  dataItems: 'code',
  flows: 'id',
  basisLines: 'id',
  restrictions: 'code',
  retention: 'id',
};
const PARTS = ['security', 'rights', 'breach', 'terms'];
/** A new version has another number, which says nothing of its terms. */
const OWN = new Set(['id', 'version', ...Object.keys(LISTS), ...PARTS]);

/**
 * compareAgreements lists where the terms of two versions differ, section by section in the order in which an agreement is
 * read. Signatures, status and dates of parties are no terms. The order of a list means nothing and is no difference, so two
 * versions without one may still have different content hashes.
 */
export function compareAgreements(before: Agreement, after: Agreement): readonly SectionChange[] {
  const [was, is] = [termsOf(before) as Members, termsOf(after) as Members];
  const own = (terms: Members): Members => Object.fromEntries(Object.entries(terms).filter(([name]) => !OWN.has(name)));
  return [
    { section: 'about', rows: [], changes: changesOf(own(was), own(is)) },
    ...Object.entries(LISTS).map(([section, key]) => ({
      ...{ section, changes: [] },
      rows: rowsOf(was[section] as readonly Members[], is[section] as readonly Members[], key),
    })),
    ...PARTS.map((section) => ({
      section,
      rows: [],
      changes: changesOf(was[section] as Members, is[section] as Members),
    })),
  ].filter(({ rows, changes }) => rows.length > 0 || changes.length > 0);
}

function rowsOf(before: readonly Members[], after: readonly Members[], key: string): RowChange[] {
  const named = (rows: readonly Members[]) => new Map(rows.map((row) => [String(row[key]), row]));
  const [was, is] = [named(before), named(after)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((row): RowChange[] => {
    const changes = changesOf(was.get(row) ?? {}, is.get(row) ?? {});
    if (!was.has(row)) return [{ row, what: 'added', changes }];
    if (!is.has(row)) return [{ row, what: 'removed', changes }];
    return changes.length > 0 ? [{ row, what: 'changed', changes }] : [];
  });
}

function changesOf(before: Members, after: Members): TermChange[] {
  const [was, is] = [leavesOf(before), leavesOf(after)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((path) => {
    const [a, b] = [was.get(path), is.get(path)];
    return a !== undefined && b !== undefined && canonicalJson(a) === canonicalJson(b)
      ? []
      : [{ path, before: a, after: b }];
  });
}

/** Members at their ends by their paths, lists in an order of their own. */
function leavesOf(members: Members, prefix = ''): Map<string, TermValue> {
  const leaves = new Map<string, TermValue>();
  for (const [name, value] of Object.entries(members)) {
    const path = prefix + name;
    if (Array.isArray(value)) leaves.set(path, [...(value as string[])].sort());
    else if (typeof value === 'object' && value !== null)
      for (const [inner, leaf] of leavesOf(value as Members, `${path}.`)) leaves.set(inner, leaf);
    else if (value !== undefined) leaves.set(path, value as TermValue);
  }
  return leaves;
}
