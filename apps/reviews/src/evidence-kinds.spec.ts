import { loadPacks } from '@concordat/packs';
import { join } from 'node:path';
import { questionOf, subjectIsDead } from './evidence-question';
import { itemProblems } from './chronology/item-problems';
import { missingFor } from './lifecycle';
import type { ReviewDocument, ReviewRecord } from './review';

const packs = loadPacks(join(__dirname, '../../../packs/england-wales'));
const TODAY = '2026-06-30';
const said = { by: 'jo', at: '2026-06-01T00:00:00.000Z' };
/** Every kind that reviews something that happened to somebody; complaints of ASB have a ledger of their own. */
const KINDS = [...new Set(packs.reviewKinds().map(({ code }) => code))]
  .map((code) => packs.reviewKind(code, TODAY)!)
  .filter(({ threshold }) => !threshold);
const document = (more: Partial<ReviewDocument> = {}): ReviewDocument => ({
  ...{ about: 'x', notifier: 'x', parties: [], round: 1, facts: [], notices: [], confirmations: [], pauses: [] },
  ...{ extensions: [], allowedDates: [], ...more },
});
const fact = (code: string) => ({ code, date: '2025-03-01', party: null, approximate: false, reason: null, ...said });

describe.each(KINDS.map((kind) => [kind.code, kind] as const))('evidence of a %s', (code, kind) => {
  const evidence = kind.evidence!;
  const lacks = (guards: readonly string[], more: Partial<ReviewDocument>) => {
    const review: ReviewRecord = {
      ...{ id: 'r', version: 1, reference: 'SR', ownerOrg: 'board', state: 'x', document: document(more) },
      ...{ kind: { code, version: kind.version, digest: '' }, decisions: [], recommendations: [] },
    };
    return missingFor(kind, review, { from: 'x', to: 'y', guards }, 'jo').map((m) => m.code);
  };
  const guardsOf = (check: string) => kind.guards.filter((g) => g.check === check).map((g) => g.code);

  it('is asked for and returned: no reply is not nil', () => {
    const guards = guardsOf('scoping');
    expect(guards).toHaveLength(1);
    expect(lacks(guards, {})).toEqual(guards);
    const asked = { id: 's', round: 1, orgId: 'police', askedOn: '2026-06-01', dueOn: '2026-06-10', ...said };
    const answer = (given: 'no-reply' | 'nil') => ({
      ...{ requestId: 's', orgId: 'police', answer: given, text: null, on: '2026-06-20', ...said },
    });
    expect(lacks(guards, { scoping: [asked], returns: [answer('no-reply')] })).toEqual(guards);
    expect(lacks(guards, { scoping: [asked], returns: [answer('nil')] })).toEqual([]);
  });

  it('is decided item by item, for the purpose and about the people that its pack names', () => {
    expect(evidence.informs.map((i) => i.code)).toEqual(expect.arrayContaining(['CHRONOLOGY', 'PRACTICE']));
    for (const { code: item, about } of evidence.informs) {
      expect(itemProblems({ date: '2025-03-01', informs: [item] }, evidence, TODAY)).toEqual([]);
      const dead = subjectIsDead(evidence, document());
      const question = questionOf(evidence, {
        ...{ kind: 'DISCLOSE', fromOrg: 'nhs', toOrg: 'board', byId: 'bevan', reviewId: 'r-1', informs: [item], dead },
      });
      expect(question).toMatchObject({ purpose: evidence.purpose, items: [item], subjects: [{ about }] });
      expect(question.subjects[0]!.pid === 'r-1').toBe(about === (evidence.subject?.about ?? 'VICTIM'));
    }
    expect(itemProblems({ date: '2025-03-01', informs: ['SECRETS'] }, evidence, TODAY)).toMatchObject([
      { field: 'informs', code: 'not-in-list' },
    ]);
  });

  it('says that somebody is dead only where its kind is of a death, or that date is recorded', () => {
    const { subject } = evidence;
    const ofDeath = ['domestic-homicide-review', 'offensive-weapons-homicide-review'].includes(code);
    expect(subjectIsDead(evidence, document())).toBe(ofDeath);
    expect(subjectIsDead(evidence, document({ facts: [fact('death')] }))).toBe(ofDeath || subject?.diedOn === 'death');
    const dead = subjectIsDead(evidence, document({ facts: [fact('death')] }));
    const { subjects } = questionOf(evidence, {
      ...{ kind: 'CONSULT', fromOrg: 'nhs', toOrg: 'board', byId: 'x', reviewId: 'r-1', dead },
      informs: evidence.informs.map((i) => i.code),
    });
    expect(subjects.filter((s) => s.deceased).map((s) => s.about)).toEqual(dead ? [subject?.about ?? 'VICTIM'] : []);
  });

  // A rapid review has fifteen working days: it hears agencies, and waits for nobody's own review.
  if (code !== 'rapid-review')
    it('stops the draft until reviews of agencies are settled and the chronology is frozen as it stands', () => {
      const guards = kind.transitions.find((t) => t.from === 'EVIDENCE' && t.to === 'DRAFTING')!.guards;
      expect(guards).toEqual([...guardsOf('management-reviews'), ...guardsOf('chronology')]);
      expect(lacks(guards, {})).toEqual(guards);
      const frozen = { number: 1, round: 1, items: 1, changes: 2, digest: 'd', ...said };
      const chronology = { chronologies: [frozen], chronologyChanges: 2 };
      expect(lacks(guards, chronology)).toEqual(guardsOf('management-reviews'));
      expect(lacks(guards, { ...chronology, chronologyChanges: 3 })).toEqual(guards);
    });
});

it('every kind but that of complaints takes evidence', () => {
  expect(KINDS.map(({ code }) => code).sort()).toEqual([
    ...['child-safeguarding-practice-review', 'domestic-homicide-review', 'mappa-serious-case-review'],
    ...['offensive-weapons-homicide-review', 'rapid-review', 'safeguarding-adults-review'],
    'single-unified-safeguarding-review',
  ]);
  const purposes = KINDS.map(({ evidence }) => evidence?.purpose);
  expect(purposes).not.toContain(undefined);
});
