import type { AccessLevel } from '@concordat/contracts';
import { Injectable } from '@nestjs/common';
import { Directory, type Names } from '../apis/directory';
import type { Pathway } from '../apis/practice';
import { Records, type CaseView, type TimelineEntry } from '../apis/records';
import { Referrals } from '../apis/referrals';
import { civilDateOf, dateOf, wordsOf } from '../design/filters';
import { contactAlerts, staffAlerts } from '../design/key-facts';
import type { Visit } from '../session/visit';

export const LEVELS: Readonly<Record<AccessLevel, string>> = {
  lead: 'Leads the case',
  contributor: 'Works on the case',
  reader: 'Reads the case',
  preview: 'Knows that the case exists',
};

const HAPPENED: Readonly<Record<string, string>> = {
  'referral-received': 'Referral received',
  'referral-accepted': 'Referral accepted',
  'case-opened': 'Case opened',
  'feedback-given': 'Feedback given to the referrer',
  'referral-reopened': 'Referral reopened',
  'case-brought-in': 'Case brought in from another system',
  'person-brought-in': 'Person brought in from another system',
  'person-added': 'Person added to the case',
  'people-merged': 'Two records of one person became one',
  'merge-undone': 'Two records of a person stand apart again',
  'participation-changed': 'Agency takes part',
  'participation-ended': 'Agency no longer takes part',
  restricted: 'Restricted to named staff',
  'restriction-changed': 'Restriction changed',
  'restriction-lifted': 'Restriction lifted',
  'referred-onward': 'Referred to somebody of another agency',
  'referred-outside': 'Referred outside the partnership',
  'onward-accepted': 'Referral to another agency accepted',
  'onward-declined': 'Referral to another agency declined',
  'onward-withdrawn': 'Referral to another agency ended early',
  'onward-completed': 'Referral to another agency completed',
  'onward-expired': 'Referral to another agency not answered in time',
  'transfer-requested': 'Somebody asked to take over the case',
  'transfer-refused': 'Refused to hand over the case',
  'transfer-offered': 'Case offered to another owner',
  'transfer-accepted': 'Case passed to another owner',
  'transfer-declined': 'Offer of the case declined',
  'transfer-withdrawn': 'Offer or request of the case taken back',
  'transfer-recorded': 'Case passed on outside the partnership',
  'approval-requested': 'Approval asked for',
  'approval-approved': 'Approved',
  'approval-rejected': 'Approval refused',
  'case-assigned': 'Case given to a colleague',
};

/** A case with names and titles for what it holds. */
export interface OpenedCase {
  readonly record: CaseView;
  readonly names: Names;
  /** Title of the kind of case, which is the pathway that it came along. */
  readonly kind: string;
  /** Null when the pack has it no more. */
  readonly pathway: Pathway | null;
}

/** Reads cases for the pages that show one. */
@Injectable()
export class Cases {
  constructor(
    private readonly records: Records,
    private readonly directory: Directory,
    private readonly referrals: Referrals,
  ) {}

  /** Throws what the context throws: a case that one may not know of is not found. */
  async open(visit: Visit, id: string): Promise<OpenedCase> {
    const record = await this.records.case(visit, id);
    const [names, practice] = await Promise.all([
      this.directory.names(
        visit,
        record.timeline.map((entry) => entry.by),
      ),
      this.referrals.practice(visit),
    ]);
    const pathway = practice.pathways.find((p) => p.code === record.kind) ?? null;
    return { record, names, pathway, kind: pathway?.title ?? record.kind };
  }
}

