import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is counted of referrals, apart from what they tell, and figures of forums as they were published. */
export class CountConferences1700000190000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(WALL);
    await runner.query(COUNTED);
    await runner.query(HELD);
  }

  async down(): Promise<void> {
    throw new Error('conferences are never migrated away');
  }
}

const TABLES = `
-- Characteristics that the figures of a forum count. No answer is a row of its own, which is neither yes nor no.
CREATE TABLE referral_characteristic (
  referral_id uuid NOT NULL REFERENCES forum_referral ON DELETE CASCADE,
  code text COLLATE "C" NOT NULL,
  answer text NOT NULL CHECK (answer IN ('yes', 'no', 'not-known', 'declined', 'not-asked')),
  PRIMARY KEY (referral_id, code)
);
REVOKE UPDATE, DELETE, TRUNCATE ON referral_characteristic FROM concordat_risk;

-- A financial year, called by the year in which it begins. It is published once: what is corrected later changes nothing of it.
CREATE TABLE published_year (
  forum_id uuid NOT NULL REFERENCES forum,
  year int NOT NULL,
  figures jsonb NOT NULL,
  population jsonb,
  statistics jsonb NOT NULL,
  rule text NOT NULL,
  pack text NOT NULL,
  forum_version int NOT NULL,
  by_id uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (forum_id, year)
);
-- What it was made from, small numbers and all: for whoever leads the forum.
CREATE TABLE published_year_count (
  forum_id uuid NOT NULL,
  year int NOT NULL,
  counted jsonb NOT NULL,
  PRIMARY KEY (forum_id, year),
  FOREIGN KEY (forum_id, year) REFERENCES published_year
);
REVOKE UPDATE, DELETE, TRUNCATE ON published_year, published_year_count FROM concordat_risk;
`;

/** Nobody reads somebody's characteristics: they are counted, and told to whom they are about when they ask. */
const WALL = `
ALTER TABLE referral_characteristic ENABLE ROW LEVEL SECURITY;
CREATE POLICY said ON referral_characteristic FOR INSERT WITH CHECK (acting_as('user')
  AND EXISTS (SELECT 1 FROM forum_referral r WHERE r.id = referral_id AND r.by_id = acting_user() AND r.org_id = acting_org()));

ALTER TABLE published_year ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON published_year FOR SELECT USING (acting_as('user'));
CREATE POLICY published ON published_year FOR INSERT WITH CHECK (leads_forum(forum_id) AND by_id = acting_user());
ALTER TABLE published_year_count ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON published_year_count FOR SELECT USING (leads_forum(forum_id));
CREATE POLICY published ON published_year_count FOR INSERT WITH CHECK (leads_forum(forum_id));
`;

const COUNTED = `
-- Cases that were heard at meetings whose minutes are issued, as far as figures count them: for whoever leads the forum, those among
-- them that they have no part in. No id of a case or of anybody.
CREATE FUNCTION counted_cases(asked uuid, first_day date, last_day date)
RETURNS TABLE (held_on date, org_id uuid, repeat boolean, children int, characteristics jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = risk AS $$
  SELECT m.held_on, r.org_id, coalesce((r.repeat ->> 'repeat')::boolean, false), cardinality(r.child_ids),
         coalesce((SELECT jsonb_object_agg(c.code, c.answer) FROM referral_characteristic c WHERE c.referral_id = r.id), '{}')
    FROM meeting m JOIN agenda_item i ON i.meeting_id = m.id AND i.state = 'heard' JOIN forum_referral r ON r.id = i.referral_id
   WHERE leads_forum(asked) AND m.forum_id = asked AND m.state IN ('minutes-issued', 'closed')
     AND m.held_on BETWEEN first_day AND last_day
$$;
REVOKE ALL ON FUNCTION counted_cases(uuid, date, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION counted_cases(uuid, date, date) TO concordat_risk;
`;

/** Whoever asks what is held about them is told their characteristics too. */
const HELD = `
CREATE FUNCTION characteristics_about(asked uuid) RETURNS TABLE (id uuid, at timestamptz, title text, answers jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = risk AS $$
  SELECT r.id, r.at, f.settings ->> 'title', jsonb_object_agg(c.code, c.answer)
    FROM forum_referral r JOIN forum f ON f.id = r.forum_id JOIN referral_characteristic c ON c.referral_id = r.id
   WHERE acting_as('service') AND standing_person(r.subject_id) = standing_person(asked)
   GROUP BY r.id, f.settings ORDER BY r.at
$$;
REVOKE ALL ON FUNCTION characteristics_about(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION characteristics_about(uuid) TO concordat_risk;
`;
