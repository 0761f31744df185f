import { addDays } from '@concordat/clocks';
import { copyLines, copyRegister } from './central-copies';
import type { PublicationRecord } from './publication';
import { publicationLine, publicationRegister, type ShownEdition } from './publication-register';
import type { ReviewDocument } from './review';

const TODAY = '2026-06-30';
const said = { by: 'jo', at: '2026-03-01T09:00:00.000Z' };
const document = (more: Partial<ReviewDocument> = {}): ReviewDocument => ({
  ...{ about: 'x', notifier: 'x', parties: [], round: 1, facts: [], notices: [], confirmations: [], pauses: [] },
  ...{ extensions: [], allowedDates: [], ...more },
});
const decided = (decision: PublicationRecord['decision'], more: Partial<PublicationRecord> = {}) => ({
  ...{ number: 1, decision, reasons: [], text: null, heldBack: null, reviewOn: null, learning: null },
  ...{ decider: 'x', decidedOn: '2026-06-01', ...said, ...more },
});
const fact = (code: string, date: string) => ({ code, date, party: null, approximate: false, reason: null, ...said });

describe('the register of central copies', () => {
  const kind = {
    copies: [
      { code: 'home-office', to: 'Home Office', force: 'unverified' as const },
      { code: 'commissioner', to: 'Commissioner', force: 'law' as const, from: 'report' },
    ],
  };
  const standings = (more: Partial<ReviewDocument>, today = TODAY) =>
    copyLines(kind, document(more), today).map(({ standing, since, days }) => [standing, since, days]);
  const copy = (code: string, more: object = {}) => ({
    code,
    sentOn: '2026-06-02',
    how: null,
    receipt: 'R',
    ...said,
    ...more,
  });

  it('owes a copy from the date that its kind names, else from the decision to publish or to withhold', () => {
    expect(standings({})).toEqual(Array(2).fill(['not-yet', null, null]));
    expect(standings({ facts: [fact('report', '2026-06')] })).toEqual([
      ['not-yet', null, null],
      // Known by its month: owed from the last day that it can have been.
      ['to-send', '2026-06-30', 0],
    ]);
    expect(standings({ publications: [decided('deferred')] })[0]).toEqual(['not-yet', null, null]);
    expect(standings({ publications: [decided('deferred'), decided('withheld')] })[0]).toEqual([
      'to-send',
      '2026-06-01',
      29,
    ]);
    expect(standings({ publications: [decided('full')] }, '2026-05-31')[0]).toEqual(['not-yet', '2026-06-01', null]);
  });

  it('is sent, unanswered from the day after it was to be acknowledged, and acknowledged', () => {
    const copies = [copy('home-office'), copy('commissioner', { acknowledgeBy: '2026-06-16' })];
    expect(standings({ copies }, '2026-06-16').map(([s]) => s)).toEqual(['sent', 'sent']);
    expect(standings({ copies }, '2026-06-17')[1]).toEqual(['unanswered', null, 1]);
    const copyReceipts = [{ copy: 2, on: '2026-06-20', reference: 'DAC-1', ...said }];
    expect(copyLines(kind, document({ copies, copyReceipts }), TODAY)[1]).toMatchObject({
      ...{ standing: 'acknowledged', acknowledgedOn: '2026-06-20', answer: 'DAC-1' },
    });
    // A copy that is sent anew has a receipt of its own to come.
    const again = [...copies, copy('commissioner', { sentOn: '2026-06-25' })];
    expect(copyLines(kind, document({ copies: again, copyReceipts }), TODAY)[1]).toMatchObject({
      ...{ standing: 'sent', copy: 3, sentOn: '2026-06-25' },
    });
  });

  it('shows what to do something about first, the oldest of it first, and each alone', () => {
    const line = (reference: string, more: Partial<ReviewDocument>) =>
      copyLines(kind, document(more), TODAY).map((l) => ({ reference, ...l }));
    const lines = [
      ...line('SR-1', {}),
      ...line('SR-2', { publications: [decided('full', { decidedOn: addDays(TODAY, -3) })] }),
      ...line('SR-3', { publications: [decided('part')], facts: [fact('report', '2026-06-20')] }),
      ...line('SR-4', { copies: [copy('home-office', { acknowledgeBy: '2026-06-29' })] }),
    ];
    const shown = (asked: Parameters<typeof copyRegister>[1]) =>
      copyRegister(lines, asked).map((l) => `${l.reference} ${l.code} ${l.standing}`);
    expect(shown({ only: 'open' })).toEqual([
      ...['SR-4 home-office unanswered', 'SR-3 home-office to-send', 'SR-3 commissioner to-send'],
      // What its kind counts from is not recorded: it is owed from the decision.
      ...['SR-2 commissioner to-send', 'SR-2 home-office to-send'],
    ]);
    expect(shown({ only: 'to-send', body: 'commissioner' })).toEqual([
      ...['SR-3 commissioner to-send', 'SR-2 commissioner to-send'],
    ]);
    expect(shown({})).toHaveLength(8);
    expect(shown({}).slice(-1)).toEqual(['SR-4 commissioner not-yet']);
  });
});

