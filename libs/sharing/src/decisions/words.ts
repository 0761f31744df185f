import type { Flow } from '../agreement';
import type { ReasonCode } from './reasons';
import type { DecisionRequest } from './request';

/** What the sentences speak of, as names. */
export interface Telling {
  readonly sender: string;
  readonly recipients: string;
  readonly items: string;
  readonly purpose: string;
  /** `agreement Northbank MARAC 2.1.0` */
  readonly agreement: string;
  readonly request: DecisionRequest;
  readonly flow: Flow | undefined;
  readonly effectiveFrom: string | undefined;
  readonly expiresOn: string | undefined;
  readonly reviewBy: string | undefined;
  /** Items that the flow does not carry, that are special or criminal, and whose condition is not met. */
  readonly outside: string;
  readonly special: string;
  readonly criminal: string;
  readonly conditional: string;
  /** Organisations without a condition for them, that are no party, and that have no line to receive. */
  readonly withoutSpecial: string;
  readonly withoutCriminal: string;
  readonly strangers: string;
  readonly withoutLine: string;
}

/** partyWords joins names as a sentence does. */
export const partyWords = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? 'nobody') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

const words: Readonly<Record<ReasonCode, (t: Telling) => string>> = {
  AUDIT_UNAVAILABLE: () => 'Nothing can be shared now, because it could not be put on record.',
  REQUEST_INVALID: () => 'The request is incomplete or holds something that is not known.',
  AGREEMENT_UNKNOWN: ({ request }) => `There is no agreement ${request.agreementId}.`,
  TIER_NOT_OPERATIVE: (t) => `${t.agreement} sets out principles and permits nothing by itself.`,
  AGREEMENT_NOT_ACTIVE: (t) => `${t.agreement} is not in force: it has not been activated, or has been replaced.`,
  AGREEMENT_NOT_STARTED: (t) => `${t.agreement} begins on ${t.effectiveFrom}.`,
  AGREEMENT_SUSPENDED: (t) => `${t.agreement} is suspended.`,
  AGREEMENT_WITHDRAWN: (t) => `${t.agreement} has been withdrawn.`,
  AGREEMENT_EXPIRED: (t) => `${t.agreement} ended on ${t.expiresOn}.`,
  PARENT_NOT_IN_FORCE: (t) => `The agreement above ${t.agreement} is not in force.`,
  VERSION_MISMATCH: (t) => `Version ${t.request.version} was asked for, and ${t.agreement} is the one that counts.`,
  CONTENT_MISMATCH: (t) => `The terms of ${t.agreement} are not those that the request was made under.`,
  SENDER_NOT_PARTY: (t) => `${t.sender} is not a party to ${t.agreement}, or has not signed it.`,
  RECIPIENT_NOT_PARTY: (t) =>
    `${t.strangers === 'nobody' ? t.recipients : t.strangers} is not a party to ${t.agreement}, or has not signed it.`,
  PARTY_WITHDRAWN: (t) => `${t.sender} or ${t.recipients} has withdrawn from ${t.agreement}.`,
  ACTOR_NOT_OF_PARTY: (t) =>
    `You may ask only for your own organisation, not for ${t.request.kind === 'DISCLOSE' ? t.sender : t.recipients}.`,
  PURPOSE_NOT_LISTED: (t) => `${t.agreement} is not for the purpose ${t.purpose}.`,
  NO_FLOW: (t) =>
    `${t.recipients} may not receive ${t.items} from ${t.sender} for this purpose: ${t.agreement} has no such flow.`,
  ITEM_NOT_IN_SCOPE: (t) =>
    `${t.recipients} may not receive ${t.outside} for this purpose: ${t.agreement} has no such flow.`,
  RESTRICTED: (t) => `${t.agreement} forbids this for some of ${t.items}.`,
  USE_NOT_PERMITTED: (t) => `${t.agreement} does not permit the use ${t.request.action ?? 'READ'}.`,
  NO_BASIS_SENDER: (t) => `${t.agreement} names no lawful basis on which ${t.sender} may send for this purpose.`,
  NO_BASIS_RECIPIENT: (t) =>
    `${t.agreement} names no lawful basis on which ${t.withoutLine} may receive for this purpose.`,
  RLI_PUBLIC_AUTHORITY: () => 'A public authority cannot rely on recognised legitimate interest.',
  REQUEST_STATEMENT_MISSING: (t) => `${t.recipients} must state that its public task needs the information.`,
  REGIME_MISMATCH: () => 'A basis of law enforcement is used by an organisation that is not a competent authority.',
  NO_SPECIAL_CONDITION: (t) => `${t.withoutSpecial} has no condition for special category data (${t.special}).`,
  NO_CRIMINAL_CONDITION: (t) => `${t.withoutCriminal} has no condition for criminal offence data (${t.criminal}).`,
  GATEWAY_NOT_APPLICABLE: (t) =>
    `No power that ${t.sender} relies on reaches this: not these items, or not ${t.recipients}.`,
  GATEWAY_MISSING: (t) => `${t.agreement} names no power by which ${t.sender}, a public authority, may disclose.`,
  METHOD_NOT_ALLOWED: (t) => `It may not be sent by ${t.request.method}, only by ${partyWords(t.flow?.methods ?? [])}.`,
  CLASSIFICATION_TOO_HIGH: (t) =>
    `It is ${t.request.classification}, and this flow carries ${t.flow?.classification} at most.`,
  TOO_MANY_RECIPIENTS: (t) =>
    `It would go to ${t.request.recipients.length} organisations; ${t.flow?.maxRecipients} are allowed.`,
  OUTSIDE_MEETING_NOT_ALLOWED: (t) => `${t.items} may be shared in a meeting only.`,
  DECLARATION_MISSING: (t) => `You have not yet signed the declaration of this meeting on ${t.agreement}.`,
  ONWARD_PROHIBITED: () => 'It came from another organisation on the terms that it goes no further.',
  ONWARD_NOT_LISTED: (t) =>
    `It came from another organisation, and ${t.recipients} is not among those it may be passed on to.`,
  ORIGINATOR_CONSENT_NEEDED: () => 'It came from another organisation, which must agree before it is passed on.',
  PROVENANCE_UNKNOWN: () => 'It came from another organisation, and it is not known on which terms.',
  CONSENT_REQUIRED: () => 'It may be shared only with consent, which has not been given.',
  PUBLIC_INTEREST_NOT_RECORDED: () => 'The overriding public interest has not been recorded.',
  REFUSAL_NOT_ADDRESSED: () => 'Consent was refused or withdrawn, and why it is shared all the same is not recorded.',
  CONSENT_REASON_MISSING: () => 'Why it is shared without consent is not recorded.',
  ITEM_CONDITION_NOT_MET: (t) => `${t.conditional} may be shared only on a condition that is not met.`,
  ITEM_CONDITION_UNKNOWN: (t) => `Whether the condition for sharing ${t.conditional} is met is not recorded.`,
  SUBJECT_AMBIGUOUS: () => 'It is not certain that this is the right person.',
  SUBJECT_NOT_FOUND: () => 'The person was not found.',
  REVIEW_OVERDUE: (t) => `${t.agreement} had to be reviewed by ${t.reviewBy} and permits nothing until it is.`,
  BREAK_GLASS_INCOMPLETE: () =>
    'Something that emergency sharing needs is missing: a listed reason, your permission, a second person of your organisation, a lawful basis, or an end within hours.',
};

/** wordsFor tells one reason; the sentence begins with a capital letter. */
export function wordsFor(code: ReasonCode, telling: Telling): string {
  const sentence = words[code](telling);
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
