import { isMap, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import { deadlineLadders } from './deadline-ladders-shape';
import { agreementClocks } from './agreement-clocks-shape';
import { applicationRetention, partnershipDuties, reviewData } from './csp-shapes';
import { forumKind } from './forum-kind-shape';
import { forumStatistics, populations } from './forum-statistics-shape';
import { agreementTemplate } from './agreement-template-shape';
import { depersonalisedSets } from './depersonalised-shape';
import { PackError } from './findings';
import { handOver } from './hand-over-shape';
import { instrument } from './instrument-shape';
import { messages } from './messages-shape';
import {
  calendars,
  chronology,
  colourScheme,
  consentGrounds,
  forums,
  manifest,
  orders,
  outcomes,
  reasonList,
  restrictions,
} from './list-shapes';
import { mais } from './mais-shape';
import { matching } from './matching-shape';
import { pathway } from './pathway-shape';
import { Reading, Spot } from './reading';
import { retention } from './retention-shape';
import { localReviewKind, publishedReviewKinds, reviewKind } from './review-kind-shape';
import { assembleReviewKinds } from './review-kinds';
import { rights } from './rights-shape';
import type { Versioned } from './rules';
import { sharingLaw } from './sharing-law-shape';
import { oneOf, type Shape } from './shapes';
import { type PackContents, type Reason, type ReasonKind, reasonKinds } from './types';

/** One file of a pack: its name within the folder, and what is in it. */
export type SourceText = { readonly file: string; readonly text: string };

const kinds = {
  manifest,
  forums,
  calendars,
  pathway,
  'triage-colours': colourScheme,
  reasons: reasonList,
  'consent-grounds': consentGrounds,
  outcomes,
  matching,
  chronology,
  'sharing-law': sharingLaw,
  restrictions,
  orders,
  'hand-over': handOver,
  'agreement-template': agreementTemplate,
  'agreement-clocks': agreementClocks,
  'deadline-ladders': deadlineLadders,
  messages,
  'depersonalised-sets': depersonalisedSets,
  mais,
  retention,
  rights,
  instrument,
  'forum-kind': forumKind,
  'forum-statistics': forumStatistics,
  populations,
  'review-kind': reviewKind,
  'local-review-kind': localReviewKind,
  'published-review-kinds': publishedReviewKinds,
  'application-retention': applicationRetention,
  'partnership-duties': partnershipDuties,
  'review-data': reviewData,
} as const;
type Kind = keyof typeof kinds;
type Read<K extends Kind> = (typeof kinds)[K] extends Shape<infer T> ? T : never;
type Documents = { [K in Kind]: { readonly value: Read<K>; readonly spot: Spot }[] };

/** Kinds of which a pack has one document exactly. */
const SINGLE: readonly Kind[] = [
  'manifest',
  'forums',
  'calendars',
  'consent-grounds',
  'outcomes',
  'matching',
  'chronology',
  'sharing-law',
  'restrictions',
  'orders',
  'hand-over',
  'agreement-clocks',
  'deadline-ladders',
  'messages',
  'depersonalised-sets',
  'mais',
  'retention',
  'rights',
];

/**
 * readPack reads and checks the files of one pack together. It touches nothing but its arguments.
 * @throws PackError naming everything that is wrong, in the order of the files
 */
export function readPack(folder: string, sources: readonly SourceText[]): PackContents {
  const reading = new Reading();
  const documents: Documents = {
    manifest: [],
    forums: [],
    calendars: [],
    pathway: [],
    'triage-colours': [],
    reasons: [],
    'consent-grounds': [],
    outcomes: [],
    matching: [],
    chronology: [],
    'sharing-law': [],
    restrictions: [],
    orders: [],
    'hand-over': [],
    'agreement-template': [],
    'agreement-clocks': [],
    'deadline-ladders': [],
    messages: [],
    'depersonalised-sets': [],
    mais: [],
    retention: [],
    rights: [],
    instrument: [],
    'forum-kind': [],
    'forum-statistics': [],
    populations: [],
    'review-kind': [],
    'local-review-kind': [],
    'published-review-kinds': [],
    'application-retention': [],
    'partnership-duties': [],
    'review-data': [],
  };
  const seen = sources.map((source) => readDocument(source, reading, documents));
  // What stands in a document that cannot be read is not missing: only when all could be read is that said.
  const allSeen = seen.every((kind) => kind !== undefined);
  if (allSeen) checkSingles(reading, seen);
  if (allSeen) reading.resolve();
  // A kind that cannot be read would be said to be gone.
  const kindsRead = seen.filter((kind) => kind === 'review-kind').length === documents['review-kind'].length;
  const reviewKinds =
    allSeen && kindsRead
      ? assembleReviewKinds(
          documents['review-kind'],
          documents['local-review-kind'],
          documents['published-review-kinds'],
        )
      : [];
  checkVersions(reading);
  checkDefaults(documents);
  if (allSeen) checkBandings(documents);
  const lists = seen.filter((kind) => kind === 'reasons').length;
  const reasons = gatherReasons(documents, reading, allSeen && lists === documents.reasons.length);

  const [about] = documents.manifest;
  const [people] = documents.matching;
  const [sharing] = documents['sharing-law'];
  const [closing] = documents.restrictions;
  const [between] = documents['hand-over'];
  const [keeping] = documents.retention;
  const [owed] = documents.rights;
  const [reminding] = documents['agreement-clocks'];
  const [nameless] = documents['depersonalised-sets'];
  const [climbed] = documents['deadline-ladders'];
  const [told] = documents.messages;
  const [said] = documents.mais;
  const single =
    about && people && sharing && closing && between && keeping && owed && reminding && nameless && climbed && told;
  if (reading.findings.length > 0 || !single || !said) throw new PackError(folder, inOrder(reading.findings));
  return {
    manifest: about.value,
    forums: documents.forums.flatMap(({ value }) => value.forums),
    calendars: documents.calendars.flatMap(({ value }) => value.calendars),
    pathways: documents.pathway.map(({ value }) => value),
    colourSchemes: documents['triage-colours'].map(({ value }) => value),
    reasons,
    orders: documents.orders.flatMap(({ value }) => value.orders),
    chronologyCategories: documents.chronology.flatMap(({ value }) => value.categories),
    consentGrounds: documents['consent-grounds'].flatMap(({ value }) => value.grounds),
    outcomes: documents.outcomes.flatMap(({ value }) => value.outcomes),
    matching: people.value,
    sharingLaw: sharing.value,
    restrictions: closing.value,
    handOver: between.value,
    agreementTemplates: documents['agreement-template'].map(({ value }) => value),
    agreementClocks: reminding.value,
    deadlineLadders: climbed.value,
    messages: told.value,
    depersonalisedSets: nameless.value,
    mais: said.value,
    retention: keeping.value,
    rights: owed.value,
    instruments: documents.instrument.map(({ value }) => value),
    forumKinds: documents['forum-kind'].map(({ value }) => value),
    forumStatistics: documents['forum-statistics'].map(({ value }) => value),
    populations: documents.populations.map(({ value }) => value),
    reviewKinds,
    applicationRetention: documents['application-retention'].map(({ value }) => value),
    partnershipDuties: documents['partnership-duties'].map(({ value }) => value),
    reviewData: documents['review-data'].map(({ value }) => value),
  };
}

/** Answers the kind of the document, or undefined when there is no telling. */
function readDocument(source: SourceText, reading: Reading, documents: Documents): Kind | undefined {
  const lines = new LineCounter();
  const document = parseDocument(source.text, { lineCounter: lines, prettyErrors: false, version: '1.2' });
  for (const { message, pos } of [...document.errors, ...document.warnings]) {
    const { line } = lines.linePos(pos[0]);
    reading.findings.push({ file: source.file, line: Math.max(1, line), path: '', reason: message });
  }
  if (document.errors.length > 0) return undefined;
  const spot = new Spot(reading, source.file, lines);
  const root = document.contents;
  if (!isMap(root)) return spot.report('must be a mapping with a “kind”');
  // What an alias stands for is read at another line, and a reader of the file has to look there too.
  visit(root, { Alias: (_, node) => void spot.at(node, 'alias').report('aliases (*) are not allowed in packs') });
  const kindNode = root.get('kind', true);
  const kind = oneOf(Object.keys(kinds) as Kind[])(kindNode, spot.at(kindNode, 'kind'));
  if (kind === undefined) return undefined;
  root.items = root.items.filter(({ key }) => !(isScalar(key) && key.value === 'kind'));
  const value = (kinds[kind] as Shape<unknown>)(root, spot);
  if (value !== undefined) (documents[kind] as { value: unknown; spot: Spot }[]).push({ value, spot });
  return kind;
}

function checkSingles({ findings }: Reading, seen: readonly (Kind | undefined)[]): void {
  for (const kind of SINGLE) {
    const times = seen.filter((other) => other === kind).length;
    if (times !== 1) findings.push(nowhere(`a pack has one document of kind ${kind}, not ${times}`));
  }
}

/** Two versions of a rule in force on the same day would leave it to chance which one a decision follows. */
function checkVersions({ rules, findings }: Reading): void {
  rules.forEach(({ rule, at }, index) => {
    const clash = rules.slice(0, index).find(({ rule: other }) => other.id === rule.id && overlap(other, rule));
    if (!clash || clash.rule.version === rule.version) return;
    const reason = `version ${rule.version} of “${rule.id}” is in force together with version ${clash.rule.version}`;
    findings.push({ ...at, reason: `${reason} (${clash.at.file}:${clash.at.line})` });
  });
}

function overlap(a: Versioned, b: Versioned): boolean {
  const end = '9999-12-31';
  return a.effectiveFrom <= (b.effectiveTo ?? end) && b.effectiveFrom <= (a.effectiveTo ?? end);
}

/** A kind of forum follows a banding that its instrument has, in every version, and none that is not verified. */
function checkBandings(documents: Documents): void {
  for (const { value, spot } of documents['forum-kind'])
    for (const { instrument, banding } of value.bandings ?? []) {
      const versions = documents.instrument.filter((each) => each.value.code === instrument);
      const found = versions.map((each) => each.value.bandings.filter(({ id }) => id === banding));
      if (found.length === 0 || found.some((each) => each.length === 0))
        spot.report(`no such banding of “${instrument}”: “${banding}”`);
      else if (found.flat().some(({ verified }) => !verified))
        spot.report(`cannot follow “${banding}” by default: it is not verified`);
    }
}

/** Unverified values are for reference: nothing may follow them by default (domain/risk-conferences.md, first line). */
function checkDefaults(documents: Documents): void {
  for (const { value, spot } of documents.pathway) {
    const scheme = documents['triage-colours'].find((other) => other.value.code === value.colourScheme)?.value;
    const schemeRules = scheme ? [...scheme.ratedWithin, ...scheme.colours.flatMap(({ clocks }) => clocks)] : [];
    const doubtful = schemeRules.find(({ verified }) => !verified);
    if (scheme && (!scheme.verified || doubtful)) {
      const what = scheme.verified ? `its clock “${doubtful?.id ?? ''}”` : 'it';
      spot.report(`cannot use the colour scheme “${scheme.code}” by default: ${what} is not verified`);
    }
    const own = [
      ...value.clocks,
      ...value.criteria.flatMap((route) => [...(route.clocks ?? []), ...(route.thresholds ?? [])]),
    ];
    for (const { id } of own.filter(({ verified }) => !verified)) {
      spot.report(`cannot use the rule “${id}” by default: it is not verified`);
    }
  }
}

function gatherReasons(
  documents: Documents,
  reading: Reading,
  allRead: boolean,
): Record<ReasonKind, readonly Reason[]> {
  const gathered: Partial<Record<ReasonKind, readonly Reason[]>> = {};
  for (const { value, spot } of documents.reasons) {
    if (gathered[value.for]) spot.report(`a second list of reasons for ${value.for}`);
    gathered[value.for] = value.reasons;
  }
  for (const kind of reasonKinds) {
    if (!gathered[kind] && allRead) reading.findings.push(nowhere(`lacks a list of reasons for ${kind}`));
  }
  return gathered as Record<ReasonKind, readonly Reason[]>;
}

function nowhere(reason: string): PackError['findings'][number] {
  return { file: '.', line: 1, path: '', reason };
}

function inOrder(findings: PackError['findings']): PackError['findings'] {
  return [...findings].sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
}
