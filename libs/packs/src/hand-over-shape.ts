import { viewItems, type ViewItem } from '@concordat/contracts';
import { provenance } from './rule-shapes';
import { code, distinct, list, matching, oneOf, record, type Shape, text, whole } from './shapes';
import type { Provenance } from './types';

/** A code that is chosen, with what it means. */
export type Chosen = { readonly code: string; readonly title: string; readonly hint?: string };
/** How soon an offer is to be answered; it expires that many days after it was made. */
export type Urgency = Chosen & { readonly days: number };
/** What of a case somebody is shown, under one name. */
export type CaseView = Chosen & { readonly items: readonly ViewItem[] };

/** A kind of information in words that can stand within a sentence. */
export type ItemWords = { readonly code: string; readonly words: string };

/** What agencies say when one hands a case, or part of it, to another. */
export type HandOverPractice = Provenance & {
  readonly purposes: readonly Chosen[];
  readonly legalBases: readonly Chosen[];
  readonly urgencies: readonly Urgency[];
  readonly views: readonly CaseView[];
  /** Each item of a case by the code that agreements have for it. Every item has one: what has none could not be decided. */
  readonly sharedAs: Readonly<Record<ViewItem, string>>;
  /** What whoever takes part in a case, or takes it over, may come to see: all that a case may hold, by the same codes. */
  readonly wholeCase: readonly string[];
  /** What an answer to "is this person known to you?" tells of them, by the same codes. */
  readonly askedAs: readonly string[];
  /** How often that may be asked, and for how many days those whom it was asked about are kept with the question. */
  readonly asking: { readonly perUserHour: number; readonly perAgencyHour: number; readonly keptDays: number };
  /** What people call what agreements name by codes; a code that is not here is told as it is. */
  readonly itemWords: readonly ItemWords[];
  /** For which purpose a case of a pathway is shared whole, unless somebody says another. */
  readonly purposeOf: readonly { readonly pathway: string; readonly purpose: string }[];
  readonly bulkCap: number;
  /** How long the file of an export is kept. */
  readonly exportKeptHours: number;
  /** Marks that staff put on cases. */
  readonly flags: readonly Chosen[];
  /** What in a case needs somebody else's approval. */
  readonly approvalStages: readonly Chosen[];
};

const hint = { hint: text };
const coded = <T extends { readonly code: string }>(shape: Shape<T>): Shape<readonly T[]> =>
  distinct(list(shape, 1), (each) => each.code);
/** As agreements and the law table write codes. */
export const agreementCode = matching(/^[A-Z][A-Z0-9_-]{0,39}$/, 'a code of capital letters, digits and hyphens');
const itemWords: Shape<readonly ItemWords[]> = distinct(
  list(record({ code: agreementCode, words: text }), 1),
  (each) => each.code,
);
const chosen: Shape<Chosen> = record({ code, title: text }, hint);

/** The document of kind `hand-over`. */
export const handOver: Shape<HandOverPractice> = record({
  ...provenance,
  purposes: coded(chosen),
  legalBases: coded(chosen),
  urgencies: coded(record({ code, title: text, days: whole(1, 365) }, hint)),
  views: coded(record({ code, title: text, items: distinct(list(oneOf(viewItems), 1), (item) => item) }, hint)),
  sharedAs: record(
    Object.fromEntries(viewItems.map((item) => [item, agreementCode])) as Record<ViewItem, Shape<string>>,
  ),
  wholeCase: distinct(list(agreementCode, 1), (item) => item),
  askedAs: distinct(list(agreementCode, 1), (item) => item),
  asking: record({ perUserHour: whole(1, 10_000), perAgencyHour: whole(1, 100_000), keptDays: whole(1, 365) }),
  itemWords,
  purposeOf: distinct(list(record({ pathway: code, purpose: code }), 1), (each) => each.pathway),
  bulkCap: whole(1, 1_000),
  exportKeptHours: whole(1, 720),
  flags: coded(chosen),
  approvalStages: coded(chosen),
});
