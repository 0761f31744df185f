import type { AgreementDocument, LawCodes } from '../apis/agreements';
import type { Choice } from '../design/words';
import { KINDS, wordedChoices } from './code-words';

/** One field of a section. Its name is its path in a row, or in the document where the section has no rows. */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly kind: 'text' | 'long' | 'lines' | 'tick' | 'choice' | 'choices' | 'date' | 'number';
  readonly hint?: string;
  readonly choices?: readonly Choice[];
}

/** A part of an agreement that is edited on one page: rows of a list, or fields of the document itself. */
export interface Section {
  readonly code: string;
  readonly title: string;
  readonly hint?: string;
  /** The list whose rows it has. */
  readonly rows?: { readonly list: string; readonly one: string };
  readonly fields: readonly Field[];
}

/** What the choices of a section come from. */
export interface Choosing {
  readonly document: AgreementDocument;
  readonly law: LawCodes;
  readonly organisations: readonly { readonly id: string; readonly name: string }[];
}

const text = (name: string, label: string, hint?: string): Field => ({
  name,
  label,
  kind: 'text',
  ...(hint ? { hint } : {}),
});
const long = (name: string, label: string): Field => ({ name, label, kind: 'long' });
const lines = (name: string, label: string, hint?: string): Field => ({
  name,
  label,
  kind: 'lines',
  ...(hint ? { hint } : {}),
});
const tick = (name: string, label: string): Field => ({ name, label, kind: 'tick' });
const date = (name: string, label: string): Field => ({ name, label, kind: 'date' });
const number = (name: string, label: string): Field => ({ name, label, kind: 'number' });
const choice = (name: string, label: string, choices: readonly Choice[]): Field => ({
  name,
  label,
  kind: 'choice',
  choices,
});
const choices = (name: string, label: string, of: readonly Choice[]): Field => ({
  name,
  label,
  kind: 'choices',
  choices: of,
});
const codes = (list: readonly { readonly code: string; readonly title: string }[]): Choice[] =>
  list.map(({ code, title }) => ({ value: code, text: `${code}: ${title}` }));
