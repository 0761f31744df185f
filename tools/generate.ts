import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ASVS, asvsDocument, chapters } from './generate/asvs';
import { documents } from './generate/documents';
import { problemCodesSource } from './generate/problem-codes';
import { ROOT } from './services/built';

const FOLDER = join(ROOT, 'docs', 'generated');
/** Part of the code: what is generated from it is right only once it is. */
const CODES = join(ROOT, 'libs', 'contracts', 'src', 'problem-codes.generated.ts');

/**
 * `npm run generate` writes docs/generated: the API and event documents, the tables, who may do what, what imports what; and the
 * page of the security checklist. With `--check` it writes nothing, and ends with 1 when what is committed differs.
 */
async function main(argv: readonly string[]): Promise<number> {
  const checking = argv.includes('--check');
  const codes = problemCodesSource();
  if (readFileSync(CODES, 'utf8') !== codes) {
    if (!checking) writeFileSync(CODES, codes);
    const done = checking ? 'is not up to date' : 'is written';
    console.error(
      `libs/contracts/src/problem-codes.generated.ts ${done}. Run: npm run generate${checking ? '' : ' (again, to go on)'}`,
    );
    return 1;
  }
  const checklist = asvsDocument(chapters(ROOT));
  if (readFileSync(join(ROOT, ASVS), 'utf8') !== checklist) {
    if (checking) console.error(`Not up to date: ${ASVS}. Run: npm run generate`);
    else writeFileSync(join(ROOT, ASVS), checklist);
    if (checking) return 1;
  }
  const made = await documents();
  const different = [...made].filter(([name, text]) => kept(name) !== text).map(([name]) => name);
  const stale = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => !made.has(name)) : [];
  if (checking) {
    if (different.length + stale.length === 0) return 0;
    console.error(`Not up to date in docs/generated: ${[...different, ...stale].join(', ')}. Run: npm run generate`);
    return 1;
  }
  mkdirSync(FOLDER, { recursive: true });
  for (const name of different) writeFileSync(join(FOLDER, name), made.get(name) ?? '');
  for (const name of stale) rmSync(join(FOLDER, name));
  console.log(different.length > 0 ? `Wrote ${different.join(', ')}` : 'Nothing had changed');
  return 0;
}

const kept = (name: string): string | undefined => {
  const file = join(FOLDER, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
};

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
