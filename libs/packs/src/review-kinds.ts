import { createHash } from 'node:crypto';
import type { Spot } from './reading';
import type { LocalReviewKind, ReviewKind } from './review-kind-shape';

type Document = Omit<ReviewKind, 'digest' | 'base' | 'published'>;
type Made = Omit<ReviewKind, 'published'>;
type Read<T> = { readonly value: T; readonly spot: Spot };
type Published = {
  readonly kinds: readonly { readonly code: string; readonly version: number; readonly digest: string }[];
};

/**
 * assembleReviewKinds makes the kinds of a pack: those that are written out, and those that an area makes of one. It
 * reports a local document that sets what may not be set locally, and a published version with another content.
 */
export function assembleReviewKinds(
  written: readonly Read<Document>[],
  local: readonly Read<LocalReviewKind>[],
  published: readonly Read<Published>[],
): ReviewKind[] {
  const kinds: Made[] = written.map(({ value }) => ({ ...value, digest: digestOf(value) }));
  const made = local.flatMap(({ value, spot }) => {
    const base = kinds.find((k) => k.code === value.of && k.version === value.ofVersion);
    if (!base) {
      spot.report(`no such review kind: “${value.of}” version ${value.ofVersion}`);
      return [];
    }
    return localKind(base, value, spot);
  });
  const all = [...kinds, ...made];
  for (const { value, spot } of published)
    for (const { code, version, digest } of value.kinds) {
      const kind = all.find((k) => k.code === code && k.version === version);
      const which = `version ${version} of “${code}”`;
      if (!kind) spot.report(`${which} was published and is gone: reviews that use it must be able to show it`);
      else if (kind.digest !== digest)
        spot.report(
          `${which} was published with another content, and is immutable: raise its version (now ${kind.digest})`,
        );
    }
  const names = new Set(published.flatMap(({ value }) => value.kinds.map((k) => `${k.code}@${k.version}`)));
  return all.map((kind) => ({ ...kind, published: names.has(`${kind.code}@${kind.version}`) }));
}

/** Only what is overridable is taken over; a law's clock, a mandatory test and whatever else stays as it is. */
function localKind(base: Made, value: LocalReviewKind, spot: Spot): Made[] {
  const { clocks = [], criteria = [], caveats } = value;
  const before = spot.reading.findings.length;
  if (caveats && !base.threshold) spot.report(`“${base.code}” has no test to which there could be caveats`);
  spot.reading.define(['review kind'], `${value.code}@${value.version}`, spot.finding(''));
  for (const { code } of clocks) {
    const clock = base.clocks.find((c) => c.code === code);
    if (!clock) spot.report(`no such clock in “${base.code}”: “${code}”`);
    else if (!clock.overridable) spot.report(`the clock “${code}” (${clock.force}) may not be set locally`);
    else if (clock.unit === 'asap') spot.report(`the clock “${code}” has no value to set`);
  }
  for (const { code, count } of criteria) {
    const criterion = base.criteria.find((c) => c.code === code);
    if (criterion?.atMost === undefined) spot.report(`the criterion “${code}” has no number that may be set locally`);
    else if (count > criterion.atMost)
      spot.report(`the criterion “${code}” may ask for ${criterion.atMost} at most, not ${count}`);
  }
  if (spot.reading.findings.length > before) return [];
  const { digest, base: _, ...content } = base;
  const kind = {
    ...content,
    ...{ code: value.code, version: value.version, effectiveFrom: value.effectiveFrom, source: value.source },
    names: [{ from: value.effectiveFrom, label: value.label }],
    clocks: base.clocks.map((clock) => {
      const set = clocks.find((c) => c.code === clock.code);
      return set ? { ...clock, value: set.value, source: set.source, force: 'local' as const } : clock;
    }),
    criteria: base.criteria.map((criterion) => {
      const set = criteria.find((c) => c.code === criterion.code);
      return set ? { ...criterion, count: set.count, source: set.source } : criterion;
    }),
  };
  const tested = caveats && base.threshold ? { ...kind, threshold: { ...base.threshold, caveats } } : kind;
  return [{ ...tested, base: { code: base.code, version: base.version }, digest: digestOf(tested) }];
}

/** digestOf is the SHA-256 of a document's content, whatever the order of its keys. */
function digestOf(value: object): string {
  return createHash('sha256').update(canonical(value)).digest('hex');
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const parts = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, part]) => `${JSON.stringify(key)}:${canonical(part)}`);
  return `{${parts.join(',')}}`;
}
