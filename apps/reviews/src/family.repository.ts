import type { Tx } from '@concordat/messaging';
import type { FamilyContact, FamilyPerson } from './family';

/** The people of a review's family log as they are in force. */
export function familyOf(tx: Tx, reviewId: string): Promise<FamilyPerson[]> {
  return tx.query<FamilyPerson & Record<string, unknown>>(
    `SELECT id, number, record->>'name' AS name, record->>'relationship' AS relationship, record->>'advocate' AS advocate,
            record->>'safeWay' AS "safeWay", record->>'wishes' AS wishes, record->>'language' AS language,
            record->>'leafletOn' AS "leafletOn", record->'sensitiveDays' AS "sensitiveDays",
            record->>'reach' AS reach
       FROM (SELECT DISTINCT ON (id) * FROM family_person WHERE review_id = $1 ORDER BY id, number DESC) p ORDER BY at, id`,
    [reviewId],
    'family-people',
  );
}

export async function keepFamilyPerson(tx: Tx, reviewId: string, { id, number, ...record }: FamilyPerson) {
  await tx.execute(
    'INSERT INTO family_person (id, number, review_id, record, by_id, at) VALUES ($1, $2, $3, $4, $5, $6)',
    [id, number, reviewId, JSON.stringify(record), tx.actor.id, tx.now],
    'keep-family-person',
  );
}

/** Contacts of a review's family log, the last first. */
export function contactsOf(tx: Tx, reviewId: string): Promise<FamilyContact[]> {
  return tx.query<FamilyContact & Record<string, unknown>>(
    `SELECT id, person_id AS "personId", record->>'on' AS on, record->>'channel' AS channel, record->>'spoke' AS spoke,
            record->>'topic' AS topic, record->>'outcome' AS outcome, record->>'said' AS said, record->>'change' AS change,
            record->>'nextOn' AS "nextOn", record->>'begunBy' AS "begunBy", record->>'despite' AS despite, by_id AS by, to_json(at)#>>'{}' AS at
       FROM family_contact WHERE review_id = $1 ORDER BY record->>'on' DESC, at DESC, id`,
    [reviewId],
    'family-contacts',
  );
}

export async function keepFamilyContact(
  tx: Tx,
  reviewId: string,
  { id, personId, by: _by, at: _at, ...record }: FamilyContact,
): Promise<void> {
  await tx.execute(
    'INSERT INTO family_contact (id, review_id, person_id, record, by_id, at) VALUES ($1, $2, $3, $4, $5, $6)',
    [id, reviewId, personId, JSON.stringify(record), tx.actor.id, tx.now],
    'keep-family-contact',
  );
}
