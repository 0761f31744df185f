/** Who hears of an event by webhook: agencies named in these fields of it, and those that take part in its case. */
export interface Subscribable {
  readonly says: string;
  readonly orgs: readonly string[];
  readonly participants?: true;
}

const REFERRAL = ['referringOrg', 'receivingOrg'];
const CASE = { orgs: [], participants: true } as const;

/**
 * What an agency's own systems can be told of. What is not named here is told to nobody: openings in an emergency, restrictions,
 * who was asked about, assessments and notes of others stay within the pages, where a person is named as reader.
 */
export const subscribable: Readonly<Record<string, Subscribable>> = {
  'referrals.referral-submitted.v1': { says: 'A referral was made', orgs: REFERRAL },
  'referrals.referral-assigned.v1': { says: 'A referral was assigned', orgs: ['receivingOrg'] },
  'referrals.referral-rated.v1': { says: 'A referral got a colour', orgs: ['receivingOrg'] },
  'referrals.information-requested.v1': { says: 'Information was asked for about a referral', orgs: REFERRAL },
  'referrals.information-returned.v1': { says: 'Information about a referral came', orgs: REFERRAL },
  'referrals.referral-accepted.v1': { says: 'A referral was accepted', orgs: REFERRAL },
  'referrals.referral-decided.v1': { says: 'A referral was decided otherwise', orgs: REFERRAL },
  'referrals.referral-reopened.v1': { says: 'A referral was opened again', orgs: REFERRAL },
  'referrals.referral-withdrawn.v1': { says: 'A referral was withdrawn', orgs: REFERRAL },
  'referrals.feedback-given.v1': { says: 'Feedback was given on a referral', orgs: ['referringOrg'] },
  'referrals.triage-clock-passed.v1': { says: 'A referral is late in triage', orgs: ['receivingOrg'] },
  'records.case-opened.v1': { says: 'A case was opened', ...CASE },
  'records.case-brought-in.v1': { says: 'A case was brought in from another system', ...CASE },
  'records.case-owner-changed.v1': { says: 'A case got another owner', ...CASE },
  'records.case-flag-changed.v1': { says: 'A flag of a case changed', ...CASE },
  'records.chronology-changed.v1': { says: 'The chronology of a case changed', ...CASE },
  'records.document-kept.v1': { says: 'A document was kept with a case', ...CASE },
  'records.person-joined-case.v1': { says: 'Somebody was added to a case', ...CASE },
  'records.onward-referral-offered.v1': { says: 'A case was referred on', orgs: ['fromOrg', 'toOrg'] },
  'sharing.agreement-changed.v1': { says: 'An agreement changed', orgs: ['ownerOrg', 'parties'] },
  'sharing.agreement-fell-due.v1': { says: 'Something about an agreement is due', orgs: ['ownerOrg'] },
  'sharing.question-changed.v1': { says: 'A question about sharing was asked or answered', orgs: ['senderOrg'] },
  'risk.conference-action-changed.v1': { says: 'An action of a meeting changed', orgs: ['orgId'] },
  'reviews.recommendation-changed.v1': { says: 'A recommendation to the agency changed', orgs: ['ownerOrg'] },
};
export const subscribableTypes = Object.keys(subscribable);

/** A test that an administrator sends. */
export const TEST_TYPE = 'webhook.test.v1';
