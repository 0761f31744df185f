import { assessBreach, notifyBreach, openBreach, type Assessment } from './breach';
import { confirmAuthority, mayNotConfirm, NO_EMERGENCY } from './emergency';
import type { Question } from './question';

const at = (time: string) => new Date(`2026-03-${time}:00Z`);
const kit = (time: string) => ({ id: 'kit', at: at(time) });
const opened = openBreach(
  {
    ...{ id: 'b', orgId: 'council', questionId: 'q', account: 'Sent to a school that had not asked.', openedBy: 'kit' },
    ...{ openedAt: at('02T09:30'), awareAt: at('02T09:00'), pack: 'england-wales@1' },
  },
  72,
);
const found: Assessment = {
  ...{ risk: 'likely', affected: 2, notify: true, tellPeople: false },
  ...{ reason: 'A new address was in it.', remedy: 'The school has deleted it.' },
};
const told = (time: string, delayReason: string | null = null) => ({
  ...{ notifiedAt: at(time), reference: 'IC-1', delayReason },
});

describe('a breach of personal data', () => {
  it('counts hours from when its agency was aware, and is over once nobody is to be told or they were', () => {
    expect([opened.state, opened.notifyBy]).toEqual(['open', at('05T09:00')]);
    expect(assessBreach(opened, { ...found, risk: 'unlikely', notify: false }, kit('03T09:00'))).toMatchObject({
      ...{ state: 'closed', version: 2, assessedBy: 'kit', notifiedAt: null },
    });
    const toNotify = assessBreach(opened, found, kit('03T09:00'));
    expect(toNotify.state).toBe('to-notify');
    expect(notifyBreach(toNotify, told('05T09:00'), kit('05T10:00'))).toMatchObject({ state: 'closed', version: 3 });
  });

  it.each(['likely', 'high'] as const)('cannot be kept from the Commissioner where harm is %s', (risk) => {
    expect(() => assessBreach(opened, { ...found, risk, notify: false }, kit('03T09:00'))).toThrow(
      expect.objectContaining({ code: 'breach.must-notify' }),
    );
  });

  it('says why the Commissioner was told late, and was told after it was known and before now', () => {
    const toNotify = assessBreach(opened, found, kit('03T09:00'));
    const late = (said: ReturnType<typeof told>) => () => notifyBreach(toNotify, said, kit('06T10:00'));
    expect(late(told('05T09:01'))).toThrow(expect.objectContaining({ code: 'breach.late' }));
    expect(late(told('05T09:01', 'Nobody was on duty.'))()).toMatchObject({ delayReason: 'Nobody was on duty.' });
    for (const time of ['02T08:59', '06T10:01'])
      expect(late(told(time))).toThrow(expect.objectContaining({ code: 'breach.not-then' }));
  });

  it('is assessed once, and told of once', () => {
    const toNotify = assessBreach(opened, found, kit('03T09:00'));
    const over = notifyBreach(toNotify, told('04T09:00'), kit('04T09:00'));
    for (const was of [toNotify, over])
      expect(() => assessBreach(was, found, kit('04T09:00'))).toThrow(
        expect.objectContaining({ code: 'breach.assessed' }),
      );
    for (const was of [opened, over])
      expect(() => notifyBreach(was, told('04T09:00'), kit('04T09:00'))).toThrow(
        expect.objectContaining({ code: 'breach.not-to-notify' }),
      );
  });
});

describe('who is said to have authorised an emergency', () => {
  const review = { ...NO_EMERGENCY, state: 'open', version: 1, askedOrg: 'council', authoriser: 'amina' } as Question;

  it('says so or not, once and before the review, and nobody says it in their place', () => {
    const denied = confirmAuthority(review, 'not-given', 'Nobody rang me.', at('02T09:00'));
    expect(denied).toMatchObject({
      state: 'open',
      version: 2,
      authorised: 'not-given',
      authorisedNote: 'Nobody rang me.',
    });
    expect(() => confirmAuthority(denied, 'given', null, at('02T10:00'))).toThrow(
      expect.objectContaining({ code: 'question.confirmed' }),
    );
    expect(() => confirmAuthority({ ...review, state: 'allowed' }, 'given', null, at('02T10:00'))).toThrow(
      expect.objectContaining({ code: 'question.answered' }),
    );
    const may = (id: string, orgId: string) => mayNotConfirm(review, { id, orgId });
    expect([may('amina', 'council'), may('kit', 'council'), may('amina', 'police')]).toEqual([
      ...[null, 'question.not-authoriser', 'question.not-authoriser'],
    ]);
  });
});
