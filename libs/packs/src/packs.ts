import type { ApplicationRetention, PartnershipDuties, ReviewData } from './csp-shapes';
import type { ForumKind } from './forum-kind-shape';
import type { ForumStatistics, Population } from './forum-statistics-shape';
import type { Instrument } from './instrument-types';
import { inventory, type PackDocument } from './inventory';
import { inForce } from './rules';
import type { ReviewKind } from './review-kind-shape';
import type {
  ChronologyCategory,
  ColourScheme,
  ConsentGround,
  Forum,
  OrderKind,
  Outcome,
  PackCalendar,
  PackContents,
  Pathway,
  Reason,
  ReasonKind,
} from './types';

/** Where a triage decision may send a referral. */
export type Destination = { readonly kind: 'pathway' | 'forum'; readonly code: string; readonly title: string };

/** Packs answers questions about a loaded pack. Everything it gives out is frozen; an unknown code is undefined. */
export class Packs {
  /** `id@version`, such as `england-wales@1.0.0`: the stamp to keep with every decision. */
  readonly version: string;
  private readonly contents: PackContents;

  constructor(contents: PackContents) {
    this.contents = deepFreeze(contents);
    this.version = `${contents.manifest.id}@${contents.manifest.version}`;
  }

  get manifest(): PackContents['manifest'] {
    return this.contents.manifest;
  }

  /** What the pack holds, document by document. */
  documents(): readonly PackDocument[] {
    return inventory(this.contents);
  }

  /** Every version of one document, oldest first, as the pack has it; empty for what has no versions of its own. */
  versionsOf(kind: string, code: string): readonly Readonly<Record<string, unknown>>[] {
    if (kind === 'manifest' || !Object.hasOwn(this.contents, kind)) return [];
    const found = [(this.contents as unknown as Record<string, unknown>)[kind]].flat() as Record<string, unknown>[];
    return found
      .filter((each) => typeof each['version'] === 'number' && (each['code'] ?? each['forum'] ?? '') === code)
      .sort((a, b) => (a['version'] as number) - (b['version'] as number));
  }

  /** All pathways, in the order in which a referrer is offered them (by file name). */
  pathways(): readonly Pathway[] {
    return this.contents.pathways;
  }

  pathway(code: string): Pathway | undefined {
    return this.contents.pathways.find((pathway) => pathway.code === code);
  }

  colourSchemes(): readonly ColourScheme[] {
    return this.contents.colourSchemes;
  }

  colourScheme(code: string): ColourScheme | undefined {
    return this.contents.colourSchemes.find((scheme) => scheme.code === code);
  }

  /** The coded reasons for a purpose; a pack without one of the lists does not load. */
  reasons(kind: ReasonKind): readonly Reason[] {
    return this.contents.reasons[kind];
  }

  consentGrounds(): readonly ConsentGround[] {
    return this.contents.consentGrounds;
  }

  /** Orders that may be in force in a case, in the order in which they are offered. */
  orders(): readonly OrderKind[] {
    return this.contents.orders;
  }

  /** What entries of a chronology may be about, in the order in which they are offered. */
  chronologyCategories(): readonly ChronologyCategory[] {
    return this.contents.chronologyCategories;
  }

  outcomes(): readonly Outcome[] {
    return this.contents.outcomes;
  }

  forums(): readonly Forum[] {
    return this.contents.forums;
  }

  /** How people are compared: weights, limits and nicknames. */
  matching(): PackContents['matching'] {
    return this.contents.matching;
  }

  /** The law that sharing agreements cite, and what the decision point has to know of it. */
  sharingLaw(): PackContents['sharingLaw']['law'] {
    return this.contents.sharingLaw.law;
  }

  /** Restrictions to named staff, and the emergency opening of a case. */
  restrictions(): PackContents['restrictions'] {
    return this.contents.restrictions;
  }

  /** What agencies say when one hands a case to another. */
  handOver(): PackContents['handOver'] {
    return this.contents.handOver;
  }

  /** Terms from which sharing agreements may begin. */
  agreementTemplates(): PackContents['agreementTemplates'] {
    return this.contents.agreementTemplates;
  }

  /** How early a review and the last day of an agreement are told of. */
  agreementClocks(): PackContents['agreementClocks'] {
    return this.contents.agreementClocks;
  }

  /** Who is told of what is due, and when. */
  deadlineLadders(): PackContents['deadlineLadders'] {
    return this.contents.deadlineLadders;
  }