/** The block at the head of every page of a case. */
export function headingOf({ record, names, kind }: OpenedCase) {
  return {
    reference: record.reference,
    name: record.subjectName,
    alerts: [
      ...(record.restricted ? [{ kind: 'risk', text: 'Restricted to named staff' }] : []),
      ...(record.onOffer ? [{ kind: 'contact', text: 'On offer to another owner' }] : []),
      ...staffAlerts(record.keyFacts?.staffRisk),
      ...contactAlerts(record.keyFacts?.safeContact),
    ],
    facts: [
      { key: 'Status', text: wordsOf(record.status) },
      { key: 'About', text: kind },
      { key: 'Area', text: names.area(record.areaId) },
      { key: 'Lead agency', text: names.organisation(record.leadOrg) },
      { key: 'Opened', text: openedText(record) },
      { key: 'Your part', text: LEVELS[record.level] ?? wordsOf(record.level) },
    ],
  };
}

export type CasePageName =
  | 'overview'
  | 'risk'
  | 'chronology'
  | 'documents'
  | 'notes'
  | 'household'
  | 'links'
  | 'agencies'
  | 'timeline'
  | 'restrictions'
  | 'hand-over'
  | 'flags'
  | 'approvals';

/** When it was opened; of a case that was brought in, there and not here. */
const openedText = ({ openedAt, broughtIn }: Pick<CaseView, 'openedAt' | 'broughtIn'>): string =>
  broughtIn ? `${civilDateOf(broughtIn.said.opened)}, brought in ${dateOf(openedAt)}` : dateOf(openedAt);

/** The pages of a case. */
export const subNavigationOf = (id: string, current: CasePageName) => [
  { text: 'Overview', href: `/cases/${id}`, current: current === 'overview' },
  { text: 'Risk', href: `/cases/${id}/risk`, current: current === 'risk' },
  { text: 'Chronology', href: `/cases/${id}/chronology`, current: current === 'chronology' },
  { text: 'Documents', href: `/cases/${id}/documents`, current: current === 'documents' },
  { text: 'Notes', href: `/cases/${id}/notes`, current: current === 'notes' },
  { text: 'Relationships', href: `/cases/${id}/household`, current: current === 'household' },
  { text: 'Linked cases', href: `/cases/${id}/links`, current: current === 'links' },
  { text: 'Agencies', href: `/cases/${id}/agencies`, current: current === 'agencies' },
  { text: 'Timeline', href: `/cases/${id}/timeline`, current: current === 'timeline' },
  { text: 'Restrictions', href: `/cases/${id}/restrictions`, current: current === 'restrictions' },
  { text: 'Hand-over', href: `/cases/${id}/hand-over`, current: current === 'hand-over' },
  { text: 'Approvals', href: `/cases/${id}/approvals`, current: current === 'approvals' },
  { text: 'Flags', href: `/cases/${id}/flags`, current: current === 'flags' },
];

/** A timeline as it is shown: each entry names its agency, its date and who did it. */
export function timelineOf(entries: readonly TimelineEntry[], names: Names) {
  return entries.map((entry) => {
    const organisation = entry.orgId ? names.organisation(entry.orgId) : null;
    const level = entry.detail?.['level'] as AccessLevel | undefined;
    return {
      title: HAPPENED[entry.what] ?? wordsOf(entry.what),
      by: entry.by ? names.person(entry.by) : null,
      at: entry.at,
      lines: [organisation ? `Agency: ${organisation}` : null, level ? (LEVELS[level] ?? wordsOf(level)) : null].filter(
        (t) => t !== null,
      ),
    };
  });
}

/** Agencies in the case: those of now first, the lead before the others; then those whose part has ended. */
export function agenciesOf({ record, names }: Pick<OpenedCase, 'record' | 'names'>) {
  const now = record.participants.filter((p) => p.to === null);
  const ended = record.participants.filter((p) => p.to !== null);
  const shown = (p: CaseView['participants'][number]) => ({
    ...p,
    name: names.organisation(p.orgId),
    levelTitle: LEVELS[p.level] ?? wordsOf(p.level),
    mayEnd: record.may.changeParticipation && p.orgId !== record.leadOrg,
  });
  return {
    now: [...now].sort((a, b) => Number(b.level === 'lead') - Number(a.level === 'lead')).map(shown),
    ended: ended.map(shown),
  };
}
