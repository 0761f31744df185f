import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The index by number holds only acts that have one. With the others in it, the relay's leader looked for unnumbered acts
 * through every one that had ever waited for a number and was not vacuumed yet: milliseconds for each round under load.
 * Every context lists it among its migrations; a new one too.
 */
export class IndexNumberedActs1700000170000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX act_seq');
    await runner.query('CREATE UNIQUE INDEX act_seq ON act (seq) WHERE seq IS NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX act_seq');
    await runner.query('CREATE UNIQUE INDEX act_seq ON act (seq)');
  }
}
