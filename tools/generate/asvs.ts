import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** How a requirement stands. `yours`: for whoever runs Concordat, or for their identity provider. */
export const verdicts = ['met', 'part', 'gap', 'not-applicable', 'yours'] as const;
export type Verdict = (typeof verdicts)[number];

/** One requirement of the standard, in our own few words. */
export interface Requirement {
  readonly id: string;
  readonly level: 1 | 2;
  readonly what: string;
  readonly verdict: Verdict;
  readonly how: string;
  /** Tests, code and documents, from the top of the repository. */
  readonly evidence?: readonly string[];
  /** Of what is met and no test shows: why none does. */
  readonly untested?: string;
  /** Of a gap, or of what is met in part: what would close it. */
  readonly closes?: string;
}

export interface Chapter {
  readonly chapter: string;
  readonly title: string;
  readonly requirements: readonly Requirement[];
}

/** The page that is made of the checklist. */
export const ASVS = 'docs/security/asvs.md';
const FOLDER = 'docs/security/asvs';

/** Chapters of the checklist, in the standard's order. Throws where a file cannot be read. */
export function chapters(root: string): readonly Chapter[] {
  const files = readdirSync(join(root, FOLDER)).filter((name) => name.endsWith('.yaml'));
  return files.sort().map((name) => parse(readFileSync(join(root, FOLDER, name), 'utf8')) as Chapter);
}

/** asvsDocument shows the checklist: how many of each verdict by chapter and in all, then every requirement. Pure. */
export function asvsDocument(all: readonly Chapter[]): string {
  const counts = all.map(({ chapter, title, requirements }) => [`${chapter} ${title}`, ...counted(requirements)]);
  const every = all.flatMap(({ requirements }) => requirements);
  return `# Checked against OWASP ASVS 5.0.0, levels 1 and 2

Made from \`${FOLDER}\` by \`npm run generate\`: change it there. It is our own reading and no certificate. Each requirement has its
number in the standard and our few words for it, not the standard’s sentence: read that beside it. **Met** names what shows it;
**part** and **gap** say what would close them; **yours** is for whoever runs Concordat or for their identity provider;
**not-applicable** says why. Level 3 is not looked at.

${table(['chapter', ...verdicts, 'all'], [...counts, ['**all**', ...counted(every)]])}
${all.map(section).join('\n')}`;
}

const counted = (requirements: readonly Requirement[]): string[] =>
  [...verdicts.map((v) => requirements.filter((r) => r.verdict === v).length), requirements.length].map(String);

const section = ({ chapter, title, requirements }: Chapter): string => `
## ${chapter} ${title}

${table(
  ['', 'level', 'what', 'verdict', 'how', 'evidence'],
  requirements.map((r) => [r.id, String(r.level), r.what, said(r.verdict), how(r), evidence(r)]),
)}`;

const said = (verdict: Verdict): string => (verdict === 'gap' || verdict === 'part' ? `**${verdict}**` : verdict);

const how = ({ how: text, untested, closes }: Requirement): string =>
  [text, untested && `No test: ${untested}`, closes && `Closed by: ${closes}`].filter(Boolean).join('. ');

const evidence = (r: Requirement): string => (r.evidence ?? []).map((path) => `\`${path}\``).join(', ') || '–';

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