const contact = (name: string, label: string): Field[] => [
  text(`${name}.name`, `${label}: name`),
  text(`${name}.post`, `${label}: post (optional)`),
  text(`${name}.email`, `${label}: email (optional)`),
  text(`${name}.telephone`, `${label}: telephone (optional)`),
];
/** The sections of an agreement in the order of its journey. Pure. */
export function sectionsFor({ document, law, organisations }: Choosing): readonly Section[] {
  const orgs = organisations.map(({ id, name }) => ({ value: id, text: name }));
  const members = document.parties.map(
    ({ orgId }) => orgs.find((o) => o.value === orgId) ?? { value: orgId, text: orgId },
  );
  const ends = [...wordedChoices(KINDS), ...members];
  const purposes = document.purposes.map(({ code }) => ({ value: code, text: code }));
  const items = document.dataItems.map(({ code }) => ({ value: code, text: code }));
  return [
    {
      ...{ code: 'about', title: 'About the agreement' },
      fields: [
        text('title', 'Title'),
        text('contact', 'Whom to ask about it'),
        choice(
          'tier',
          'Kind of agreement',
          wordedChoices(['ACCORD', 'OVERARCHING', 'PURPOSE_SPECIFIC', 'DDA', 'JCA', 'DPA']),
        ),
        choice('jurisdiction', 'Jurisdiction', wordedChoices(['ENG', 'WAL', 'SCO', 'NI'])),
        text('parentId', 'The agreement that it stands under (optional)', 'Its own id, such as northbank-accord'),
        date('effectiveFrom', 'In force from'),
        date('reviewBy', 'To be reviewed by'),
        date('expiresOn', 'Last day'),
        choice('reviewOverduePolicy', 'When its review is overdue', wordedChoices(['BLOCK', 'WARN'])),
        text('dpiaRef', 'Reference of the data protection impact assessment (optional)'),
        lines('apdRefs', 'References of appropriate policy documents, one a line (optional)'),
        lines('ropaRefs', 'References in records of processing, one a line (optional)'),
        lines('permittedUses', 'What may be done with the information, one code a line', 'Such as READ'),
      ],
    },
    {
      ...{ code: 'parties', title: 'Parties', rows: { list: 'parties', one: 'Party' } },
      hint: 'To take a party away, leave its organisation blank.',
      fields: [
        choice('orgId', 'Organisation', orgs),
        choice('agencyType', 'Kind of agency', wordedChoices(KINDS)),
        choice('role', 'Role', wordedChoices(['CONTROLLER', 'JOINT', 'PROCESSOR'])),
        tick('publicAuthority', 'It is a public authority'),
        tick('competentAuthority', 'It is a competent authority of Part 3'),
        tick('healthOrSocialCare', 'It provides health or social care'),
        choice('actingFor', 'On whose behalf it acts (optional)', members),
        text('icoRegNo', 'Registration with the Information Commissioner (optional)'),
        text('signatory.name', 'Who signs: name'),
        text('signatory.post', 'Who signs: post'),
        ...contact('dlo', 'Designated liaison officer'),
        ...contact('spoc', 'Single point of contact'),
        ...contact('dpo', 'Data protection officer'),
        ...contact('caldicottGuardian', 'Caldicott Guardian'),
      ],
    },
    {
      ...{ code: 'purposes', title: 'Purposes', rows: { list: 'purposes', one: 'Purpose' } },
      fields: [
        text('code', 'Code', 'Such as MARAC'),
        long('description', 'What for'),
        text('statutoryFunction', 'Statutory function'),
        tick('deathReview', 'It is a review of a death'),
      ],
    },
    {
      ...{ code: 'items', title: 'What is shared', rows: { list: 'dataItems', one: 'Item' } },
      fields: [
        text('code', 'Code', 'Such as NAME'),
        choice('category', 'Category', wordedChoices(['PERSONAL', 'SPECIAL', 'CRIMINAL', 'DEPERSONALISED'])),
        choice('about', 'About whom', wordedChoices(['VICTIM', 'PERP', 'CHILD', 'REFERRER', 'PROFESSIONAL', 'OTHER'])),
        tick('patientInfo', 'It is patient information'),
        choice('condition', 'Only when (optional)', codes(law.facts)),
        text('format', 'Format (optional)'),
      ],
    },
    {
      ...{ code: 'flows', title: 'Who sends what to whom', rows: { list: 'flows', one: 'Flow' } },
      fields: [
        text('id', 'Code', 'Such as F1'),
        choice('purpose', 'Purpose', purposes),
        choices('from', 'From', ends),
        choices('to', 'To', ends),
        choices('items', 'What', items),
        lines('methods', 'By which methods, one a line', 'Such as CONCORDAT or SECURE-EMAIL'),
        choice('classification', 'Classification at most', wordedChoices(['OFFICIAL', 'OFFICIAL-SENSITIVE'])),
        number('maxRecipients', 'To how many at once, at most'),
        choice('onward', 'What is passed on', wordedChoices(['PROHIBITED', 'WITH_ORIGINATOR_CONSENT', 'LISTED'])),
        choices('onwardTo', 'To whom it is passed on, if listed', ends),
        tick('outsideMeetingAllowed', 'Outside meetings as well'),
        text('trigger', 'When (optional)'),
        text('frequency', 'How often (optional)'),
        text('minimisationRule', 'What is left out (optional)'),
      ],
    },
    {
      ...{ code: 'bases', title: 'Lawful bases and powers', rows: { list: 'basisLines', one: 'Line' } },
      hint: 'A line for each party and purpose at each end. A kind of agency stands for all its parties without a line of their own.',
      fields: [
        text('id', 'Code', 'Such as S-COUNCIL'),
        choice('purpose', 'Purpose', purposes),
        choice('party', 'Party', ends),
        choice('direction', 'At which end', wordedChoices(['SEND', 'RECEIVE'])),
        choice('regime', 'Regime', wordedChoices(['UKGDPR', 'PART3'])),
        choice('art6', 'Article 6', codes(law.art6)),
        choice('rliCondition', 'Condition of a recognised legitimate interest', codes(law.rliConditions)),
        choice('art9', 'Article 9', codes(law.art9)),
        choices('sch1', 'Schedule 1', codes(law.sch1)),
        tick('art10', 'Article 10: criminal offence data'),
        choices('sch8', 'Schedule 8', codes(law.sch8)),
        choices('gateways', 'Powers and duties to disclose', codes(law.gateways)),
        choice('confidenceRoute', 'Route of confidence', wordedChoices(['CONSENT', 'PUBLIC_INTEREST', 'STATUTE'])),
        text('consentPolicy', 'Policy on consent, if it rests on it'),
        tick('apdRequired', 'It needs an appropriate policy document'),
      ],
    },
    {
      ...{ code: 'restrictions', title: 'Restrictions', rows: { list: 'restrictions', one: 'Restriction' } },
      fields: [
        text('code', 'Code'),
        text('action', 'What must not be done', 'Such as READ'),
        choices('items', 'With what (any, when none is chosen)', items),
        choices('to', 'Towards whom (anybody, when none is chosen)', ends),
        tick('absolute', 'In an emergency neither'),
      ],
    },
    {
      ...{ code: 'retention', title: 'Retention', rows: { list: 'retention', one: 'Rule' } },
      fields: [
        text('id', 'Code'),
        choice(
          'trigger',
          'Counted from',
          wordedChoices(['CASE_CLOSED', 'LAST_MEETING', 'SUBJECT_DOB', 'DEATH', 'PUBLICATION']),
        ),
        text('period', 'How long', 'As ISO 8601 writes it: P7Y is seven years'),
        choice('action', 'And then', wordedChoices(['DELETE', 'REVIEW', 'ARCHIVE'])),
        lines('holds', 'What holds it up, one a line (optional)'),
        choice('partyOverride', 'Only for (optional)', ends),
        choices(
          'categories',
          'Only of categories (all, when none is chosen)',
          wordedChoices(['PERSONAL', 'SPECIAL', 'CRIMINAL', 'DEPERSONALISED']),
        ),
        choice('conflict', 'When rules differ', wordedChoices(['LONGEST', 'SHORTEST'])),
      ],
    },
    {
      ...{ code: 'duties', title: 'Security, rights and breaches' },
      fields: [
        text('security.vetting', 'Vetting of staff (optional)'),
        text('security.training', 'Training (optional)'),
        text('security.encryption', 'Encryption (optional)'),
        text('security.location', 'Where it is kept (optional)'),
        text('rights.sarLead', 'Who answers requests for access (optional)'),
        lines('rights.exemptions', 'Exemptions that may apply, one a line (optional)'),
        tick('rights.notifyOriginatorBeforeDisclosure', 'The originator is told before its information is given'),
        number('breach.notifyOriginatorWithinH', 'Hours in which the originator is told of a breach'),
        number('breach.icoWithinH', 'Hours in which the Commissioner is told of a breach'),
        text('breach.contact', 'Whom to tell of a breach'),
        text('terms.dispute', 'Who settles disputes (optional)'),
        text('terms.nonCompliance', 'What follows from not keeping to it (optional)'),
        text('terms.indemnity', 'Indemnity (optional)'),
        number('terms.complaintAckDays', 'Days in which a complaint is acknowledged'),
      ],
    },
  ];
}
