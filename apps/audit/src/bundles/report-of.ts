import { actionInWords, outcomeInWords } from '@concordat/contracts';
import type { describe } from '../reading';
import type { Names } from './directory';
import { totalsOf, type Fact, type Line, type Report } from './report';

/** A record as `describe` tells of it. */
export type Described = ReturnType<typeof describe>;

/** Acts that a report lists; the file holds all. */
export const LISTED = 2_000;

/** What the report is about, before names are known. */
export interface Told {
  readonly id: string;
  readonly at: Date;
  readonly by: string;
  readonly byOrg: string | null;
  readonly origin: string;
  readonly size: bigint;
  readonly signedAt: Date;
  readonly witnesses: string;
  readonly question: readonly Fact[];
  readonly count: number;
  readonly records: readonly Described[];
}

/** reportOf puts ids and codes into words. People at risk stay ids: who may know more looks in the case. */
export function reportOf(told: Told, names: Names): Report {
  const acts = told.records.map((r) => lineOf(r, names));
  return {
    title: 'Evidence from the audit ledger',
    asked: told.question,
    made: [
      { key: 'Made', value: utc(told.at) },
      { key: 'By', value: [names.staff(told.by), names.organisation(told.byOrg)].filter(Boolean).join(', ') },
      { key: 'Bundle', value: told.id },
      { key: 'Acts in it', value: String(told.count) },
    ],
    ledger: [
      { key: 'Log', value: told.origin },
      { key: 'Signed up to entry', value: String(told.size) },
      { key: 'Signed', value: utc(told.signedAt) },
      { key: 'Witnesses', value: told.witnesses },
    ],
    totals: totalsOf(acts),
    acts,
    unlisted: told.count - acts.length,
  };
}

function lineOf(r: Described, names: Names): Line {
  const subjects: readonly string[] = r.subjects;
  const about = [...r.objects.filter((o) => !subjects.includes(o.id)), ...subjects.map((id) => ({ t: 'person', id }))];
  return {
    entry: r.index,
    at: utc(new Date(r.at)),
    who: [names.staff(r.actor), names.organisation(r.actorOrg), r.actorRole?.replaceAll('-', ' ')]
      .filter(Boolean)
      .join(', '),
    what: r.action === null ? r.act.toLowerCase().replaceAll('_', ' ') : actionInWords(r.action),
    outcome: outcomeInWords(r.outcome),
    about: about.map(({ t, id }) => `${t} ${called(t, id, names)}`).join(', '),
    note: r.erased
      ? 'No details kept, or none for whoever asked'
      : r.intact
        ? 'As it was sealed'
        : 'NOT as it was sealed',
  };
}

/** Staff and organisations by name; people at risk and records by id. */
const called = (t: string, id: string, names: Names): string =>
  t === 'organisation' ? names.organisation(id) : t === 'staff' ? names.staff(id) : id;

export const utc = (at: Date): string =>
  at
    .toISOString()
    .replace('T', ' ')
    .replace(/[.]\d+Z$/, '');
