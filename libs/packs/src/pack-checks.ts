import type { forumKind } from './forum-kind-shape';
import type { instrument } from './instrument-shape';
import type { colourScheme } from './list-shapes';
import type { pathway } from './pathway-shape';
import type { Reading, Spot } from './reading';
import type { Versioned } from './rules';
import type { Shape } from './shapes';

/** Documents of one kind, each with the place that is told when something is wrong with it. */
type Read<S> = S extends Shape<infer T> ? readonly { readonly value: T; readonly spot: Spot }[] : never;

/** Two versions of a rule in force on the same day would leave it to chance which one a decision follows. */
export function checkVersions({ rules, findings }: Reading): void {
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
export function checkBandings(kinds: Read<typeof forumKind>, instruments: Read<typeof instrument>): void {
  for (const { value, spot } of kinds)
    for (const { instrument: code, banding } of value.bandings ?? []) {
      const versions = instruments.filter((each) => each.value.code === code);
      const found = versions.map((each) => each.value.bandings.filter(({ id }) => id === banding));
      if (found.length === 0 || found.some((each) => each.length === 0))
        spot.report(`no such banding of “${code}”: “${banding}”`);
      else if (found.flat().some(({ verified }) => !verified))
        spot.report(`cannot follow “${banding}” by default: it is not verified`);
    }
}

/** Unverified values are for reference: nothing may follow them by default (domain/risk-conferences.md, first line). */
export function checkDefaults(pathways: Read<typeof pathway>, schemes: Read<typeof colourScheme>): void {
  for (const { value, spot } of pathways) {
    const scheme = schemes.find((other) => other.value.code === value.colourScheme)?.value;
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
