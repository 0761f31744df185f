import { loadPacks } from '@concordat/packs';
import { join } from 'node:path';
import type { Appeal, AppealDecision } from './appeal';
import { appealLacks, appealProblems, appealStanding, demandDecidable, letterAbout } from './appeal-rules';
import { keptUntil } from './application-keeping';
import { letterPaper } from './letter';
import { missingFor } from './lifecycle';
import { clocksOf } from './review-clocks';
import type { ReviewDocument, ReviewRecord } from './review';

const kind = loadPacks(join(__dirname, '../../../packs/england-wales')).reviewKind(
  'northbank-asb-case-review',
  '2026-06-01',
)!;
const said = (by: string, at = '2026-03-02T09:00:00.000Z') => ({ by, at });
const appeal = (more: Partial<Appeal> = {}): Appeal => ({
  ...{ id: 'a1', number: 1, round: 1, against: 'threshold', receivedOn: '2026-03-02', grounds: 'x', ...said('jo') },
  ...more,
});
const decided = (more: Partial<AppealDecision> = {}): AppealDecision => ({
  ...{ appeal: 'a1', result: 'upheld', decidedOn: '2026-03-10', role: 'x', independence: 'x', reasons: 'x' },
  ...said('amina'),
  ...more,
});
const review = (document: Partial<ReviewDocument>, state = 'APPEAL'): ReviewRecord =>
  ({
    ...{ id: 'r', version: 1, reference: 'SR-1', ownerOrg: 'o', state, recommendations: [] },
    kind: { code: kind.code, version: kind.version, digest: kind.digest },
    decisions: [{ number: 1, round: 1, outcome: 'NOT_MET', decidedOn: '2026-02-20', ...said('jo') }],
    document: {
      ...{ about: 'x', notifier: 'x', parties: [], round: 2, facts: [], notices: [], confirmations: [], pauses: [] },
      ...{ extensions: [], allowedDates: [], ...document },
    },
  }) as unknown as ReviewRecord;

describe('an appeal in an ASB case review (domain/statutory-reviews.md §4.3)', () => {
  it('is against something that was decided or told, and comes after it; one is open at a time', () => {
    const problems = (against: Appeal['against'], receivedOn: string) =>
      appealProblems(kind, review({}), { against, receivedOn }, '2026-03-05').map(({ code }) => code);
    expect(problems('threshold', '2026-02-20')).toEqual([]);
    expect(problems('threshold', '2026-02-19')).toEqual(['too-early']);
    expect(problems('threshold', '2026-03-06')).toEqual(['in-future']);
    expect(problems('outcome', '2026-03-02')).toEqual(['not-yet']);
    expect(() => appealProblems(kind, review({ appeals: [appeal()] }), appeal(), '2026-03-05')).toThrow('not decided');
    expect(() => appealProblems({}, review({}), appeal(), '2026-03-05')).toThrow('keep no appeals');
  });

  it('is decided by somebody who had no part in it, once it is taken up', () => {
    const open = review({ appeals: [appeal()] });
    expect(demandDecidable(open, 'amina').id).toBe('a1');
    expect(() => demandDecidable(open, 'jo')).toThrow('no part');
    expect(() => demandDecidable(review({ appeals: [appeal({ round: 2 })] }), 'amina')).toThrow('take the appeal up');
    expect(() => demandDecidable(review({ appeals: [appeal()], appealDecisions: [decided()] }), 'amina')).toThrow(
      'no appeal to decide',
    );
  });

  it('leads back to what it was against, and only when it is upheld and told', () => {
    const ways = (result: AppealDecision['result']) => {
      const of = review({ appeals: [appeal()], appealDecisions: [decided({ result })] });
      return kind.transitions
        .filter(({ from }) => from === 'APPEAL')
        .filter((way) => missingFor(kind, of, way, 'jo').every(({ code }) => code === 'appeal-told'))
        .map(({ to }) => to);
    };
    expect([ways('upheld'), ways('part'), ways('not-upheld')]).toEqual([
      ['RETURNS'],
      ['RETURNS', 'MONITORED', 'CLOSED'],
      ['MONITORED', 'CLOSED'],
    ]);
    const guard = { code: 'x', text: 'x', check: 'appeal-open' } as const;
    expect(appealLacks(guard, review({ appeals: [appeal()] }).document)).toBeNull();
    expect(appealLacks(guard, review({}).document)).toBe('');
  });

  it('has a clock of its own: what the first took does not count for the second', () => {
    const { document } = review({
      appeals: [appeal(), appeal({ id: 'a2', number: 2, receivedOn: '2026-05-05', at: '2026-05-05T09:00:00.000Z' })],
      appealDecisions: [decided()],
    });
    const [first, second] = appealStanding(kind, document, '2026-06-05');
    expect([first!.clock?.status, second!.clock?.status, second!.clock?.due?.latest]).toEqual([
      ...(['met', 'overdue', '2026-06-03'] as const),
    ]);
    expect(clocksOf(kind, document, '2026-06-05').find(({ code }) => code === 'ASB-appeal')).toMatchObject({
      status: 'overdue',
    });
  });
});

describe('letters to applicants, and how long applications are kept', () => {
  it('tell what there is to tell, and how to disagree but in the result of an appeal', () => {
    expect(() => letterAbout(review({}), 'outcome')).toThrow('nothing to tell');
    expect(() => letterAbout(review({ appeals: [appeal()] }), 'appeal')).toThrow('nothing to tell');
    letterAbout(review({ appeals: [appeal()], appealDecisions: [decided()] }), 'appeal');
    const words = { to: 'x', decided: 'x', why: 'x', next: null, contact: 'x' };
    const headings = (about: 'outcome' | 'appeal') =>
      letterPaper({ about, reference: 'SR-1', on: '2026-03-02' }, words, 'Ask us').parts.map(({ heading }) => heading);
    expect(headings('outcome')).toEqual(['What was decided', 'Why', 'If you do not agree', 'Whom to ask']);
    expect(headings('appeal')).toEqual(['What was decided', 'Why', 'Whom to ask']);
  });

  it('count from setting aside, or from the end of the review, which an appeal takes away', () => {
    const given = { receivedAt: '2026-01-05T10:00:00Z', settledAt: '2026-01-31T10:00:00Z', reviewId: null };
    const rule = { setAside: 'P1M', closed: 'P6Y' };
    expect(keptUntil({ ...given, closedAt: null }, rule)).toBe('2026-02-28');
    expect(keptUntil({ ...given, settledAt: null, closedAt: null }, rule)).toBe('2026-02-05');
    const closedAt = '2026-03-01T23:30:00Z';
    expect(keptUntil({ ...given, reviewId: 'r', closedAt }, rule)).toBe('2032-03-01');
    expect(keptUntil({ ...given, reviewId: 'r', closedAt: null }, rule)).toBeNull();
  });
});
