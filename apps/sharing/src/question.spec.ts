import { NO_EMERGENCY } from './emergency';
import { answerQuestion, lastDay, mayNotAnswer, type Question } from './question';

const open: Question = {
  ...NO_EMERGENCY,
  ...{ id: 'q', version: 1, state: 'open', isa: 'a@1.0.0', reasons: ['CONSENT_REASON_MISSING'], decisionId: 'd1' },
  ...{ sender: 'council', askedBy: 'amina', askedOrg: 'council', askedAt: new Date(0) },
  ...{ answeredBy: null, answeredAt: null, ground: null, reason: null, answerId: null, holdsUntil: null },
};
const done = { by: 'kit', at: new Date(1), answerId: 'd2' };

describe('a question that the rules leave to a person', () => {
  it('is answered by governance of where it would come from, and by nobody about their own', () => {
    expect(mayNotAnswer(open, { id: 'kit', orgId: 'council' })).toBeNull();
    expect(mayNotAnswer(open, { id: 'ines', orgId: 'nhs' })).toBe('organisation.not-sender');
    expect(mayNotAnswer(open, { id: 'amina', orgId: 'council' })).toBe('question.own');
  });

  it('is answered once; a refusal stands on no ground', () => {
    const allowed = answerQuestion(
      open,
      { answer: 'allow', ground: 'other', reason: 'Her life.', holdsUntil: '2026-12-24' },
      done,
    );
    expect(allowed).toMatchObject({
      state: 'allowed',
      version: 2,
      ground: 'other',
      answerId: 'd2',
      answeredBy: 'kit',
      holdsUntil: '2026-12-24',
    });
    const refused = answerQuestion(
      open,
      { answer: 'refuse', ground: 'agreement', reason: 'Ask her.', holdsUntil: '2026-12-24' },
      done,
    );
    expect(refused).toMatchObject({ state: 'refused', ground: null });
    expect(() =>
      answerQuestion(allowed, { answer: 'refuse', ground: null, reason: 'No.', holdsUntil: '2026-12-24' }, done),
    ).toThrow(expect.objectContaining({ code: 'question.answered' }));
  });

  it('is answered until a day in London: the last that the pack allows, or an earlier one that is not past', () => {
    const now = new Date('2026-06-30T23:30:00Z'); // the first of July in London
    expect(lastDay(now, 90)).toBe('2026-09-29');
    expect(lastDay(now, 90, '2026-07-01')).toBe('2026-07-01');
    expect(lastDay(now, 90, '2026-09-29')).toBe('2026-09-29');
    expect(lastDay(now, 90, '2026-06-30')).toBeNull();
    expect(lastDay(now, 90, '2026-09-30')).toBeNull();
  });
});
