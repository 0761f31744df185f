import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Yearly figures of ASB case reviews as they were published. */
export class PublishFigures1700000060010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(FIGURES);
  }

  async down(): Promise<void> {
    throw new Error('published figures are never migrated away');
  }
}

const FIGURES = `
-- What was published stays. Corrected figures of the same period are published beside it, with a higher edition.
CREATE TABLE published_figures (
  id uuid PRIMARY KEY,
  owner_org uuid NOT NULL,
  first_day date NOT NULL,
  last_day date NOT NULL,
  edition int NOT NULL,
  figures jsonb NOT NULL,
  note text,
  by_id uuid NOT NULL,
  published_at timestamptz NOT NULL,
  UNIQUE (owner_org, first_day, last_day, edition)
);
REVOKE UPDATE, DELETE, TRUNCATE ON published_figures FROM concordat_reviews;
ALTER TABLE published_figures ENABLE ROW LEVEL SECURITY;
-- Anybody may read what is published.
CREATE POLICY published ON published_figures FOR SELECT USING (true);
CREATE POLICY publishing ON published_figures FOR INSERT WITH CHECK (coordinates(owner_org));
`;
