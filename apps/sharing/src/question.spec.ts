import { answerQuestion, mayNotAnswer, type Question } from './question';

const open: Question = {
  ...{ id: 'q', version: 1, state: 'open', isa: 'a@1.0.0', reasons: ['CONSENT_REASON_MISSING'], decisionId: 'd1' },
  ...{ sender: 'council', askedBy: 'amina', askedOrg: 'council', askedAt: new Date(0) },
  ...{ answeredBy: null, answeredAt: null, ground: null, reason: null, answerId: null },
};
const done = { by: 'kit', at: new Date(1), answerId: 'd2' };

describe('a question that the rules leave to a person', () => {
  it('is answered by governance of where it would come from, and by nobody about their own', () => {
    expect(mayNotAnswer(open, { id: 'kit', orgId: 'council' })).toBeNull();
    expect(mayNotAnswer(open, { id: 'ines', orgId: 'nhs' })).toBe('organisation.not-sender');
    expect(mayNotAnswer(open, { id: 'amina', orgId: 'council' })).toBe('question.own');
  });

  it('is answered once; a refusal stands on no ground', () => {
    const allowed = answerQuestion(open, { answer: 'allow', ground: 'other', reason: 'Her life.' }, done);
    expect(allowed).toMatchObject({ state: 'allowed', version: 2, ground: 'other', answerId: 'd2', answeredBy: 'kit' });
    const refused = answerQuestion(open, { answer: 'refuse', ground: 'agreement', reason: 'Ask her.' }, done);
    expect(refused).toMatchObject({ state: 'refused', ground: null });
    expect(() => answerQuestion(allowed, { answer: 'refuse', ground: null, reason: 'No.' }, done)).toThrow(
      expect.objectContaining({ code: 'question.answered' }),
    );
  });
});
