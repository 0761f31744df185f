import { blockingKeys, prepare, type Prepared } from '@concordat/matching';
import type { Tx } from '@concordat/messaging';
import { createHash } from 'node:crypto';
import { factsOf, type PersonDetails } from './person';

/**
 * Keeps by what people are found as each other's other records. It is written by whatever changes a person, which on the way
 * from a referral is records' own worker: intake never waits for it. People merged away are not in it (DUP-4).
 */
export function indexNewPeople(
  tx: Tx,
  people: readonly { readonly id: string; readonly content: PersonDetails }[],
): void {
  tx.write(`${INDEX} ON CONFLICT (person_id) DO NOTHING`, [JSON.stringify(people.map(indexed))], 'index-new-people');
}

/** As `indexNewPeople`, for one whose details have changed. */
export function indexPerson(tx: Tx, id: string, content: PersonDetails): void {
  tx.write(
    `${INDEX} ON CONFLICT (person_id) DO UPDATE SET keys = EXCLUDED.keys, terms = EXCLUDED.terms, facts = EXCLUDED.facts, digest = EXCLUDED.digest`,
    [JSON.stringify([indexed({ id, content })])],
    'index-person',
  );
}

/** Takes somebody out of the index. MUST come before their places in cases are moved: afterwards the caller does not see them. */
export async function unindexPerson(tx: Tx, id: string): Promise<void> {
  await tx.execute('DELETE FROM person_match WHERE person_id = $1', [id], 'unindex-person');
}

/** Rows of the index from what `indexed` makes, as a JSON list. */
export const INDEX = `
  INSERT INTO person_match (person_id, keys, terms, facts, digest)
  SELECT (v->>'id')::uuid, ARRAY(SELECT jsonb_array_elements_text(v->'keys')), ARRAY(SELECT jsonb_array_elements_text(v->'terms')),
         v->'facts', v->>'digest' FROM jsonb_array_elements($1::jsonb) v`;

/** What the index keeps of a person; `digest` changes exactly when what is compared does. */
export function indexed({ id, content }: { readonly id: string; readonly content: PersonDetails }) {
  const facts = factsOf(content);
  const prepared = prepare(facts);
  const digest = createHash('sha256').update(JSON.stringify(facts)).digest('base64url');
  return { id, keys: blockingKeys(prepared), terms: termsOf(prepared), facts, digest };
}

/** How a value is called whose share among people is counted. */
export const termOf = (field: 'forename' | 'surname' | 'postcode', value: string): string => `${field[0]}:${value}`;

function termsOf({ names, places }: Prepared): string[] {
  const [name] = names;
  return [
    ...(name && name.given.length > 0 ? [termOf('forename', name.given.join(''))] : []),
    ...(name && name.family.length > 0 ? [termOf('surname', name.family.join(''))] : []),
    ...new Set(places.flatMap((p) => (p.postcode === '' ? [] : [termOf('postcode', p.postcode)]))),
  ];
}
