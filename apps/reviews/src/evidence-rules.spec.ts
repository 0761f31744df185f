import fc from 'fast-check';
import { loadPacks } from '@concordat/packs';
import { join } from 'node:path';
import {
  chosenOf,
  chronologyLacks,
  combined,
  currentItems,
  gapsIn,
  silentAgencies,
  type ChronologyItem,
  type SameEvent,
} from './combined-chronology';
import { questionOf } from './evidence-question';
import {
  contactProblems,
  familyLacks,
  isAgainst,
  isDayOfYear,
  sendingProblem,
  type FamilyContact,
  type FamilyPerson,
} from './family';
import { submissionLacks, submittable } from './publication-rules';
import type { ReviewDocument } from './review';

const said = { by: 'jo', at: '2026-01-01T00:00:00.000Z' };
const DHR = loadPacks(join(__dirname, '../../../packs/england-wales')).reviewKind(
  'domestic-homicide-review',
  '2026-06-01',
)!;
const document = (more: Partial<ReviewDocument> = {}): ReviewDocument => ({
  ...{ about: 'x', notifier: 'x', parties: [], round: 1, facts: [], notices: [], confirmations: [], pauses: [] },
  ...{ extensions: [], allowedDates: [], ...more },
});
const item = (id: string, date: string, more: Partial<ChronologyItem> = {}): ChronologyItem => ({
  ...{ id, number: 1, orgId: 'police', date, approximate: false, event: 'A call', people: [], theme: null },
  ...{ source: 'P-1', seen: 'not-recorded', decision: null, comment: null, thirdParty: false, informs: [] },
  ...{ decisionId: null, corrects: null, why: null, takenFrom: null, ...said, ...more },
});
const shape = (items: readonly ChronologyItem[], same: readonly SameEvent[] = []) =>
  combined(items, same).map((e) => [e.items.map((i) => i.id).join(), ...e.contradictions]);

