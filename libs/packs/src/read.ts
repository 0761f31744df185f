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
import { checkBandings, checkDefaults, checkVersions } from './pack-checks';
import { pathway } from './pathway-shape';
import { Reading, Spot } from './reading';
import { retention } from './retention-shape';
import { localReviewKind, publishedReviewKinds, reviewKind } from './review-kind-shape';
import { assembleReviewKinds } from './review-kinds';
import { rights } from './rights-shape';
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
  const documents = Object.fromEntries(Object.keys(kinds).map((kind) => [kind, []])) as unknown as Documents;
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
  checkDefaults(documents.pathway, documents['triage-colours']);
  if (allSeen) checkBandings(documents['forum-kind'], documents.instrument);
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