  /** How people hear outside of the pages that something needs them, and in what words. */
  messages(): PackContents['messages'] {
    return this.contents.messages;
  }

  /** What is shared each quarter without personal data (section 17A). */
  depersonalisedSets(): PackContents['depersonalisedSets'] {
    return this.contents.depersonalisedSets;
  }

  /** How what is shared is said in the draft vocabulary of Social Care Data. */
  mais(): PackContents['mais'] {
    return this.contents.mais;
  }

  /** How long records are kept, from what on, and by which rule. */
  retention(): PackContents['retention'] {
    return this.contents.retention;
  }

  /** What somebody may ask of what is held about them. */
  rights(): PackContents['rights'] {
    return this.contents.rights;
  }

  /** Every version of every instrument, in the order in which they are offered (by file name). */
  instruments(): readonly Instrument[] {
    return this.contents.instruments;
  }

  /** The version of an instrument that is in force on a civil day, if there is one. */
  instrument(code: string, day: string): Instrument | undefined {
    const versions = this.contents.instruments.filter((each) => each.code === code);
    return inForce(
      versions.map((each) => ({ ...each, id: each.code })),
      day,
    ).map(({ version }) => versions.find((each) => each.version === version))[0];
  }

  /** How forums of a kind work: the version in force on a civil day, if there is one. */
  forumKind(forum: string, day: string): ForumKind | undefined {
    const versions = this.contents.forumKinds.filter((each) => each.forum === forum);
    const [rule] = inForce(
      versions.map((each) => ({ ...each, id: each.forum })),
      day,
    );
    return versions.find((each) => each.version === rule?.version);
  }

  /** What the return of a kind of forum counts: the version in force on a civil day, if there is one. */
  forumStatistics(forum: string, day: string): ForumStatistics | undefined {
    const versions = this.contents.forumStatistics.filter((each) => each.forum === forum);
    const [rule] = inForce(
      versions.map((each) => ({ ...each, id: each.forum })),
      day,
    );
    return versions.find((each) => each.version === rule?.version);
  }

  /** Areas for which populations are known. */
  areas(): readonly { readonly code: string; readonly title: string }[] {
    return this.contents.populations.flatMap(({ areas }) => areas.map(({ code, title }) => ({ code, title })));
  }

  /** How many people of a series an area has, under the title of the series. */
  population(area: string, series: string): (Population & { readonly title: string }) | undefined {
    const [found] = this.contents.populations.flatMap(({ areas, series: all }) =>
      areas
        .filter(({ code }) => code === area)
        .flatMap(({ populations }) => populations.filter((each) => each.series === series))
        .map((each) => ({ ...each, title: all.find(({ code }) => code === series)?.title ?? series })),
    );
    return found;
  }

  /** Kinds of reviews, every version of each. */
  reviewKinds(): readonly ReviewKind[] {
    return this.contents.reviewKinds;
  }

  /** The version of a kind with which a review begins on a civil day; undefined when there is none yet. */
  reviewKind(code: string, day: string): ReviewKind | undefined {
    return this.contents.reviewKinds
      .filter((kind) => kind.code === code && kind.effectiveFrom <= day)
      .reduce<ReviewKind | undefined>((last, kind) => (last && last.version > kind.version ? last : kind), undefined);
  }

  /** The rule in force by which applications for ASB case reviews are kept; undefined while there is none. */
  applicationRetention(day: string): ApplicationRetention | undefined {
    return inForce(this.contents.applicationRetention, day)[0];
  }

  /** What a community safety partnership has to do again and again; undefined while no document says so. */
  partnershipDuties(day: string): PartnershipDuties | undefined {
    return inForce(this.contents.partnershipDuties, day)[0];
  }

  /** What a central body asks of reviews of a kind, as it is in force. */
  reviewData(kind: string, day: string): ReviewData | undefined {
    return inForce(this.contents.reviewData, day).find(({ kinds }) => kinds.includes(kind));
  }

  calendar(id: string): PackCalendar | undefined {
    return this.contents.calendars.find((calendar) => calendar.id === id);
  }

  /** What a code in `pathway.next` stands for: pathways and forums never share a code. */
  destination(code: string): Destination | undefined {
    const pathway = this.pathway(code);
    if (pathway) return { kind: 'pathway', code, title: pathway.title };
    const forum = this.contents.forums.find((other) => other.code === code);
    return forum && { kind: 'forum', code, title: forum.title };
  }
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}
