import { HandMade } from '../invariants/sound.testing';
import { History, told } from './history';

describe('told', () => {
  const outcomeOf = (...outcomes: ('ok' | 'fail' | 'unknown')[]) => {
    const made = new HandMade();
    outcomes.forEach((outcome, i) => made.attempt('note', 'k', i * 10, { outcome }));
    return told(made.lines)[0];
  };

  it('is ok once any attempt was, whatever came before or after', () => {
    expect(outcomeOf('unknown', 'ok')).toMatchObject({ outcome: 'ok', attempts: 2, firstSentAt: 0, repliedAt: 15 });
    expect(outcomeOf('ok', 'unknown')).toMatchObject({ outcome: 'ok', repliedAt: 5 });
  });

  it('is a refusal when the last word was one, and unknown otherwise', () => {
    expect(outcomeOf('unknown', 'fail')?.outcome).toBe('fail');
    expect(outcomeOf('fail', 'unknown')?.outcome).toBe('unknown');
    expect(outcomeOf('unknown')?.outcome).toBe('unknown');
  });

  it('holds an attempt without an end for unknown', () => {
    const history = new History(null);
    history.sent({ client: 1, kind: 'rate', key: 'k', actor: 'amina', subject: 'r1' });
    expect(told(history.lines)).toMatchObject([{ outcome: 'unknown', reply: null }]);
  });
});
