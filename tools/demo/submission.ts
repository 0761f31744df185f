import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../services/built';

/** The referral to send, or why there is none. */
export type Submission = { readonly content: unknown } | { readonly trouble: string };

const USAGE = 'Usage: npm run demo [-- --file referral.json]';

/** submissionOf reads the file that the command line names, or the shipped example. Never throws. */
export function submissionOf(argv: readonly string[]): Submission {
  const [option, named, ...rest] = argv;
  if (option === undefined) return read(join(ROOT, 'packs/demo/referral.example.json'));
  if (option !== '--file' || named === undefined || rest.length > 0) return { trouble: USAGE };
  return read(named);
}

function read(file: string): Submission {
  if (!existsSync(file)) return { trouble: `There is no file ${file}` };
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    return { trouble: `${file} cannot be read (${(error as NodeJS.ErrnoException).code})` };
  }
  try {
    const content = JSON.parse(text) as unknown;
    if (typeof content === 'object' && content !== null && !Array.isArray(content)) return { content };
    return {
      trouble: `${file} does not hold one referral: it must be a JSON object like packs/demo/referral.example.json`,
    };
  } catch (error) {
    return { trouble: `${file} is not JSON: ${(error as Error).message}` };
  }
}
