import type { Facts } from '@concordat/matching';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Labelled } from './measure';

/** Which of a record's fields are looked at: all but the national id, or the three that every agency has. */
export type Scope = 'without-national-id' | 'name-birth-postcode';

/**
 * Reads a set of FEBRL (Australian National University; the files are read where they lie and never copied). The number in
 * `rec-N-org` and `rec-N-dup-M` says whose record it is. The national id is never looked at.
 */
export function readFebrl(folder: string, set: 1 | 2 | 3, scope: Scope): Labelled[] {
  const [head = '', ...lines] = readFileSync(join(folder, `dataset${set}.csv`), 'utf8')
    .trim()
    .split(/\r?\n/);
  const names = head.split(',').map((name) => name.trim());
  return lines.map((line) => {
    const values = line.split(',').map((value) => value.trim());
    const row = Object.fromEntries(names.map((name, i) => [name, values[i] ?? '']));
    return { person: Number(/^rec-(\d+)-/.exec(row['rec_id'] ?? '')?.[1]), facts: factsOf(row, scope) };
  });
}

function factsOf(row: Readonly<Record<string, string>>, scope: Scope): Facts {
  const birth = /^(\d{4})(\d\d)(\d\d)$/.exec(row['date_of_birth'] ?? '');
  const lines = [`${row['street_number']} ${row['address_1']}`, row['address_2'], row['suburb'], row['state']];
  return {
    names: [{ given: row['given_name'], family: row['surname'] }],
    births: birth ? [{ value: birth.slice(1).join('-') }] : [],
    places: [
      {
        postcode: row['postcode'],
        lines: scope === 'without-national-id' ? lines.map((l) => l ?? '') : [],
      },
    ],
  };
}
