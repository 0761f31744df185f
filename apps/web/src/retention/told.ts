import type { Names } from '../apis/directory';
import type { Kept, KeptCase, RetentionRules } from '../apis/retention';

/** What a rule is called; its code, for one that the pack no longer has. */
export const ruleTitle = ({ rules }: RetentionRules, code: string): string =>
  rules.find((r) => r.id === code)?.title ?? code;

/** The state of a case's keeping in a word, and the colour of its tag. */
function stateOf({ state, keptBy }: Pick<Kept, 'state' | 'keptBy'>): { state: string; tag: string } {
  if (keptBy === 'moratorium') return { state: 'Moratorium', tag: 'purple' };
  if (keptBy === 'held') return { state: 'On hold', tag: 'purple' };
  if (state === 'confirmed') return { state: 'Being erased', tag: 'grey' };
  if (state === 'proposed') return { state: 'Erasure proposed', tag: 'orange' };
  return keptBy === 'kept' ? { state: 'Kept', tag: 'green' } : { state: 'Time is up', tag: 'red' };
}

/** How long a case is kept, with names and titles. */
export const told = (kept: Kept, names: Names, rules: RetentionRules) => ({
  ...kept,
  ...stateOf(kept),
  lead: names.organisation(kept.leadOrg),
  area: names.area(kept.areaId),
  ruleTitle: ruleTitle(rules, kept.rule),
});

const FROM: Readonly<Record<string, string>> = {
  'last-involvement': 'the last involvement',
  'subject-birth': 'a birth',
  'subject-death': 'a death',
};
const STEPS: Readonly<Record<string, string>> = {
  kept: 'Kept until another day',
  proposed: 'Erasure proposed',
  refused: 'Erasure refused',
  confirmed: 'Erasure confirmed',
  held: 'Put on hold',
  released: 'Hold released',
  stopped: 'Erasure stopped, because something keeps the case',
};

/** As `told`, with every rule that applies, the holds, and what was decided. */
export function toldInFull(kept: KeptCase, names: Names, rules: RetentionRules) {
  const rule = rules.rules.find((r) => r.id === kept.rule);
  return {
    ...told(kept, names, rules),
    source: rule?.source ?? null,
    verified: rule?.verified ?? false,
    moratoriumTitle: rules.moratoria.find((m) => m.code === kept.moratorium)?.title ?? kept.moratorium,
    ends: kept.ends.map((e) => ({ ...e, title: ruleTitle(rules, e.rule), counted: FROM[e.trigger] ?? e.trigger })),
    holds: kept.holds.map((h) => ({
      ...h,
      who: `${names.person(h.by)}, ${names.organisation(h.orgId)}`,
      releaser: h.releasedBy ? names.person(h.releasedBy) : null,
    })),
    steps: kept.steps.map((s) => ({
      ...s,
      title: STEPS[s.what] ?? s.what,
      who: s.orgId ? `${names.person(s.by)}, ${names.organisation(s.orgId)}` : 'Concordat',
    })),
  };
}
