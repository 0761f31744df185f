import { force } from './rule-shapes';
import { checked, code, day, distinct, flag, list, matching, oneOf, record, type Shape, text, whole } from './shapes';

/*
 * A kind of statutory or local review as data (domain/statutory-reviews.md §1): who decides, by which criteria, through
 * which states and guards, and within which times. A new kind is a new document; nothing of it is in code.
 */
const pauseReason = oneOf(['criminal', 'coroner', 'family']);
const stateCode = matching(/^[A-Z][A-Z0-9_]{1,39}$/, 'a state: capitals, digits and _');
const basisCode = matching(/^[A-Za-z][A-Za-z0-9_.-]{1,39}$/, 'a code of law such as DVCVA_s9');
const clockCode = matching(/^[A-Z][A-Za-z0-9-]{1,39}$/, 'the code of a clock, such as DHR-1');
const coded = record({ code, title: text });
const said = record({ who: text, force });

const clock = checked(
  record(
    {
      code: clockCode,
      title: text,
      anchor: code,
      /** What ends it: the earliest of these dates. */
      meets: list(code, 1),
      unit: oneOf(['month', 'workingDay', 'calendarDay', 'asap', 'period']),
      mode: oneOf(['after', 'beginningWith']),
      perParty: flag,
      force,
      source: text,
      pausable: list(pauseReason),
      pauseEffect: oneOf(['none', 'stop', 'needsExtension']),
      overridable: flag,
    },
    {
      value: whole(1, 10_000),
      approvers: list(code, 1),
      /** It arises only once its anchor is known: a notice that is not always sent. */
      onlyIfAnchored: flag,
      /** It arises only while one of these is decided: nobody completes a report where there is no review. */
      outcomes: list(stateCode, 1),
    },
  ),
  (c) => {
    if (c.unit === 'asap' && c.value !== undefined) return 'what is to be done as soon as possible has no value';
    if (c.unit !== 'asap' && c.value === undefined && !(c.force === 'local' && c.overridable))
      return 'lacks “value”; only a local clock that areas set may do without';
    if (c.unit === 'workingDay' && c.mode !== 'after') return 'working days are counted from the day after';
    if (c.force === 'law' && c.overridable) return 'what law sets cannot be overridable';
    if (c.force === 'law' && c.pauseEffect !== 'none') return 'nothing pauses a clock set by law';
    if (c.pauseEffect !== 'none' && c.pausable.length === 0) return 'says what a pause does, and not which pauses';
    if (c.pauseEffect === 'none' && c.pausable.length > 0) return 'names pauses that do nothing to it';
    if (c.pauseEffect === 'stop' && c.pausable.includes('family') && c.force !== 'local')
      return 'a family’s pause stops local clocks only';
    if (c.pauseEffect === 'needsExtension' && !c.approvers) return 'lacks “approvers” of an extension';
    if (c.unit === 'period' && c.pauseEffect !== 'none') return 'nothing pauses a reporting period';
    return undefined;
  },
);

const guard = checked(
  record(
    {
      code,
      text,
      /** How it is found to be met: by what is recorded, or by somebody who confirms it with the evidence. */
      check: oneOf([
        ...(['fact', 'decision', 'outcome', 'notices', 'no-pause', 'confirmed', 'second-person'] as const),
        ...(['answered', 'actions', 'chair', 'panel', 'terms', 'meeting', 'scoping'] as const),
        ...(['release', 'quality', 'letter', 'publication', 'copies', 'joined'] as const),
        ...(['management-reviews', 'kinds-tested', 'family', 'chronology', 'submitted'] as const),
        ...(['appeal-open', 'appeal-decided', 'letter-sent', 'silence-told'] as const),
      ]),
    },
    {
      ...{ fact: code, outcomes: list(stateCode, 1), reasons: list(pauseReason, 1) },
      /** Of the asking of agencies: that one did not answer may be noted instead. */
      silence: flag,
      /**
       * Of the asking of agencies: that the review may go on without one that does not answer, so many working days after its leaders
       * were asked. No law sets it.
       */
      without: record({ workingDays: whole(1, 60), force }),
      /** Of the package that leaves the review: what must be in it. */
      package: list(code, 1),
      /** Of the central quality panel’s letter. */
      verdicts: list(oneOf(['publish', 'publishAfterChanges', 'resubmit']), 1),
      decisions: list(oneOf(['full', 'part', 'withheld', 'deferred']), 1),
      /** Of the family log: what a contact with the family must have been about. */
      topic: oneOf(['terms', 'reading', 'publication-date']),
      /** Of an appeal that is decided: how; and against what, when it matters. */
      results: list(oneOf(['upheld', 'part', 'not-upheld']), 1),
      against: oneOf(['threshold', 'outcome']),
      /** Of a letter that was sent: about what. */
      about: oneOf(['threshold', 'outcome', 'appeal']),
    },
  ),
  (g) => {
    const wanted = {
      ...{ fact: 'fact', outcome: 'outcomes', 'no-pause': 'reasons', release: 'package' },
      ...{ quality: 'verdicts', letter: 'verdicts', publication: 'decisions', family: 'topic' },
      ...{ 'appeal-decided': 'results', 'letter-sent': 'about' },
    }[g.check as 'fact'] as string | undefined;
    if (g.silence !== undefined && g.check !== 'scoping') return `“silence” means nothing to the check “${g.check}”`;
    if (g.without !== undefined && g.check !== 'scoping') return `“without” means nothing to the check “${g.check}”`;
    if (g.against !== undefined && g.check !== 'appeal-decided')
      return `“against” means nothing to the check “${g.check}”`;
    for (const name of [
      ...(['fact', 'outcomes', 'reasons', 'package', 'verdicts', 'decisions', 'topic'] as const),
      ...(['results', 'about'] as const),
    ])
      if ((g[name] !== undefined) !== (name === wanted))
        return name === wanted ? `lacks “${name}”` : `“${name}” means nothing to the check “${g.check}”`;
    return undefined;
  },
);