describe('the register of publications', () => {
  const kind = {
    guards: [{ code: 'decided', text: 'x', check: 'publication' as const, decisions: ['full' as const] }],
    transitions: [{ from: 'DECIDING', to: 'PUBLISHED', guards: ['decided'] }],
  };
  const edition: ShownEdition = { id: 'e', edition: 1, whole: false, publishedAt: said.at, files: [] };
  const line = (state: string, publications: PublicationRecord[], shown?: ShownEdition) =>
    publicationLine(kind, { state, document: document({ publications }) }, shown, TODAY);

  it('has every review that has come to the decision, and none that has not', () => {
    expect(line('DRAFTING', [])).toBeUndefined();
    expect(line('DECIDING', [])).toMatchObject({ decision: null, decisions: 0, toPublish: false, lookAgain: false });
    expect(line('PUBLISHED', [decided('full')])).toMatchObject({ decision: 'full', toPublish: true, shown: null });
    expect(line('PUBLISHED', [decided('part')], edition)).toMatchObject({ toPublish: false, shown: edition });
  });

  it('is looked at again from the day that was set, and only by the decision in force', () => {
    const deferred = decided('deferred', { reasons: ['inquest'], reviewOn: TODAY });
    expect(line('DECIDING', [deferred])).toMatchObject({ lookAgain: true, reasons: ['inquest'] });
    expect(line('DECIDING', [decided('withheld', { reviewOn: addDays(TODAY, 1) })])).toMatchObject({
      lookAgain: false,
    });
    expect(line('DECIDING', [deferred, decided('full')])).toMatchObject({ lookAgain: false, decisions: 2 });
  });

  it('shows what is looked at first, and each alone', () => {
    const lines = [
      { reference: 'SR-1', ...line('DECIDING', [])! },
      { reference: 'SR-2', ...line('DECIDING', [decided('withheld', { reviewOn: '2026-12-01' })])! },
      { reference: 'SR-3', ...line('DECIDING', [decided('deferred', { reviewOn: '2026-06-02' })])! },
      { reference: 'SR-4', ...line('PUBLISHED', [decided('part', { reviewOn: '2027-06-02' })], edition)! },
    ];
    const shown = (asked: Parameters<typeof publicationRegister>[1]) =>
      publicationRegister(lines, asked).map((l) => l.reference);
    expect(shown({})).toEqual(['SR-3', 'SR-2', 'SR-4', 'SR-1']);
    expect(shown({ only: 'look-again' })).toEqual(['SR-3']);
    expect(shown({ only: 'undecided' })).toEqual(['SR-1']);
    expect(shown({ only: 'shown', decision: 'part' })).toEqual(['SR-4']);
    expect(shown({ only: 'to-publish' })).toEqual([]);
  });
});
