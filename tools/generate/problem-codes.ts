import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../services/built';

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
const THROWN = new RegExp(
  `new (${Object.keys(STATUS).join('|')})\\(\\s*'([a-z0-9.-]+)'(?:,\\s*(?:'([^'\\n]*)'|\`([^\`\\n$]*)\`|"([^"\\n]*)"))?`,
  'g',
);

interface Found {
  readonly status: number;
  readonly says: string;
}

/** problemCodesSource writes the catalogue of problems: each code that a service can answer with, as its source says it. */
export function problemCodesSource(): string {
  const found = new Map<string, Found>();
  for (const folder of ['apps', 'libs'])
    for (const path of sourcesUnder(join(ROOT, folder))) collect(readFileSync(path, 'utf8'), found);
  const lines = [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, { status, says }]) => `${status} ${code} ${says}`.trimEnd());
  return `${HEAD}export const PROBLEM_CODES = \`\n${lines.join('\n')}\n\`;\n`;
}

const HEAD = `// Made by \`npm run generate\` from the code that answers with them. Not to be edited.
/* eslint max-lines: off */
`;

function collect(text: string, found: Map<string, Found>): void {
  for (const [, type, code, ...texts] of text.matchAll(THROWN)) {
    const name = type === 'NotFound' ? `${code}.not-found` : code!;
    const says = type === 'NotFound' ? 'There is no such record, or you may not see it' : (texts.find(Boolean) ?? '');
    const known = found.get(name);
    if (!known || known.says === '') found.set(name, { status: STATUS[type!]!, says: says.replaceAll('\\', '') });
  }
}

/** Pages answer with pages, and tests with nothing: neither is of the API. */
function sourcesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.ts$/.test(path) && !/\.(spec|testing|contract)\.ts$/.test(path))
    .map((path) => join(folder, path))
    .filter((path) => !/\/(apps\/web|apps\/all-in-one|libs\/testing|node_modules)\//.test(path))
    .sort();
}
