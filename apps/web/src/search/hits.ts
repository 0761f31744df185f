import type { Names } from '../apis/directory';
import type { Counted, Hit } from '../apis/searching';
import { civilDateOf, countOf, dateTimeOf } from '../design/filters';
import { nameOf } from '../design/referral-sections';
import { titleOf } from '../design/words';

/** A hit as the page shows it. */
export interface HitShown {
  readonly kind: string;
  readonly tag: string;
  readonly title: string;
  readonly href: string;
  /** Lines below the title, in order; a link where there is more to open. */
  readonly lines: readonly { readonly text: string; readonly href?: string }[];
  readonly excerpt: readonly { readonly text: string; readonly hit: boolean }[];
  readonly reasons: readonly string[];
}

const KINDS = {
  case: { text: 'Case', tag: 'blue' },
  person: { text: 'Person', tag: 'purple' },
  entry: { text: 'Chronology', tag: 'teal' },
  note: { text: 'Note', tag: 'grey' },
  document: { text: 'Document', tag: 'grey' },
} as const;

/** hitShown puts a hit into words. Pure. */
export function hitShown(hit: Hit, names: Names): HitShown {
  const { text: kind, tag } = KINDS[hit.kind];
  const reasons = hit.reasons.map((r) => r.words);
  if (hit.kind === 'case')
    return {
      ...{ kind, tag, reasons, excerpt: [], title: `${hit.reference}, ${hit.subjectName}`, href: `/cases/${hit.id}` },
      lines: [{ text: `${titleOf(hit.status)}, led by ${names.organisation(hit.leadOrg)}` }],
    };
  if (hit.kind === 'person') {
    const born = (hit.datesOfBirth ?? []).map((b) => civilDateOf(b.value)).filter(Boolean);
    return {
      ...{ kind, tag, reasons, excerpt: [], title: nameOf(hit.name ? { name: hit.name } : undefined) },
      href: `/people/${hit.id}`,
      lines: [
        { text: born.length > 0 ? `Born ${born.join(' or ')}` : 'Date of birth not known' },
        ...hit.cases.map((c) => ({
          text: [`Case ${c.reference}`, ...c.roles.map((role) => titleOf(role).toLowerCase())].join(', '),
          href: `/cases/${c.id}`,
        })),
      ],
    };
  }
  const at = `/cases/${hit.caseId}`;
  const where = { entry: `${at}/chronology/${hit.id}`, note: `${at}/notes`, document: `${at}/documents/${hit.id}` };
  const what = {
    entry: `Chronology of case ${hit.reference}${hit.starts ? `, ${civilDateOf(hit.starts)}` : ''}`,
    note: `Note on case ${hit.reference}`,
    document: `${hit.title ?? 'Document'}, case ${hit.reference}`,
  };
  return {
    ...{ kind, tag, reasons, excerpt: hit.excerpt, title: what[hit.kind], href: where[hit.kind] },
    lines: [
      { text: hit.subjectName, href: at },
      {
        text: `${names.person(hit.by)}, ${names.organisation(hit.orgId)}, ${dateTimeOf(hit.at)}${hit.sensitive ? '. Sensitive' : ''}`,
      },
    ],
  };
}

/** How much was found of each kind, in words. */
export function foundInWords(people: Counted, texts: Counted, referrals: Counted | null): string {
  const of = (count: Counted, one: string, many: string): string =>
    `${countOf(count)} ${count.value === 1 && !count.more ? one : many}`;
  return [
    of(people, 'person or case', 'people and cases'),
    ...(referrals ? [of(referrals, 'referral', 'referrals')] : []),
    of(texts, 'entry, note or document', 'entries, notes and documents'),
  ].join('; ');
}
