import { agencyTypes, roles, type AgencyType, type ContextName, type Role } from '@concordat/contracts';
import { wordsOf } from '../design/filters';

/** What each role is for, for whoever gives it. The whole table is `permissions.ts`. */
const FOR: Readonly<Record<Role, string>> = {
  'safeguarding-lead': 'Triages referrals, leads cases and decides with whom they are shared',
  practitioner: 'Makes referrals and works on cases',
  'panel-chair': 'Chairs meetings of the forums that name them',
  'panel-coordinator': 'Sets up forums, plans meetings and keeps their record',
  'agency-representative': 'Speaks for the agency at meetings',
  'review-coordinator': 'Takes statutory reviews from notification to the last recommendation',
  'information-governance-lead': 'Signs agreements, answers questions about sharing, governs retention',
  auditor: 'Reads the audit trail and verifies it',
  administrator: 'Decides who is a member, and looks after the services',
  'board-member': 'Sees the figures of the partnership for its board, and nothing of any case',
  'restricted-records': 'Beside another role: reads restricted records of cases that the agency takes part in',
  integration: 'Beside another role: looks after webhooks of the agency’s systems',
};

export const roleChoices = roles.map((value) => ({ value, text: wordsOf(value), hint: FOR[value] }));

export const rolesInWords = (held: readonly Role[]): string => held.map(wordsOf).join(', ');

const TYPES: Readonly<Record<AgencyType, string>> = {
  COUNCIL: 'Council',
  POLICE: 'Police',
  NHS: 'NHS body',
  ICB: 'Integrated care board',
  PROBATION: 'Probation',
  FIRE: 'Fire and rescue',
  HOUSING: 'Housing provider',
  VCS: 'Charity',
  EDUCATION: 'Education',
  PRISON: 'Prison',
};
export const typeChoices = agencyTypes.map((value) => ({ value, text: TYPES[value] }));

/** What each service looks after. */
export const SERVICES: Readonly<Record<ContextName, string>> = {
  identity: 'Organisations and members',
  referrals: 'Referrals and triage',
  records: 'Cases and people',
  sharing: 'Agreements and decisions about sharing',
  risk: 'Assessments and meetings',
  reviews: 'Statutory reviews',
  notifications: 'Deadlines and messages',
  insight: 'Figures of the partnership',
  audit: 'The audit trail',
};

/** Rules and conflicts of memberships, in words. */
export const WHY_NOT: Readonly<Record<string, string>> = {
  'membership.own': 'You cannot change your own membership. Ask another administrator',
  'membership.area-not-yours': 'You can give and take only areas that you cover yourself',
  'membership.active': 'This person is a member already',
  'membership.revoked': 'This membership has ended. Look at it again',
  'membership.changed': 'Somebody else changed this first. Look at what it says now, then send it again',
  'staff.username-taken': 'Somebody else has this username',
  'staff.subject-taken': 'Somebody else has this name at the identity provider',
  'organisation.code-taken': 'Another organisation has this code',
  'organisation.name-taken': 'Another organisation has this name',
  'organisation.changed': 'Somebody else changed this first. Look at what it says now, then send it again',
  'organisation.own': 'You cannot close your own organisation',
  'organisation.leads': 'It triages for an open area. Give the area to another organisation first',
  'organisation.closed': 'Somebody else has closed it already',
  'organisation.open': 'Somebody else has opened it already',
  'area.code-taken': 'Another area has this code',
  'area.name-taken': 'Another area has this name',
  'area.changed': 'Somebody else changed this first. Look at what it says now, then send it again',
  'area.last': 'Your organisation would lead no area that you cover. See to another area first',
  'area.closed': 'Somebody else has closed it already',
  'area.open': 'Somebody else has opened it already',
  'area.lead-closed': 'The organisation that triages for it is closed. Name another first',
};
