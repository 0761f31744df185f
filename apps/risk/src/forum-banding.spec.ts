import { completed, resultOf, type Assessment } from './assessment';
import { EMPTY, type Content } from './answers';
import { practiceOf, wrongBandings, type ForumBanding } from './forum-banding';
import { counted, DAY, instrumentOf, packs } from './instruments.testing';

const matrix = instrumentOf('asb-matrix');
const ccm = packs.forumKind('ccm', DAY)!;
const forum = { id: 'f', version: 3, kind: 'ccm', title: 'Northbank community MARAC' };
const by = (bandings: readonly ForumBanding[], kind: Parameters<typeof practiceOf>[2] = ccm) =>
  practiceOf(matrix, { ...forum, bandings }, kind, DAY);
/** Most days (6), spoken threats (5), aimed at them (5) and they are afraid (6): 22. */
const at22: Content = {
  ...EMPTY,
  answers: {
    'how-often': { value: 'daily' },
    threat: { value: 'spoken' },
    aimed: { value: 'person' },
    effect: { value: 'much' },
  },
};
const own: ForumBanding = {
  instrument: 'asb-matrix',
  from: [
    { band: 'medium', value: 10 },
    { band: 'high', value: 20 },
  ],
  source: 'Steering group, 4 November 2026',
};

describe('thresholds of a forum', () => {
  it('give the band of what is assessed for it, and are stamped on the result: its own, else its kind’s, else the default', () => {
    const [none, chosen, ofKind, ownOnes] = [
      by([]),
      by([{ instrument: 'asb-matrix', banding: 'stockton' }]),
      by([], { bandings: [{ instrument: 'asb-matrix', banding: 'stockton' }] }),
      by([own]),
    ].map((practice) => resultOf(matrix, packs, at22, DAY, practice));
    expect(none).toMatchObject({
      score: 22,
      band: 'medium',
      banding: 'islington@1',
      thresholds: { setBy: 'instrument' },
    });
    expect(chosen).toMatchObject({ band: 'high', banding: 'stockton@1', thresholds: { setBy: 'forum', forum } });
    expect(chosen?.thresholds?.source).toMatch(/Stockton/);
    expect(ofKind).toMatchObject({ band: 'high', banding: 'stockton@1', thresholds: { setBy: 'kind' } });
    expect(ownOnes).toMatchObject({
      ...{ band: 'high', banding: 'forum@3' },
      thresholds: { source: own.source, thresholds: [{ value: 0 }, { value: 10 }, { band: 'high', value: 20 }] },
    });
  });

  it('decide whether the count for a referral to that forum is met, and to no other', () => {
    const route = (bandings: readonly ForumBanding[], kind = 'ccm') =>
      resultOf(matrix, packs, at22, DAY, practiceOf(matrix, { ...forum, kind, bandings }, ccm, DAY)).routes;
    expect(route([])).toEqual([expect.objectContaining({ forum: 'ccm', met: false, rule: 'ccm.matrix-high@1' })]);
    expect(route([own])).toEqual([expect.objectContaining({ forum: 'ccm', met: true, rule: 'forum@3' })]);
    expect(route([own], 'hate-crime-panel')).toEqual([expect.objectContaining({ forum: 'ccm', met: false })]);
  });

  it('leave an earlier result as it is: what was begun before follows the thresholds of its time', () => {
    const dash = instrumentOf('safelives-dash');
    const lower = { instrument: dash.code, from: [{ band: 'high', value: 5 }], source: 'Steering group' };
    const practice = practiceOf(dash, { ...forum, kind: 'marac' }, packs.forumKind('marac', DAY)!, DAY);
    const draft = { status: 'draft', version: 1, rulesOn: DAY, content: counted('safelives-dash', 6), practice };
    const done = completed(draft as unknown as Assessment, dash, packs, new Date());
    expect(done.result).toMatchObject({ band: 'standard', thresholds: { forum: { version: 3 } } });
    const later = practiceOf(dash, { ...forum, version: 4, bandings: [lower] }, packs.forumKind('marac', DAY)!, DAY);
    expect(resultOf(dash, packs, draft.content, DAY, later).band).toBe('high');
  });

  it('are none of an instrument without a score, and none at all where what was chosen is not in force', () => {
    const dara = instrumentOf('coercive-control');
    expect(practiceOf(dara, forum, ccm, DAY)).toMatchObject({ setBy: 'instrument', banding: null });
    expect(by([{ instrument: 'asb-matrix', banding: 'gone' }])).toBeNull();
    expect(by([{ ...own, from: [{ band: 'gone', value: 3 }] }])).toBeNull();
  });

  it.each<[string, ForumBanding, string[]]>([
    ['a banding of the pack', { instrument: 'asb-matrix', banding: 'stockton' }, []],
    ['its own', own, []],
    ['a level left out', { ...own, from: [{ band: 'high', value: 20 }] }, []],
    ['one that is not there', { instrument: 'asb-matrix', banding: 'gone' }, ['bandings.asb-matrix']],
    ['nothing', { instrument: 'asb-matrix' }, ['bandings.asb-matrix.from.high', 'bandings.asb-matrix.source']],
    [
      'thresholds that fall',
      { ...own, from: [...own.from!.slice(0, 1), { band: 'high', value: 10 }] },
      ['bandings.asb-matrix.from.high'],
    ],
    [
      'a level that there is not',
      { ...own, from: [...own.from!, { band: 'grave', value: 90 }] },
      ['bandings.asb-matrix'],
    ],
    ['no source', { ...own, source: ' ' }, ['bandings.asb-matrix.source']],
    ['what has no score', { instrument: 'coercive-control', banding: 'x' }, ['bandings.coercive-control']],
  ])('are set as %s', (_, set, fields) => {
    const wrong = (all: readonly ForumBanding[]) =>
      wrongBandings(all, (code) => packs.instrument(code, DAY), DAY).map(({ field }) => field);
    expect(wrong([set])).toEqual(fields);
    if (fields.length === 0) expect(wrong([set, set])).toEqual(['bandings.asb-matrix']);
  });
});