const fields = {
  code,
  version: whole(1, 9_999),
  names: distinct(list(record({ from: day, label: text }), 1), (n) => n.from),
  nations: list(oneOf(['england', 'wales']), 1),
  effectiveFrom: day,
  source: text,
  legalBasis: distinct(
    list(record({ code: basisCode, text, force, source: text }, { inForce: flag }), 1),
    (b) => b.code,
  ),
  criteria: distinct(
    list(record({ code, text, force, source: text }, { basis: basisCode, count: whole(1, 99), atMost: whole(1, 99) })),
    (c) => c.code,
  ),
  exclusions: list(record({ text, force, source: text })),
  notifiers: list(said, 1),
  decider: said,
  mustConsult: distinct(list(record({ code, who: text, force })), (c) => c.code),
  outcomes: distinct(list(record({ code: stateCode, title: text }), 1), (o) => o.code),
  notices: list(
    record(
      { code, outcomes: list(stateCode, 1), to: text, within: text, force },
      {
        orReason: flag,
        /** It is for the family, so it waits while they need time. */
        family: flag,
      },
    ),
  ),
  facts: distinct(list(record({ code, title: text }, { perParty: flag, meeting: flag }), 1), (f) => f.code),
  states: distinct(list(record({ code: stateCode, title: text }, { final: flag }), 2), (s) => s.code),
  guards: distinct(list(guard), (g) => g.code),
  transitions: list(record({ from: stateCode, to: stateCode, guards: list(code) }, { reason: flag, again: flag }), 1),
  clocks: distinct(list(clock), (c) => c.code),
  pauses: distinct(
    list(
      record({
        reason: pauseReason,
        title: text,
        askedBy: text,
        agreedBy: text,
        holds: list(text, 1),
        goesOn: list(text, 1),
        endings: distinct(list(coded, 1), (e) => e.code),
      }),
    ),
    (p) => p.reason,
  ),
  artefacts: list(code),
  panel: record(
    { essential: list(text), quorum: text },
    {
      /** When a meeting is quorate. No law sets it: an area does. */
      rule: record({ chair: flag, share: whole(0, 100), essential: flag, force }),
    },
  ),
  publisher: text,
  publication: text,
} as const;

/** Caveats of local procedures to a number of complaints. They decide nothing; one that would defeat the law is shown. */
const caveats = list(record({ text, count: whole(1, 99), severalPeople: flag }));
/** A test by the number of complaints: which criterion holds the number, and within which months each counts. */
const threshold = record(
  { criterion: code, complaintMonths: whole(1, 120), applicationMonths: whole(1, 120) },
  { caveats },
);

/**
 * Central bodies that are sent a copy, published or not. `from` is the date of the review from which it is owed; without it, it is
 * owed from the decision on publication. `records` is the date of the review that its sending gives, unless it is recorded already.
 * `megabytes` is what a file of it must stay below, with the force of the copy.
 */
const copies = distinct(
  list(record({ code, to: text, force }, { from: code, records: code, megabytes: whole(1, 1_000) })),
  (c) => c.code,
);

