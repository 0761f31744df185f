import { createHash } from 'node:crypto';
import type { PackContents } from './types';

/** A document of a pack, or a list of it that has no versions of its own, without what it says. */
export type PackDocument = {
  /** What kind of document it is: `pathways`, `reviewKinds`, `reasons` … as the pack calls them. */
  readonly kind: string;
  /** Its code among its kind; empty where a pack has one of the kind. */
  readonly code: string;
  readonly title: string | null;
  /** Null for a list, which changes with the pack as a whole. */
  readonly version: number | null;
  readonly effectiveFrom: string | null;
  /** Last civil day on which it holds; null while it does. */
  readonly effectiveTo: string | null;
  readonly source: string | null;
  /** False for what nobody has confirmed; null where its parts say so each for themselves. */
  readonly verified: boolean | null;
  /** SHA-256 of what it says, hex. */
  readonly digest: string;
};

/** How a document stands on a day. Of several versions that hold, the newest is the one that is begun with. */
export type Standing = 'in-force' | 'replaced' | 'ended' | 'not-yet';

type Found = Readonly<Record<string, unknown>>;
const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** inventory lists what a pack holds, document by document, in the order in which the pack offers them. Pure. */
export function inventory(contents: PackContents): PackDocument[] {
  // What is of a forum has no title of its own, and its code is no word.
  const forums = new Map(contents.forums?.map(({ code, title }) => [code, title]));
  const documentOf = (kind: string, document: Found): PackDocument => titled(kind, document, forums);
  return Object.entries(contents as unknown as Found).flatMap(([kind, value]) => {
    if (kind === 'manifest') return [];
    if (Array.isArray(value) && (value as Found[]).every((each) => typeof each['version'] === 'number'))
      return (value as Found[]).map((each) => documentOf(kind, each));
    if (kind === 'reasons') return Object.entries(value as Found).map(([code, list]) => listOf(kind, code, list));
    const single = value as Found;
    return [typeof single['version'] === 'number' ? documentOf(kind, single) : listOf(kind, '', value)];
  });
}

const titled = (kind: string, document: Found, forums: ReadonlyMap<string, string>): PackDocument => ({
  kind,
  code: text(document['code']) ?? text(document['forum']) ?? '',
  title: text(document['title']) ?? lastName(document['names']) ?? forums.get(text(document['forum']) ?? '') ?? null,
  version: document['version'] as number,
  effectiveFrom: text(document['effectiveFrom']),
  effectiveTo: text(document['effectiveTo']),
  source: text(document['source']),
  verified: typeof document['verified'] === 'boolean' ? document['verified'] : null,
  digest: digestOf(document),
});

/** What a kind of review is called by the last of the names that it had. */
const lastName = (names: unknown): string | null =>
  Array.isArray(names) ? text((names as Found[]).at(-1)?.['label']) : null;

const listOf = (kind: string, code: string, list: unknown): PackDocument => ({
  ...{ kind, code, title: null, version: null, effectiveFrom: null, effectiveTo: null, source: null, verified: null },
  digest: digestOf(list),
});

const digestOf = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');

/** How `document` stands on a civil day among all of its pack. Pure. */
export function standingOn(document: PackDocument, all: readonly PackDocument[], day: string): Standing {
  const holds = (d: PackDocument): boolean =>
    (d.effectiveFrom === null || d.effectiveFrom <= day) && (d.effectiveTo === null || d.effectiveTo >= day);
  if (document.effectiveFrom !== null && document.effectiveFrom > day) return 'not-yet';
  if (!holds(document)) return 'ended';
  const newer = all.some((d) => sameName(d, document) && holds(d) && (d.version ?? 0) > (document.version ?? 0));
  return newer ? 'replaced' : 'in-force';
}

const sameName = (a: PackDocument, b: PackDocument): boolean => a.kind === b.kind && a.code === b.code;

/** A document that one version of a pack has and another has not, or has otherwise. */
export type PackDifference = Pick<PackDocument, 'kind' | 'code' | 'version'> & {
  readonly how: 'added' | 'changed' | 'gone';
};

/** What differs between two inventories, the earlier first. Pure. */
export function packDifferences(before: readonly PackDocument[], after: readonly PackDocument[]): PackDifference[] {
  const same = (a: PackDocument, b: PackDocument): boolean => sameName(a, b) && a.version === b.version;
  const told = ({ kind, code, version }: PackDocument, how: PackDifference['how']): PackDifference => ({
    ...{ kind, code, version, how },
  });
  return [
    ...after.flatMap((now) => {
      const was = before.find((each) => same(each, now));
      if (!was) return [told(now, 'added')];
      return was.digest === now.digest ? [] : [told(now, 'changed')];
    }),
    ...before.filter((was) => !after.some((now) => same(was, now))).map((was) => told(was, 'gone')),
  ];
}

/** A part of a document that differs between two of its versions: a member, or an item of a list by its code. */
export type PartDifference = {
  readonly part: string;
  readonly item: string | null;
  readonly how: PackDifference['how'];
};

/** What a version of a document is called, which differs always. */
const SELF = new Set(['version', 'effectiveFrom', 'effectiveTo', 'digest', 'published']);

/** In which parts two versions of a document differ, the earlier first: names and codes, and not what they say. Pure. */
export function partDifferences(before: Found, after: Found): PartDifference[] {
  const parts = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((part) => !SELF.has(part));
  return parts.flatMap((part): PartDifference[] => {
    const [was, now] = [before[part], after[part]];
    const how = changed(was, now);
    if (!how) return [];
    const [wasItems, nowItems] = [itemsOf(was), itemsOf(now)];
    if (!wasItems || !nowItems) return [{ part, item: null, how }];
    const items = [...new Set([...wasItems.keys(), ...nowItems.keys()])].flatMap((item): PartDifference[] => {
      const itemHow = changed(wasItems.get(item), nowItems.get(item));
      return itemHow ? [{ part, item, how: itemHow }] : [];
    });
    return items.length > 0 ? items : [{ part, item: null, how }];
  });
}

function changed(was: unknown, now: unknown): PackDifference['how'] | null {
  if (was === undefined || now === undefined) return was === now ? null : was === undefined ? 'added' : 'gone';
  return JSON.stringify(was) === JSON.stringify(now) ? null : 'changed';
}

/** The items of a list by their codes, or null for what is no such list. */
function itemsOf(value: unknown): Map<string, unknown> | null {
  if (!Array.isArray(value)) return null;
  const named = (value as Found[]).map((item) => [text(item?.['code']) ?? text(item?.['id']), item] as const);
  const names = new Set(named.map(([name]) => name));
  return names.has(null) || names.size < named.length ? null : new Map(named as [string, unknown][]);
}
