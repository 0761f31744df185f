import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { PersonDetails } from '../person';
import { INDEX, indexed } from '../person-index';

/** People who have a confidential address are no longer found, or compared, by it. */
export class UnmatchConfidential1700000095000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const people = (await runner.query(
      `SELECT p.id, p.content FROM person p JOIN person_match m ON m.person_id = p.id
        WHERE p.content @> '{"addresses": [{"confidential": true}]}'`,
    )) as { id: string; content: PersonDetails }[];
    await runner.query(
      `${INDEX} ON CONFLICT (person_id) DO UPDATE
         SET keys = EXCLUDED.keys, terms = EXCLUDED.terms, facts = EXCLUDED.facts, digest = EXCLUDED.digest`,
      [JSON.stringify(people.map(indexed))],
    );
  }

  async down(): Promise<void> {
    throw new Error('records are never migrated away');
  }
}
