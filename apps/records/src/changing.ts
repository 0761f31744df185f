import { expectVersion } from '@concordat/platform';
import { demand } from '@concordat/access';
import { PersonChanged, type Action, type PersonPart } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import { keepingWithheld, type Looker } from './confidential';
import { corrected, differing, type PersonChange } from './person';
import { indexPerson } from './person-index';
import {
  changingOrgs,
  lockedPerson,
  lookerAt,
  refreshCaseNames,
  replaceDetails,
  type PersonRow,
} from './people.repository';

/** Locks a person for a change by the caller: visible, of the version that they saw, and theirs to change. */
export async function personToChange(tx: Tx, id: string, action: Action): Promise<PersonRow> {
  const person = await lockedPerson(tx, id);
  expectVersion(tx.call, 'person', person.version, await partsSince(tx, person));
  demand(tx.actor, action, { orgs: changingOrgs(tx, person) });
  return person;
}

/** The parts that have changed since the version that the caller sent. */
async function partsSince(tx: Tx, person: PersonRow): Promise<PersonPart[]> {
  const rows = await tx.query<{ content: PersonRow['content'] }>(
    'SELECT content FROM person_version WHERE person_id = $1 AND version = $2',
    [person.id, tx.call.expectedVersion ?? 0],
    'person-version',
  );
  return rows[0] ? differing(rows[0].content, person.content) : [];
}

/** Corrects a person by what `read` makes of the body: the version, the index and the event of it, if anything differs. */
export async function changePerson(
  tx: Tx,
  id: string,
  action: Action,
  read: (person: PersonRow) => object,
): Promise<{ id: string; version: number; parts: PersonPart[] }> {
  const person = await personToChange(tx, id, action);
  return correctPerson(tx, person, lookerAt(tx, person), read(person));
}

/** Corrects a person whom the caller may change, as far as one looker is shown them. */
export async function correctPerson(
  tx: Tx,
  person: Pick<PersonRow, 'id' | 'version' | 'content'>,
  looker: Looker,
  sent: PersonChange,
): Promise<{ id: string; version: number; parts: PersonPart[] }> {
  const { id } = person;
  const change = keepingWithheld(looker, person.content, sent);
  const source = { orgId: tx.actor.orgId ?? '', at: tx.now.toISOString() };
  const { details, parts } = corrected(person.content, change, source);
  tx.about({ subjects: [id], objects: [{ t: 'person', id, ver: String(person.version) }], items: parts });
  if (parts.length === 0) return { id, version: person.version, parts };
  const stream = await tx.lock(id);
  const version = await replaceDetails(tx, person, details, 'corrected');
  if (parts.includes('name')) await refreshCaseNames(tx, id);
  indexPerson(tx, id, details);
  stream.publish(PersonChanged, { personId: id, version, parts });
  tx.about({ detail: { before: picked(person.content, parts), after: picked(details, parts) } });
  return { id, version, parts };
}

const picked = (details: PersonRow['content'], parts: readonly PersonPart[]): object =>
  Object.fromEntries(parts.map((part) => [part, details[part] ?? null]));
