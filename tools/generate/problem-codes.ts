import { actions } from '@concordat/contracts';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ROOT } from '../services/built';
import { OF_FILES, OF_THE_PLATFORM, OTHER_WORDS, TWO_STATUSES } from './problems-by-rule';

/** Classes of problems, each with its status (libs/platform/src/http.ts). */
const STATUS: Readonly<Record<string, number>> = {
  Unreadable: 400,
  Unauthenticated: 401,
  Forbidden: 403,
  NotFound: 404,
  Conflict: 409,
  IllegalTransition: 409,
  RuleBroken: 422,
  TooMany: 429,
  Unavailable: 503,
};
/** A problem that is thrown; its code, where that is written there; and what is said. */
const THROWN = new RegExp(
  `new (${Object.keys(STATUS).join('|')})\\((?:\\)|\\s*(?:'([a-z0-9.-]+)'(?:,\\s*(?:'([^'\\n]*)'|\`([^\`]*)\`|"([^"\\n]*)"))?)?)`,
  'g',
);
const EXPECTED = /expectVersion(?:IfSent)?\)?\(\s*call,\s*(?:'([a-z-]+)')?/g;
const INVALID = /new Invalid\([^;]+?\],\s*'([a-z-]+\.[a-z-]+)'\)/g;

interface Found {
  readonly status: number;
  readonly says: string;
}

/**
 * problemCodesSource writes the catalogue of problems: each code that a service can answer with, as its source says it. Throws
 * where a code is made up by a rule that nobody has written down, and where one code is answered with two statuses.
 */
export function problemCodesSource(): string {
  const found = new Map<string, Found>();
  const byRule = new Set<string>();
  for (const line of OF_THE_PLATFORM) keep(found, ...parsed(line));
  for (const folder of ['apps', 'libs'])
    for (const path of sourcesUnder(join(ROOT, folder))) {
      const name = relative(ROOT, path).replaceAll('\\', '/');
      if (collect(readFileSync(path, 'utf8'), found)) byRule.add(name);
    }
  for (const [file, lines] of Object.entries(OF_FILES)) {
    if (!byRule.delete(file)) throw new Error(`${file} makes up no code any more: take it out of problems-by-rule.ts`);
    for (const line of lines) keep(found, ...parsed(line));
  }
  if (byRule.size > 0)
    throw new Error(`Say in problems-by-rule.ts which codes these make up: ${[...byRule].join(', ')}`);
  for (const noun of new Set(actions.map((action) => action.split('.')[0]!)))
    keep(found, `${noun}.forbidden`, { status: 403, says: 'You may not do this' });
  const lines = [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, { status, says }]) => `${status} ${code} ${OTHER_WORDS[code] ?? says}`.trimEnd());
  const mute = lines.filter((line) => line.split(' ').length < 3);
  if (mute.length > 0) throw new Error(`Nothing is said of ${mute.join(', ')}: see OTHER_WORDS in problems-by-rule.ts`);
  return `${HEAD}export const PROBLEM_CODES = \`\n${lines.join('\n')}\n\`;\n`;
}

const HEAD = `// Made by \`npm run generate\` from the code that answers with them. Not to be edited.
/* eslint max-lines: off */
`;

/** Whether the file makes up codes that are not written where they are thrown. */
function collect(text: string, found: Map<string, Found>): boolean {
  let byRule = false;
  for (const [, type = '', code, plain, template, quoted] of text.matchAll(THROWN)) {
    if (code === undefined) byRule = true;
    else if (type === 'NotFound') keep(found, `${code}.not-found`, { status: 404, says: ABSENT });
    else keep(found, code, { status: STATUS[type]!, says: plain ?? quoted ?? spoken(template ?? '') });
  }
  for (const [, noun] of text.matchAll(EXPECTED)) {
    if (noun === undefined) byRule = true;
    else keep(found, `${noun}.changed`, { status: 409, says: 'Somebody else changed this first' });
  }
  for (const [, code = ''] of text.matchAll(INVALID))
    keep(found, code, { status: 422, says: 'Some of what was sent is not right' });
  return byRule;
}

const ABSENT = 'There is no such record, or you may not see it';

/** What is filled in when it is said, such as a number, is left open. */
const spoken = (template: string): string => template.replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, '…');

const parsed = (line: string): [string, Found] => {
  const [status = '', code = '', ...says] = line.split(' ');
  return [code, { status: Number(status), says: says.join(' ') }];
};

/** The first that says anything counts. */
function keep(found: Map<string, Found>, code: string, { status, says }: Found): void {
  const known = found.get(code);
  if (known && known.status !== status && !TWO_STATUSES.includes(code))
    throw new Error(`${code} is answered with ${known.status} and with ${status}: they are two problems`);
  if (!known || known.says === '')
    found.set(code, { status: known?.status ?? status, says: says.replaceAll('\\', '') });
}

/** Pages answer with pages, and tests with nothing: neither is of the API. */
function sourcesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.ts$/.test(path) && !/\.(spec|testing|contract)\.ts$/.test(path))
    .map((path) => join(folder, path))
    .filter((path) => !/\/(apps\/web|apps\/all-in-one|libs\/testing|node_modules)\//.test(path))
    .sort();
}
