import { publicationProblems, qualityLacks } from './publication-rules';
import type { PanelMember } from './panel';
import type { ReleaseBrief } from './release';
import {
  demandReleasable,
  demandSecondReader,
  draftsReview,
  openHits,
  packageLacks,
  releasedFiles,
} from './release-rules';
import type { Hit } from './release-scan';
import type { ReviewDocument } from './review';

const recorded = { by: 'jo', at: '2026-01-01T00:00:00Z' };
const brief = (more: Partial<ReleaseBrief> = {}): ReleaseBrief => ({
  ...{ id: 'f', artefact: 'overview-report', mapped: 2, state: 'scanned', releasedBy: null, ...recorded },
  ...more,
});
const document = (more: Partial<ReviewDocument> = {}): ReviewDocument => ({
  ...{ about: '', notifier: '', parties: [], round: 1, facts: [], notices: [], confirmations: [], pauses: [] },
  ...{ extensions: [], allowedDates: [], mapped: 2, ...more },
});
const sits = (userId: string, role: PanelMember['role'], endedOn: string | null = null): PanelMember => ({
  ...{ id: userId, role, seat: role, orgId: null, userId, name: null, declarations: [], endedOn, ...recorded },
});

describe('the package that leaves a review', () => {
  const lacks = (releases: ReleaseBrief[], more: Partial<ReviewDocument> = {}) =>
    packageLacks(['overview-report'], document({ releases, ...more }));

  it('is whole when each artefact is in it, and each file was released for everybody protected now', () => {
    expect(lacks([])).toEqual(['overview-report is not in it']);
    expect(lacks([brief()])).toEqual(['nobody has released overview-report']);
    expect(lacks([brief({ state: 'released' })])).toEqual([]);
    expect(lacks([brief({ state: 'released', mapped: 1 })])).toEqual([
      'overview-report was scanned before the map was changed',
    ]);
    expect(lacks([brief({ state: 'withdrawn' })])).toEqual(['overview-report is not in it']);
    expect(lacks([brief({ state: 'released', mapped: 0 })], { mapped: 0 })).toEqual([
      'nobody is in the map of who is protected',
    ]);
    expect(packageLacks([], document())).toEqual(['there is no file in it']);
    const stale = document({
      releases: [brief({ state: 'released', mapped: 1 }), brief({ state: 'released', id: 'g' })],
    });
    expect(releasedFiles(stale).map(({ id }) => id)).toEqual(['g']);
  });

  it('is read by a second person: not whoever brought it, not the author, whose part has not ended', () => {
    const read =
      (who: string, panel: PanelMember[] = []) =>
      () =>
        demandSecondReader(brief(), document({ panel }), who);
    expect(read('jo')).toThrow('you have brought');
    expect(read('ann', [sits('ann', 'author')])).toThrow('does not draft');
    expect(read('ann', [sits('ann', 'author', '2026-01-02')])).not.toThrow();
    expect(read('gwen', [sits('gwen', 'chair')])).not.toThrow();
    const drafting = (panel: PanelMember[]) => draftsReview(document({ panel }), 'gwen');
    expect([drafting([sits('gwen', 'chair')]), drafting([sits('gwen', 'author')])]).toEqual([true, true]);
    expect([drafting([sits('gwen', 'member')]), drafting([sits('gwen', 'chair', '2026-01-02')])]).toEqual([
      false,
      false,
    ]);
  });

  it('holds each file while anything in it is open', () => {
    const hit: Hit = {
      ...{
        key: 'a',
        kind: 'surname',
        people: ['p'],
        part: 'body',
        where: 'text',
        at: 0,
        text: 'Rose',
        excerpt: 'Rose',
      },
      ambiguous: false,
    };
    const file = { scan: { hits: [hit], warnings: [], exempted: [] }, clearings: [] };
    const cleared = { ...file, clearings: [{ key: 'a', reason: 'A flower', ...recorded }] };
    expect([openHits(file).length, openHits(cleared).length]).toEqual([1, 0]);
    expect(() => demandReleasable(file, brief(), document())).toThrow('identifies somebody');
    expect(() => demandReleasable(cleared, brief(), document())).not.toThrow();
    expect(() => demandReleasable(cleared, brief(), document({ mapped: 3 }))).toThrow('scan it again');
    expect(() => demandReleasable(cleared, brief({ mapped: 0 }), document({ mapped: 0 }))).toThrow(
      'must not be recognised',
    );
    expect(() => demandReleasable(cleared, brief({ state: 'released' }), document())).toThrow('already');
  });
});

describe('what is published of a review', () => {
  const proposed = {
    text: null,
    heldBack: null,
    reviewOn: null,
    learning: null,
    decider: 'x',
    decidedOn: '2026-01-01',
  };
  const fields = (more: object) =>
    publicationProblems({ ...proposed, decision: 'part', reasons: [], ...more }, '2026-01-02').map((p) => p.field);

  it('needs reasons, what is held back, a date to look again and what was learnt, unless it is whole', () => {
    expect(fields({ decision: 'full' })).toEqual([]);
    expect(fields({ decision: 'full', reasons: ['safety'] })).toEqual(['reasons']);
    expect(fields({})).toEqual(['reasons', 'text', 'reviewOn', 'heldBack', 'learning']);
    expect(fields({ decision: 'deferred', reasons: ['inquest'], text: 'x', reviewOn: '2026-01-02' })).toEqual([
      'reviewOn',
    ]);
    expect(fields({ decision: 'deferred', reasons: ['inquest'], text: 'x', reviewOn: '2026-01-03' })).toEqual([]);
    expect(fields({ decision: 'full', decidedOn: '2026-01-03' })).toEqual(['decidedOn']);
  });

  it('wishes of the family are weighed, and are no veto', () => {
    const said = { text: 'x', heldBack: 'x', learning: 'x', reviewOn: '2026-02-01' };
    expect(fields({ ...said, reasons: ['family-wishes'] })).toEqual(['reasons']);
    expect(fields({ ...said, reasons: ['family-wishes', 'safety'] })).toEqual([]);
  });

  it('waits for each point of the last letter, and for what the letter says', () => {
    const letter = { number: 1, round: 1, receivedOn: '2026-01-01', points: ['a', 'b'], ...recorded } as const;
    const answer = { letter: 1, done: true, response: '', location: '1', reason: null, on: '2026-01-02', ...recorded };
    const of = (verdict: 'resubmit' | 'publishAfterChanges', points: number[]) =>
      document({ letters: [{ ...letter, verdict }], qualityAnswers: points.map((point) => ({ ...answer, point })) });
    expect(qualityLacks(['publish'], document())).toEqual(['there is no letter']);
    expect(qualityLacks(['publishAfterChanges'], of('publishAfterChanges', [1]))).toEqual([
      'nothing is answered to point 2 of letter 1',
    ]);
    expect(qualityLacks(['publishAfterChanges'], of('publishAfterChanges', [2, 1]))).toEqual([]);
    expect(qualityLacks(['publishAfterChanges'], of('resubmit', [1, 2]))).toEqual(['letter 1 says otherwise']);
  });
});