/**
 * What agencies may give a review of this kind as evidence: the purpose and the items by the codes of agreements, and whom each is
 * about. A kind without it takes none.
 */
const about = oneOf(['VICTIM', 'PERP', 'CHILD', 'PROFESSIONAL', 'OTHER']);
const evidence = record(
  {
    purpose: matching(/^[A-Z][A-Z0-9-]{1,39}$/, 'a purpose of agreements such as DEATH-REVIEW'),
    informs: distinct(
      list(
        record({
          code: matching(/^[A-Z][A-Z0-9-]{1,39}$/, 'an item of agreements such as CHRONOLOGY'),
          title: text,
          about,
        }),
        1,
      ),
      (i) => i.code,
    ),
  },
  {
    /**
     * Whom the review is about, and the date by which they are known to have died; without that date nobody is taken to be dead. A kind
     * without it is about the death of a victim.
     */
    subject: record({ about }, { diedOn: code }),
  },
);

/**
 * Of a kind that can be appealed against: against what, by which clock it is decided, by whom, and what letters tell of it. A kind
 * without it keeps appeals by their dates alone.
 */
const appeal = record({
  against: list(oneOf(['threshold', 'outcome']), 1),
  clock: clockCode,
  decider: said,
  tell: text,
  source: text,
});

const shape = record(fields, { qa: text, statistics: text, threshold, copies, evidence, appeal });

type Read<S> = S extends Shape<infer T> ? T : never;
type Document = Read<typeof shape>;
/** A kind as packs hold it. `digest` is of its whole content: a published version never has another. */
export type ReviewKind = Document & {
  readonly digest: string;
  /** Whether the pack names it among the published, which never change. */
  readonly published: boolean;
  /** Of a local kind: what it was made from. */
  readonly base?: { readonly code: string; readonly version: number };
};
export type ReviewClock = ReviewKind['clocks'][number];
export type ReviewGuard = ReviewKind['guards'][number];
export type ReviewTransition = ReviewKind['transitions'][number];

/** The state before the first, from which a review is registered. */
export const BEFORE = 'NEW';

