import { signInNames } from './demonstration/demo-files';
import type { Loaded } from './demonstration/demonstration';

export interface Occasion {
  /** Where a browser reaches the installation. */
  readonly publicUrl: string;
  readonly dataDir: string;
  /** What this start loaded; null when nothing. */
  readonly loaded: Loaded | null;
  /** Whether the demonstration partnership is here, so that one can sign in as its people. */
  readonly demonstrated: boolean;
  readonly readyMs: number;
}

/** Shown at the terminal: enough to sign in as somebody of each kind. The sign-in page lists everybody. */
const SHOWN = ['hana', 'amina', 'bevan', 'carys', 'dov', 'erin', 'gwen', 'idris', 'jo', 'kit', 'lena', 'xanthe'];

/** welcome says where to go, as whom to sign in, where the data is and how to stop. */
export function welcome(occasion: Occasion, say: (line: string) => void = console.log): void {
  const { publicUrl, dataDir, loaded, demonstrated, readyMs } = occasion;
  say('');
  say(`Concordat is ready at ${publicUrl}  (${(readyMs / 1000).toFixed(1)} s)`);
  say('');
  if (loaded) say(`Loaded the demonstration partnership and ${loaded.referrals} referrals.`);
  if (demonstrated) {
    say('Sign in as any of these; there are no passwords here:');
    for (const line of table(SHOWN)) say(`  ${line}`);
    say('  …and everybody else on the sign-in page.');
  } else {
    say('The demonstration is left out (CONCORDAT_DEMO=no).');
  }
  say('');
  say(`Data:  ${dataDir}`);
  say('Stop:  Ctrl-C');
  say('');
}

function table(usernames: readonly string[]): string[] {
  const people = signInNames().filter((p) => usernames.includes(p.username));
  const rows = usernames
    .flatMap((name) => people.filter((p) => p.username === name))
    .map((p) => [p.username, p.name, p.roles.map((role) => role.replaceAll('-', ' ')).join(', '), p.organisation]);
  const widths = [0, 1, 2].map((column) => Math.max(0, ...rows.map((row) => row[column]!.length)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
}
