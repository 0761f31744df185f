import type { PublicationDecision, PublicationReason, QualityVerdict, ReviewRelation } from '@concordat/contracts';
import type { ReleaseView } from '../apis/release';

/** What can identify somebody, in the order of the form. */
export const IDENTIFIERS: readonly { readonly kind: string; readonly label: string; readonly one: string }[] = [
  { kind: 'full-name', label: 'Whole names', one: 'Whole name' },
  { kind: 'forename', label: 'Other first names', one: 'First name' },
  { kind: 'surname', label: 'Other surnames', one: 'Surname' },
  { kind: 'nickname', label: 'Nicknames', one: 'Nickname' },
  { kind: 'address', label: 'Addresses', one: 'Address' },
  { kind: 'postcode', label: 'Postcodes', one: 'Postcode' },
  { kind: 'phone', label: 'Telephone numbers', one: 'Telephone number' },
  { kind: 'email', label: 'E-mail addresses', one: 'E-mail address' },
  { kind: 'case-number', label: 'Case, crime and NHS numbers', one: 'Case number' },
  { kind: 'school', label: 'Schools', one: 'School' },
  { kind: 'employer', label: 'Employers', one: 'Employer' },
];
const MORE: Readonly<Record<string, string>> = {
  ...{ 'birth-date': 'Date of birth', 'death-date': 'Date of death', unread: 'Cannot be read' },
  ...{ picture: 'Picture: look whether there is text in it', author: 'Made by somebody who is not on the panel' },
};
export const kindIn = (kind: string): string => IDENTIFIERS.find((i) => i.kind === kind)?.one ?? MORE[kind] ?? kind;

export const PARTS: Readonly<Record<string, string>> = {
  ...{ body: 'text', comment: 'a comment', 'tracked-change': 'a tracked change', note: 'a note', header: 'a header' },
  ...{ hidden: 'hidden text', metadata: 'a property of the file', 'file-name': 'the name of a file' },
  ...{ attribute: 'a description or a link', embedded: 'a file within it' },
};

/** What leaves a review, as its kinds call it. */
export const artefactIn = (code: string): string => {
  const words = code.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

export function fileState(file: {
  readonly state: string;
  readonly current: boolean;
  readonly open: readonly string[];
}) {
  if (file.state === 'withdrawn') return { text: 'Withdrawn', colour: 'grey' };
  if (!file.current) return { text: 'To be scanned again', colour: 'orange' };
  if (file.state === 'released') return { text: 'Released', colour: 'green' };
  return file.open.length > 0 ? { text: 'Held', colour: 'red' } : { text: 'Waits for a second person', colour: 'blue' };
}

export const VERDICTS: Readonly<Record<QualityVerdict, string>> = {
  publish: 'It may be published',
  publishAfterChanges: 'It may be published after changes',
  resubmit: 'It must be submitted again',
};
/** How a review stands to another, and the other to it. */
export const RELATIONS: Readonly<Record<ReviewRelation, { readonly to: string; readonly from: string }>> = {
  replaces: { to: 'It replaces', from: 'It is replaced by' },
  alongside: { to: 'It runs alongside', from: 'Alongside it runs' },
  sharesToR: { to: 'It shares terms of reference with', from: 'Terms of reference are shared by' },
  sharesIMRs: { to: 'It shares management reviews with', from: 'Management reviews are shared by' },
  waitsFor: { to: 'It waits for', from: 'It is waited for by' },
  joinedTo: { to: 'It is taken in by', from: 'It takes in' },
};
export const DECISIONS: Readonly<Record<PublicationDecision, string>> = {
  full: 'Published in full',
  part: 'Published in part',
  withheld: 'Withheld',
  deferred: 'Put off',
};
export const REASONS: Readonly<Record<PublicationReason, string>> = {
  safety: 'Somebody’s safety',
  'live-proceedings': 'Proceedings that are not over',
  inquest: 'An inquest',
  'court-order': 'An order of a court',
  're-identification': 'People would be recognised',
  'family-wishes': 'Wishes of the family',
  'awaiting-clearance': 'It waits for clearance',
};

/** What a rule that was broken means to whoever works on files that are to leave. */
export const NOT_RELEASED: Readonly<Record<string, string>> = {
  'review.changed': 'Somebody else changed this review first. Look at it again, then send this again',
  'pseudonym.nothing-known': 'Enter something that could identify them',
  'pseudonym.not-a-date': 'Enter whole dates',
  'pseudonym.too-short': 'Each thing that identifies them must be long enough to look for',
  'pseudonym.is-their-name': 'The pseudonym must not hold a name of theirs',
  'release-file.own': 'Somebody else must look at a file that you have brought',
  'release-file.author': 'Somebody who does not draft the report must look at it',
  'release-file.held': 'Something in it identifies somebody: bring a file without it, or say why it is nothing',
  'release-file.stale': 'Who is protected has changed since: look through it again',
  'release-file.not-scanned': 'It is released or withdrawn already',
  'release-file.nobody-protected': 'First enter who must not be recognised',
};

const MEGABYTE = 1_000_000;
/** Which central bodies take no file as large as this, with where that stands. Megabytes are the smaller ones, to be safe. Pure. */
export const tooHeavy = ({ weights }: Pick<ReleaseView, 'weights'>, bytes: number): string[] =>
  weights
    .filter(({ megabytes }) => bytes >= megabytes * MEGABYTE)
    .map(({ to, megabytes, force }) =>
      force === 'unverified'
        ? `${to} is said to take files smaller than ${megabytes} MB. That is not confirmed`
        : `${to} takes files smaller than ${megabytes} MB`,
    );