/** reviewKind is one version of a kind, whose parts must fit together; each misfit is told at its own line. */
export const reviewKind: Shape<Document> = (node, spot) => {
  const value = shape(node, spot);
  if (value === undefined) return undefined;
  const name = `${value.code}@${value.version}`;
  spot.reading.define(['review kind'], name, spot.finding(''));
  const before = spot.reading.findings.length;
  const wrong = (path: readonly (string | number)[], reason: string): void =>
    void spot.within(node, path).report(reason);
  const known = {
    fact: new Set(value.facts.map((f) => f.code)),
    state: new Set(value.states.map((s) => s.code)),
    guard: new Set(value.guards.map((g) => g.code)),
    outcome: new Set(value.outcomes.map((o) => o.code)),
    'legal basis': new Set(value.legalBasis.map((b) => b.code)),
    'pause reason': new Set<string>(value.pauses.map((p) => p.reason)),
    artefact: new Set<string>(value.artefacts),
    clock: new Set(value.clocks.map((c) => c.code)),
  };
  const demand = (what: keyof typeof known, name: string, ...path: (string | number)[]): void => {
    if (!known[what].has(name)) wrong(path, `no such ${what} in this kind: “${name}”`);
  };
  const perParty = new Set(value.facts.filter((f) => f.perParty).map((f) => f.code));
  value.clocks.forEach((c, i) => {
    demand('fact', c.anchor, 'clocks', i, 'anchor');
    c.meets.forEach((m, j) => demand('fact', m, 'clocks', i, 'meets', j));
    c.pausable.forEach((r, j) => demand('pause reason', r, 'clocks', i, 'pausable', j));
    if ([c.anchor, ...c.meets].some((f) => known.fact.has(f) && perParty.has(f) !== c.perParty))
      wrong(['clocks', i, 'perParty'], 'the dates of a clock are each party’s own, or none is');
  });
  value.guards.forEach((g, i) => {
    if (g.fact !== undefined) demand('fact', g.fact, 'guards', i, 'fact');
    if ((g.check === 'terms' || g.check === 'meeting') && !value.panel.rule)
      wrong(['guards', i, 'check'], 'a meeting can meet it only where the panel has a “rule” for its quorum');
    g.package?.forEach((a, j) => {
      if (!known.artefact.has(a)) wrong(['guards', i, 'package', j], `no such artefact of this kind: “${a}”`);
    });
    if (g.check === 'copies' && !value.copies?.length)
      wrong(['guards', i, 'check'], 'copies can be sent only where the kind has “copies”');
    if (g.check === 'chronology' && !value.evidence)
      wrong(['guards', i, 'check'], 'a chronology can be frozen only where the kind has “evidence”');
    if ((g.check === 'appeal-open' || g.check === 'appeal-decided') && !value.appeal)
      wrong(['guards', i, 'check'], 'an appeal can be kept only where the kind has “appeal”');
    if (g.check === 'letter-sent' && !known.artefact.has('letters'))
      wrong(['guards', i, 'check'], 'a letter can be sent only where “letters” are among the artefacts');
    if (g.check === 'submitted' && !value.qa)
      wrong(['guards', i, 'check'], 'a package can be submitted only where the kind has “qa”');
    g.outcomes?.forEach((o, j) => demand('outcome', o, 'guards', i, 'outcomes', j));
    g.reasons?.forEach((r, j) => demand('pause reason', r, 'guards', i, 'reasons', j));
  });
  value.clocks.forEach((c, i) => c.outcomes?.forEach((o, j) => demand('outcome', o, 'clocks', i, 'outcomes', j)));
  value.notices.forEach((n, i) => n.outcomes.forEach((o, j) => demand('outcome', o, 'notices', i, 'outcomes', j)));
  value.criteria.forEach((c, i) => {
    if (c.basis !== undefined) demand('legal basis', c.basis, 'criteria', i, 'basis');
    if (c.count !== undefined && c.count > (c.atMost ?? c.count))
      wrong(['criteria', i, 'count'], `must be at most ${c.atMost}`);
  });
  value.copies?.forEach((c, i) => {
    if (c.from !== undefined) demand('fact', c.from, 'copies', i, 'from');
    if (c.records !== undefined) demand('fact', c.records, 'copies', i, 'records');
  });
  const diedOn = value.evidence?.subject?.diedOn;
  if (diedOn !== undefined) demand('fact', diedOn, 'evidence', 'subject', 'diedOn');
  if (value.appeal) demand('clock', value.appeal.clock, 'appeal', 'clock');
  const counted = value.criteria.find((c) => c.code === value.threshold?.criterion);
  if (value.threshold && counted?.count === undefined)
    wrong(['threshold', 'criterion'], `no criterion with a number: “${value.threshold.criterion}”`);
  value.transitions.forEach((t, i) => {
    if (t.from !== BEFORE) demand('state', t.from, 'transitions', i, 'from');
    demand('state', t.to, 'transitions', i, 'to');
    t.guards.forEach((g, j) => demand('guard', g, 'transitions', i, 'guards', j));
  });
  checkPaths(value, wrong);
  return spot.reading.findings.length === before ? value : undefined;
};

/** There is one way in; every state can be reached; one that is not final can be left. */
function checkPaths(
  { states, transitions }: Document,
  wrong: (path: readonly (string | number)[], reason: string) => void,
): void {
  const ways = transitions.filter((t) => t.from === BEFORE);
  if (ways.length !== 1)
    wrong(['transitions'], `has ${ways.length} transitions from ${BEFORE}: a review is registered in one way`);
  const reached = new Set<string>([BEFORE]);
  for (let grown = true; grown;) {
    const found = transitions.filter((t) => reached.has(t.from) && !reached.has(t.to));
    for (const { to } of found) reached.add(to);
    grown = found.length > 0;
  }
  states.forEach((state, i) => {
    if (!reached.has(state.code)) wrong(['states', i], `nothing leads to “${state.code}”`);
    const left = transitions.some((t) => t.from === state.code);
    if (!left && !state.final) wrong(['states', i], `nothing leads on from “${state.code}”, and it is not final`);
  });
}

/** localReviewKind is what an area sets of a kind: values of clocks and numbers of criteria that may be set locally. */
export const localReviewKind = record(
  {
    code,
    version: whole(1, 9_999),
    of: code,
    ofVersion: whole(1, 9_999),
    label: text,
    effectiveFrom: day,
    source: text,
  },
  {
    clocks: distinct(list(record({ code: clockCode, value: whole(1, 10_000), source: text })), (c) => c.code),
    criteria: distinct(list(record({ code, count: whole(1, 99), source: text })), (c) => c.code),
    caveats,
  },
);
export type LocalReviewKind = Read<typeof localReviewKind>;

/** publishedReviewKinds names the versions that were published, with the digest that each has had since. */
export const publishedReviewKinds = record({
  kinds: distinct(
    list(record({ code, version: whole(1, 9_999), digest: matching(/^[0-9a-f]{64}$/, 'a SHA-256 in hexadecimal') })),
    (k) => `${k.code}@${k.version}`,
  ),
});
