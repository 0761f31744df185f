import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What auditors may see of reviews (decision 35). */
export class AuditReviews1700000195000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(AUDITED);
  }

  async down(): Promise<void> {
    throw new Error('reviews are never migrated away');
  }
}

/** Of each part of a document, what auditors see: a field that is not named here is not shown. */
export const PARTS = {
  facts: ['code', 'party', 'date', 'approximate', 'by', 'at'],
  notices: ['code', 'decision', 'sentOn', 'by', 'at'],
  confirmations: ['guard', 'round', 'by', 'at'],
  pauses: ['id', 'reason', 'from', 'reviewOn', 'to', 'ending', 'endedOn', 'by', 'at'],
  extensions: ['clock', 'party', 'old', 'new', 'agreedOn', 'approvers', 'by', 'at'],
  meetings: ['id', 'round', 'on', 'present', 'agreed', 'terms', 'lacked', 'by', 'at'],
  terms: ['number', 'by', 'at'],
  managementReviews: ['id', 'round', 'orgId', 'from', 'to', 'askedOn', 'dueOn', 'by', 'at'],
  managementSteps: ['review', 'move', 'orgId', 'by', 'at'],
  qualityAnswers: ['letter', 'point', 'done', 'on', 'by', 'at'],
  publications: ['number', 'decision', 'reasons', 'reviewOn', 'decidedOn', 'by', 'at'],
  copies: ['code', 'sentOn', 'by', 'at'],
};
type Parts = Readonly<Record<string, readonly string[]>>;
const partsOf = (parts: Parts): string =>
  Object.entries(parts)
    .map(([part, fields]) => `'${part}', only_fields(r.document->'${part}', '{${fields.join(',')}}')`)
    .join(',\n      ');

/** The function by which auditors see reviews, with these parts of their documents. Later migrations put more into it. */
export const auditedReviews = (parts: Parts, create: 'CREATE' | 'CREATE OR REPLACE' = 'CREATE'): string => `
-- Past the wall, and only for auditors and coordinators of the agency that commissions it: dates, codes and numbers. Of what
-- somebody wrote in words no more is left than that there is something.
${create} FUNCTION audited_reviews(one uuid, most int) RETURNS TABLE (
  id uuid, version int, reference text, owner_org uuid, state text, kind jsonb, document jsonb, decisions jsonb,
  recommendations jsonb, actions jsonb, repeats int, history jsonb
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = reviews, public AS $$
  SELECT r.id, r.version, r.reference, r.owner_org, r.state,
    jsonb_build_object('code', r.kind_code, 'version', r.kind_version, 'digest', r.kind_digest),
    jsonb_build_object('about', '', 'notifier', '', 'parties', r.document->'parties', 'round', r.document->'round', 'allowedDates', '[]'::jsonb,
      ${partsOf(parts)},
      'letters', (SELECT coalesce(jsonb_agg(jsonb_build_object('number', l->'number', 'round', l->'round', 'receivedOn', l->'receivedOn',
                    'verdict', l->'verdict', 'points', (SELECT coalesce(jsonb_agg(has_words(p)), '[]') FROM jsonb_array_elements_text(l->'points') p)) ORDER BY n), '[]')
                    FROM jsonb_array_elements(coalesce(r.document->'letters', '[]')) WITH ORDINALITY x(l, n)),
      'panel', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', m->'id', 'role', m->'role', 'seat', m->'seat', 'orgId', m->'orgId', 'userId', m->'userId',
                    'name', NULL, 'endedOn', m->'endedOn', 'declarations', only_fields(m->'declarations', '{conflict,by,at}')) ORDER BY n), '[]')
                    FROM jsonb_array_elements(coalesce(r.document->'panel', '[]')) WITH ORDINALITY x(m, n))),
    (SELECT coalesce(jsonb_agg(jsonb_build_object('number', d.record->'number', 'round', d.record->'round', 'outcome', d.record->'outcome',
        'legalBasis', d.record->'legalBasis', 'decidedOn', d.record->'decidedOn', 'by', d.record->'by', 'at', d.record->'at',
        'criteria', (SELECT coalesce(jsonb_agg(jsonb_build_object('code', c->'code', 'answer', c->'answer', 'evidence', has_words(c->>'evidence'))), '[]')
                       FROM jsonb_array_elements(d.record->'criteria') c)) ORDER BY d.number), '[]')
       FROM review_decision d WHERE d.review_id = r.id),
    (SELECT coalesce(jsonb_agg(jsonb_build_object('number', x.number, 'level', x.level, 'response', x.response, 'responded', x.responded) ORDER BY x.number), '[]')
       FROM recommendation x WHERE x.review_id = r.id),
    (SELECT coalesce(jsonb_agg(jsonb_build_object('name', 'R' || x.number || '.' || a.number, 'state', a.state, 'leadId', a.lead_id,
        'claims', (SELECT coalesce(jsonb_agg(jsonb_build_object('by', c->'by', 'evidence', has_words(c->>'evidence') <> '') ORDER BY n), '[]')
                     FROM jsonb_array_elements(a.document->'claims') WITH ORDINALITY y(c, n)),
        'checks', only_fields(a.document->'checks', '{by,verified}')) ORDER BY x.number, a.number), '[]')
       FROM recommendation x JOIN review_action a ON a.recommendation_id = x.id WHERE x.review_id = r.id),
    (SELECT count(DISTINCT p.recommendation_id)::int FROM recommendation_repeat p JOIN recommendation x ON x.id = p.recommendation_id
      WHERE x.review_id = r.id),
    (SELECT coalesce(jsonb_agg(jsonb_build_object('version', s.version, 'from', s.from_state, 'to', s.to_state, 'by', s.by_id) ORDER BY s.version), '[]')
       FROM review_step s WHERE s.review_id = r.id)
  FROM review r
 WHERE (one IS NULL OR r.id = one) AND (audits(r.owner_org) OR coordinates(r.owner_org))
 ORDER BY r.changed_at DESC, r.id DESC LIMIT most $$;
`;

const AUDITED = `
CREATE FUNCTION only_fields(list jsonb, fields text[]) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(jsonb_agg((SELECT coalesce(jsonb_object_agg(k, v), '{}') FROM jsonb_each(e) x(k, v) WHERE k = ANY (fields)) ORDER BY n), '[]')
    FROM jsonb_array_elements(coalesce(list, '[]')) WITH ORDINALITY y(e, n) $$;
CREATE FUNCTION audits(org uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT acting_as('user') AND org = acting_org() AND EXISTS (
    SELECT 1 FROM member WHERE user_id = acting_user() AND org_id = org AND active AND 'auditor' = ANY (roles)) $$;
CREATE FUNCTION has_words(words text) RETURNS text LANGUAGE sql IMMUTABLE AS
  $$ SELECT CASE WHEN btrim(coalesce(words, '')) = '' THEN '' ELSE '-' END $$;

${auditedReviews(PARTS)}REVOKE ALL ON FUNCTION audited_reviews(uuid, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audited_reviews(uuid, int) TO concordat_reviews;
`;
