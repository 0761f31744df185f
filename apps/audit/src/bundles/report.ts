/** What the report of an evidence bundle says, in words: made once, and written as HTML and as PDF. */
export interface Report {
  readonly title: string;
  readonly made: readonly Fact[];
  readonly asked: readonly Fact[];
  readonly ledger: readonly Fact[];
  readonly totals: readonly Fact[];
  readonly acts: readonly Line[];
  /** Acts that the file holds and the report does not list. */
  readonly unlisted: number;
}

export interface Fact {
  readonly key: string;
  readonly value: string;
}

/** One act: when, who for which agency, what, with what outcome, about what; and its entry in the ledger. */
export interface Line {
  readonly entry: string;
  readonly at: string;
  readonly who: string;
  readonly what: string;
  readonly outcome: string;
  readonly about: string;
  readonly note: string;
}

export const COLUMNS = ['Entry', 'When (UTC)', 'Who', 'What', 'Outcome', 'About', 'State'] as const;
export const cellsOf = (l: Line): string[] => [l.entry, l.at, l.who, l.what, l.outcome, l.about, l.note];

export const HOW_TO_CHECK = [
  'Take the keys of the log from somewhere other than this bundle and the system that made it, and put them into a policy file of your own. policy.txt shows its form; it proves nothing, for it came with the bundle.',
  'On a computer of your own: npm run verify-ledger -- FILE.zip --policy YOUR-POLICY. It needs no network and shares no code with the system. It checks the signature over every file here, and then each act against the signed checkpoint.',
  'This report is for reading. The proof is the file log.ledger.jsonl: where they differ, that file is right.',
] as const;

export const LIMITS = [
  'Chosen acts prove themselves; only a bundle of every entry of some days shows that none between them is missing.',
  'What never reached the log, such as somebody who read the database as its owner, is not in it.',
  'Content that was false when it was recorded is recorded faithfully.',
] as const;

/** How often each thing was done, and what was refused, most frequent first. */
export function totalsOf(lines: readonly Pick<Line, 'what' | 'outcome'>[]): Fact[] {
  const counted = new Map<string, number>();
  for (const { what, outcome } of lines) {
    const key = outcome === 'Done' ? what : `${what} (${outcome.toLowerCase()})`;
    counted.set(key, (counted.get(key) ?? 0) + 1);
  }
  return [...counted]
    .sort(([a, m], [b, n]) => n - m || a.localeCompare(b))
    .map(([key, n]) => ({ key, value: String(n) }));
}
