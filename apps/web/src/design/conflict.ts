import { fieldsOf } from './form';
import { show, type View } from './page';
import type { Submitted } from './submitted';
import { wordsOf } from './filters';
import { titleOf } from './words';

export interface ConflictParts {
  readonly sent: Submitted;
  /** The version in force, from which "keep mine" is sent again. */
  readonly version: number;
  /** Where the form goes. */
  readonly action: string;
  /** Where the page is, as the other left it. */
  readonly discard: string;
  readonly mine: unknown;
  readonly theirs: unknown;
  readonly by: string;
  readonly at: string | null;
}

/** The page of a save conflict: yours, theirs, who and when. What was typed goes with it and is never lost (rule 4). */
export function conflictView({ sent, mine, theirs, ...parts }: ConflictParts): View {
  const [yours, others] = [leaves(mine), leaves(theirs)];
  const names = [...new Set([...Object.keys(yours), ...Object.keys(others)])].filter((n) => yours[n] !== others[n]);
  return show(
    {
      ...parts,
      differences: names.map((name) => ({
        label: labelOf(name),
        yours: yours[name] ?? '',
        theirs: others[name] ?? '',
      })),
      typed: Object.entries(sent.values).flatMap(([name, value]) =>
        (typeof value === 'string' ? [value] : value).map((each) => ({ name, value: each })),
      ),
      key: sent.key,
    },
    409,
    '/design/conflict.njk',
  );
}

function leaves(content: unknown): Record<string, string> {
  const fields = Object.entries(fieldsOf(content)).filter(([name]) => !/(-day|-month|-year|\*)$/.test(name));
  return Object.fromEntries(
    fields.map(([name, v]) => [name, typeof v === 'string' ? titled(v) : v.map(titled).join(', ')]),
  );
}

const titled = (value: string): string => (/^[a-z]+(-[a-z]+)*$/.test(value) ? titleOf(value) : value);

/** `people.0.name.family` is "People 1, name, family". */
function labelOf(path: string): string {
  const words = path.split('.').map((part) => (/^\d+$/.test(part) ? String(Number(part) + 1) : spaced(part)));
  return wordsOf(words.join(', ').replace(/, (\d+)/g, ' $1'));
}

const spaced = (name: string): string => name.replace(/[A-Z]/g, (c) => ` ${c.toLowerCase()}`);