describe('the combined chronology (domain/statutory-reviews.md §7)', () => {
  it('is in the order of the earliest day that each can have been, then of agency and of entering', () => {
    const items = [
      item('d', '2025-03-02'),
      item('c', '2025-03', { orgId: 'zeta' }),
      item('b', '2025-03', { number: 2 }),
      item('a', '2025'),
    ];
    expect(shape(items)).toEqual([['a'], ['b'], ['c'], ['d']]);
  });

  it('shows what agencies contradict each other in at one event, and nothing that one agency says alone', () => {
    const police = item('a', '2025-03-01', { seen: 'yes', decision: 'No further action' });
    const health = item('b', '2025-03-04', { orgId: 'nhs', seen: 'no', decision: 'Referred on' });
    expect(shape([police, health])).toEqual([['a'], ['b']]);
    expect(shape([police, health], [['b', 'a']])).toEqual([['a,b', 'dates', 'seen', 'decision']]);
    const alike = { ...health, date: '2025-03', seen: 'not-recorded' as const, decision: 'no further ACTION.' };
    expect(shape([police, alike], [['a', 'b']])).toEqual([['b,a']]);
    expect(shape([police, { ...health, orgId: 'police' }], [['a', 'b']])).toEqual([['a,b']]);
  });

  it('shows times of which nobody tells, and agencies that know something and tell nothing', () => {
    const items = [item('a', '2025-01'), item('b', '2025-04-02'), item('c', '2025-04-20')];
    expect(gapsIn(items, 60)).toEqual([{ from: '2025-02-01', to: '2025-04-01', days: 60 }]);
    expect(gapsIn(items, 61)).toEqual([]);
    const asked = (id: string, orgId: string) => ({ id, round: 1, orgId, askedOn: 'x', dueOn: 'x', ...said });
    const answered = (requestId: string, answer: 'known' | 'nil') => ({
      requestId,
      answer,
      on: 'x',
      text: null,
      ...said,
    });
    const scoping = [asked('1', 'police'), asked('2', 'nhs'), asked('3', 'probation')];
    const returns = [answered('1', 'known'), answered('2', 'known'), answered('3', 'nil')];
    expect(silentAgencies(document({ scoping, returns }), items)).toEqual(['nhs']);
  });

  it('chosen by agency, person and theme, an event is shown whole', () => {
    const events = combined(
      [item('a', '2025', { people: ['Alice'], theme: 'Calls' }), item('b', '2025', { orgId: 'nhs', theme: 'Health' })],
      [['a', 'b']],
    );
    expect(chosenOf(events, { agency: 'nhs' })[0]!.items).toHaveLength(2);
    expect(chosenOf(events, { agency: 'nhs', theme: 'Calls' })).toEqual([]);
    expect(chosenOf(events, { person: 'Alice', theme: 'Calls', agency: 'police' })).toHaveLength(1);
  });

  it('has what an agency put right in the place of what it said, which stays beside it, joined as that was', () => {
    const all = [
      ...[item('a', '2025'), item('b', '2025', { orgId: 'nhs' }), item('c', '2025-02', { corrects: 'a', why: 'x' })],
      item('d', '2025-03', { corrects: 'c', why: 'x' }),
    ];
    const now = currentItems(all, [['a', 'b']]);
    expect(now.items.map(({ id }) => id)).toEqual(['b', 'd']);
    expect(now.formerOf('d').map(({ id }) => id)).toEqual(['a', 'c']);
    expect(now.formerOf('b')).toEqual([]);
    expect(shape(now.items, now.same)).toEqual([['b,d']]);
    // A version that was frozen before the correction has what was said then.
    expect(currentItems(all.slice(0, 2), []).items.map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it('loses nothing and tells nothing twice, whatever is joined; joining is the same both ways', () => {
    const days = fc.constantFrom('2024', '2025', '2025-02', '2025-02-03', '2025-02-28', '2026-01-01');
    const told = fc.array(fc.tuple(days, fc.constantFrom('police', 'nhs', 'council')), { maxLength: 12 });
    const pairs = fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 8 });
    fc.assert(
      fc.property(told, pairs, (all, joins) => {
        const items = all.map(([date, orgId], i) => item(String(i), date, { orgId, number: i }));
        const same = joins.map(([a, b]): SameEvent => [String(a), String(b)]);
        const events = combined(items, same);
        const shown = events.flatMap((e) => e.items.map((i) => i.id));
        expect([...shown].sort()).toEqual(items.map((i) => i.id).sort());
        expect(shape(items.toReversed(), same.map(([a, b]): SameEvent => [b, a]).toReversed())).toEqual(
          shape(items, same),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('is frozen in this round, and as it stands', () => {
    const frozen = { number: 1, round: 1, items: 2, changes: 2, digest: '', ...said };
    expect(chronologyLacks(document())).toEqual(['no version of it is frozen']);
    expect(chronologyLacks(document({ chronologies: [frozen], chronologyChanges: 2 }))).toEqual([]);
    expect(chronologyLacks(document({ chronologies: [frozen], chronologyChanges: 3 }))).toEqual([
      'it was changed since version 1',
    ]);
    expect(chronologyLacks(document({ chronologies: [frozen], chronologyChanges: 2, round: 2 }))).toHaveLength(1);
  });

  it('asks with codes and ids only, and says of the person who died alone that they are dead', () => {
    const offer = { fromOrg: 'nhs', toOrg: 'council', byId: 'bevan', reviewId: 'r-1', dead: true } as const;
    const question = questionOf(DHR.evidence!, {
      kind: 'DISCLOSE',
      ...offer,
      informs: ['PRACTICE', 'HEALTH', 'HEALTH'],
    });
    expect(question).toMatchObject({
      ...{ sender: 'nhs', recipients: ['council'], purpose: 'DEATH-REVIEW', items: ['HEALTH', 'PRACTICE'] },
      ...{ actor: { userId: 'bevan', orgId: 'nhs' }, consent: { state: 'NOT_SOUGHT' } },
    });
    expect(question.subjects.map((s) => [s.about, s.deceased, s.pid === 'r-1'])).toEqual([
      ['PROFESSIONAL', false, false],
      ['VICTIM', true, true],
    ]);
    expect(questionOf(DHR.evidence!, { kind: 'CONSULT', ...offer, informs: ['HEALTH'] }).actor.orgId).toBe('council');
  });
});

describe('the family log (domain/statutory-reviews.md §7)', () => {
  const nia: FamilyPerson = {
    ...{ id: 'n', number: 1, name: 'Nia', relationship: 'Her sister', advocate: null, safeWay: 'By text' },
    ...{ wishes: null, language: null, leafletOn: null, sensitiveDays: ['02-29'], reach: null },
  };
  const contact: FamilyContact = {
    ...{ id: 'c', personId: 'n', on: '2026-02-01', channel: 'telephone', spoke: 'The chair', topic: 'terms' },
    ...{ outcome: 'answered', said: 'She agrees', change: null, nextOn: null, begunBy: null, despite: null, ...said },
  };
  const wrong = (more: Partial<FamilyContact>, person: FamilyPerson | undefined = nia) =>
    contactProblems({ ...contact, ...more }, person, '2026-02-01').map(({ field, code }) => `${field} ${code}`);

  it.each([
    ['what was said, and to whom', {}, []],
    ['nobody', { personId: null }, ['personId required']],
    ['nobody could be found', { personId: null, outcome: 'not-reached', said: 'Three letters' }, []],
    ['that nobody was reached, without what was tried', { outcome: 'not-reached', said: ' ' }, ['said required']],
    ['an answer without words', { said: null }, ['said required']],
    ['a refusal without words', { outcome: 'declined', said: null }, []],
    ['a reading without what was changed', { topic: 'reading' }, ['change required']],
    ['a day to come', { on: '2026-02-02' }, ['on in-future']],
    ['the next contact today', { nextOn: '2026-02-01' }, ['nextOn too-early']],
    ['the next contact on a day that hurts', { nextOn: '2028-02-29' }, ['nextOn sensitive-day']],
  ] as const)('%s', (_, more, found) => expect(wrong(more)).toEqual(found));

  it('is planned for no day before that on which a pause of the family is looked at again', () => {
    const pause = {
      ...{ id: 'p', reason: 'family' as const, askedBy: 'x', agreedBy: 'x', from: '2026-01-20', ending: null, ...said },
      reviewOn: '2026-02-17',
    };
    const planned = (nextOn: string, to: string | null = null) =>
      contactProblems({ ...contact, begunBy: 'family', nextOn }, nia, '2026-02-01', [{ ...pause, to }]).map(
        ({ code }) => code,
      );
    expect([planned('2026-02-16'), planned('2026-02-17'), planned('2026-02-16', '2026-01-31')]).toEqual([
      ...[['paused'], [], []],
    ]);
  });

  describe('in the time that they asked for, on days that hurt, or otherwise than they are reached', () => {
    const pause = {
      ...{ id: 'p', reason: 'family' as const, askedBy: 'x', agreedBy: 'x', from: '2026-01-20', ending: null, ...said },
      ...{ reviewOn: '2026-02-17', to: null },
    };
    const found = (more: Partial<FamilyContact>, reach: FamilyPerson['reach'] = null, pauses = [pause]) =>
      contactProblems({ ...contact, ...more }, { ...nia, reach }, '2026-03-01', pauses).map(
        ({ field, code }) => `${field} ${code}`,
      );
    it.each([
      ['the review may not begin one', {}, ['on paused']],
      ['unless it says why', { despite: 'She was in danger' }, []],
      ['they may', { begunBy: 'family' }, []],
      ['they do not read, whatever the reason', { topic: 'reading', change: 'x', despite: 'x' }, ['topic paused']],
      ['they are not told of publication', { topic: 'publication-date', despite: 'x' }, ['topic paused']],
      ['before it nothing is held', { on: '2026-01-19' }, []],
      ['from the day on which it is looked at nothing is', { on: '2026-02-17' }, []],
    ] as const)('%s', (_, more, expected) => expect(found(more)).toEqual(expected));

    it('are kept by reason alone, or not at all', () => {
      expect(found({ on: '2024-02-29' }, null, [])).toEqual(['on sensitive-day']);
      expect(found({}, 'nobody', [])).toEqual(['personId not-to-be-contacted']);
      expect(found({}, 'advocate', [])).toEqual(['channel advocate-only']);
      expect(found({ channel: 'through-advocate' }, 'advocate', [])).toEqual([]);
      expect(found({ nextOn: '2026-05-01', begunBy: 'family' }, 'nobody', [])).toEqual(['nextOn not-to-be-contacted']);
      expect([isAgainst({ ...contact, despite: 'x' }, nia, [pause]), isAgainst(contact, nia, [])]).toEqual([
        true,
        false,
      ]);
    });

    it('nothing is sent to them', () => {
      const at = (on: string, people: FamilyPerson[], pauses = [pause]) => sendingProblem(on, people, pauses)?.code;
      expect([at('2026-02-16', []), at('2026-02-17', []), at('2026-02-16', [], [])]).toEqual([
        'paused',
        undefined,
        undefined,
      ]);
      expect(at('2028-02-29', [nia])).toBe('sensitive-day');
      const [no, yes] = [
        { ...nia, reach: 'nobody' as const },
        { ...nia, reach: 'advocate' as const },
      ];
      expect([at('2026-05-01', [no]), at('2026-05-01', [no, yes])]).toEqual(['not-to-be-contacted', undefined]);
      // A pause that was ended later than it was to be looked at held until it was ended.
      const ended = [{ ...pause, to: '2026-02-20' }] as unknown as (typeof pause)[];
      expect([at('2026-02-19', [], ended), at('2026-02-20', [], ended)]).toEqual(['paused', undefined]);
    });

    it('a silence there is no answer that a step may rest on', () => {
      const brief = {
        ...{ id: 'c', round: 1, topic: 'terms' as const, outcome: 'no-reply' as const, on: '2026-02-01', ...said },
        against: true,
      };
      expect(familyLacks('terms', document({ family: [brief] }))).toHaveLength(1);
      expect(familyLacks('terms', document({ family: [{ ...brief, outcome: 'answered' }] }))).toEqual([]);
    });
  });

  it('of a person whom the log does not have is refused', () =>
    expect(contactProblems(contact, undefined, '2026-02-01')).toMatchObject([{ code: 'not-in-list' }]));

  it('a silence about the terms is on record in its round alone', () => {
    const brief = {
      id: 'c',
      round: 1,
      topic: 'terms' as const,
      outcome: 'no-reply' as const,
      on: '2026-01-01',
      ...said,
    };
    expect(familyLacks('terms', document({ family: [brief] }))).toEqual([]);
    expect(familyLacks('reading', document({ family: [brief] }))).toHaveLength(1);
    expect(familyLacks('terms', document({ family: [brief], round: 2 }))).toHaveLength(1);
    expect(familyLacks(undefined, document({ family: [brief] }))).toHaveLength(1);
  });

  it('knows days of some year', () =>
    expect(['02-29', '02-30', '13-01', '00-10', '04-31', '12-31', '1-1'].filter(isDayOfYear)).toEqual([
      '02-29',
      '12-31',
    ]));
});

describe('what is sent to the central quality panel (domain/statutory-reviews.md §8)', () => {
  const brief = (artefact: string) => ({
    ...{ id: artefact, artefact, mapped: 1, state: 'released' as const },
    releasedBy: 'gwen',
    ...said,
  });
  const whole = ['overview-report', 'summary', 'action-plan', 'data-form'].map(brief);
  const sent = { number: 1, round: 1, sentOn: '2026-02-02', how: 'x', receipt: 'x', files: [], ...said };
  const letter = { number: 1, round: 1, receivedOn: '2026-02-02', verdict: 'publish' as const, points: [], ...said };

  it('is the whole package, each file released', () => {
    expect(submittable(DHR, document({ mapped: 1, releases: whole }))).toEqual(whole.map((f) => f.id));
    expect(() => submittable(DHR, document({ mapped: 1, releases: whole.slice(1) }))).toThrow(
      expect.objectContaining({ code: 'submission.package-open' }),
    );
    expect(() => submittable(DHR, document({ mapped: 2, releases: whole }))).toThrow('scanned before');
    const { qa: _, ...none } = DHR;
    expect(() => submittable(none, document({ mapped: 1, releases: whole }))).toThrow('no central quality panel');
  });

  it('comes before its letter, in each round anew', () => {
    expect(submissionLacks(document())).toEqual(['nothing was sent']);
    expect(submissionLacks(document({ submissions: [sent], letters: [letter] }))).toEqual([]);
    expect(
      submissionLacks(document({ submissions: [sent], letters: [{ ...letter, receivedOn: '2026-02-01' }] })),
    ).toEqual(['the letter came before the package was sent']);
    expect(submissionLacks(document({ submissions: [sent], round: 2 }))).toEqual(['nothing was sent']);
  });
});
