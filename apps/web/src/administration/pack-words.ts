import type { How, PackDifference, PackDocument } from '../apis/packs';
import { wordsOf } from '../design/filters';

/** What the kinds of documents of a pack are called. */
const KINDS: Readonly<Record<string, string>> = {
  pathways: 'Pathway',
  colourSchemes: 'Triage colours',
  reasons: 'Reasons',
  forums: 'Forums',
  calendars: 'Calendars',
  consentGrounds: 'Grounds for sharing without consent',
  orders: 'Orders',
  chronologyCategories: 'Categories of chronologies',
  outcomes: 'Outcomes',
  matching: 'How people are matched',
  sharingLaw: 'Law that agreements cite',
  restrictions: 'Restrictions and emergency access',
  handOver: 'Hand-over between agencies',
  agreementTemplates: 'Template of agreements',
  agreementClocks: 'Clocks of agreements',
  deadlineLadders: 'Who is told of what is due',
  depersonalisedSets: 'Depersonalised sets',
  mais: 'Words of Social Care Data (MAIS)',
  retention: 'How long records are kept',
  rights: 'Rights of people',
  instruments: 'Risk instrument',
  forumKinds: 'Kind of forum',
  forumStatistics: 'Return of a kind of forum',
  populations: 'Populations',
  reviewKinds: 'Kind of review',
  applicationRetention: 'How long applications for reviews are kept',
  partnershipDuties: 'Duties of the partnership',
  reviewData: 'Data set of reviews',
};
export const kindInWords = (kind: string): string => KINDS[kind] ?? wordsOf(kind);

/** A document by what people call it: its title, or its code among its kind. */
export const nameOf = ({ kind, code, title }: Pick<PackDocument, 'kind' | 'code' | 'title'>): string =>
  title ?? (code === '' ? kindInWords(kind) : wordsOf(code));

export const STANDINGS: Readonly<Record<PackDocument['standing'], { text: string; colour: string }>> = {
  'in-force': { text: 'In force', colour: 'green' },
  'not-yet': { text: 'Not yet in force', colour: 'blue' },
  replaced: { text: 'For what began with it', colour: 'grey' },
  ended: { text: 'Ended', colour: 'grey' },
};

const HOW: Readonly<Record<How, string>> = { added: 'added', changed: 'changed', gone: 'taken out' };

/** `Kind of review: Rapid review, version 2: added`. */
export const differenceInWords = ({ kind, code, version, how }: PackDifference): string =>
  `${kindInWords(kind)}${code === '' ? '' : `: ${wordsOf(code)}`}${version === null ? '' : `, version ${version}`}: ${HOW[how]}`;

/** `Clocks: notify family: changed`. */
export const partInWords = ({ part, item, how }: { part: string; item: string | null; how: How }): string =>
  `${wordsOf(part.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`))}${item === null ? '' : `: ${wordsOf(item)}`}: ${HOW[how]}`;
