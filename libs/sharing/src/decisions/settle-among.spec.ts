import fc from 'fast-check';
import type { Answer } from './answered';
import { bestOf, type Found } from './decide-among';
import type { Decision } from './decision';
import { settleAmong, type GivenAnswer } from './settle-among';

const found = (isa: string, outcome: Decision['outcome'], ...reasons: string[]): Found => ({
  request: { agreementId: isa.split('@')[0] } as Found['request'],
  decision: { isa, outcome, reasons } as unknown as Decision,
});
const said = (isa: string, answer: Answer, at: number, ...reasons: string[]): GivenAnswer => ({
  ...{ id: `${isa} ${at} ${answer}`, isa, answer, reasons, answeredAt: new Date(at) },
});
const [UNSURE, NO_REASON] = ['SUBJECT_AMBIGUOUS', 'CONSENT_REASON_MISSING'];
const told = (all: readonly Found[], given: readonly GivenAnswer[]) => {
  const { decision, by } = settleAmong(all, given);
  return [decision.isa, decision.outcome, by?.id ?? null];
};

describe('several agreements that leave the same to a person', () => {
  const both = [found('A@1.0.0', 'REVIEW', UNSURE), found('B@1.0.0', 'REVIEW', UNSURE)];

  it('are asked about once: an answer under one of them decides before the other is asked about', () => {
    expect(told(both, [])).toEqual(['A@1.0.0', 'REVIEW', null]);
    const [allowed, refused] = [said('B@1.0.0', 'allow', 1, UNSURE), said('B@1.0.0', 'refuse', 1, UNSURE)];
    expect(told(both, [allowed])).toEqual(['B@1.0.0', 'PERMIT', allowed.id]);
    expect(told(both, [refused])).toEqual(['B@1.0.0', 'DENY', refused.id]);
  });

  it('are decided by what was said last, and by a refusal where both were said at once', () => {
    const [earlier, later] = [said('A@1.0.0', 'allow', 1, UNSURE), said('B@1.0.0', 'refuse', 2, UNSURE)];
    expect(told(both, [earlier, later])).toEqual(['B@1.0.0', 'DENY', later.id]);
    const at = [said('A@1.0.0', 'allow', 2, UNSURE), later];
    expect(told(both, at)).toEqual(['B@1.0.0', 'DENY', later.id]);
  });

  it('need an answer for the same version and the same reasons', () => {
    const others = [
      said('B@1.1.0', 'allow', 1, UNSURE),
      said('B@1.0.0', 'allow', 1, UNSURE, NO_REASON),
      said('C@1.0.0', 'allow', 1, UNSURE),
    ];
    expect(told(both, others)).toEqual(['A@1.0.0', 'REVIEW', null]);
  });

  it('are not asked about where another permits it, whatever was answered; and an answer never mends what is refused', () => {
    const refused = said('A@1.0.0', 'refuse', 1, UNSURE);
    expect(told([...both, found('C@1.0.0', 'PERMIT')], [refused])).toEqual(['C@1.0.0', 'PERMIT', null]);
    const denied = [found('A@1.0.0', 'DENY', UNSURE)];
    expect(told(denied, [said('A@1.0.0', 'allow', 1, UNSURE)])).toEqual(['A@1.0.0', 'DENY', null]);
  });

  it('come to the same in whatever order agreements and answers are looked at, and to nothing that was not found', () => {
    const ids = fc.constantFrom('A@1.0.0', 'B@1.0.0', 'C@1.0.0', 'D@1.0.0');
    const reasons = fc.constantFrom([UNSURE], [NO_REASON], [UNSURE, NO_REASON]);
    const finding = fc
      .tuple(ids, fc.constantFrom('PERMIT', 'REVIEW', 'DENY') as fc.Arbitrary<Decision['outcome']>, reasons)
      .map(([isa, outcome, why]) => found(isa, outcome, ...(outcome === 'PERMIT' ? [] : why)));
    const findings = fc.uniqueArray(finding, { minLength: 1, maxLength: 4, selector: (f) => f.decision.isa });
    const answer = fc
      .tuple(ids, fc.constantFrom<Answer>('allow', 'refuse'), fc.integer({ min: 1, max: 3 }), reasons)
      .map(([isa, what, at, why]) => said(isa, what, at, ...why));
    fc.assert(
      fc.property(
        findings,
        fc.uniqueArray(answer, { maxLength: 6, selector: (a) => `${a.id} ${a.reasons.join()}` }),
        (all, given) => {
          const sorted = [...all].sort((a, b) => (a.decision.isa! < b.decision.isa! ? -1 : 1));
          const { decision, by } = settleAmong(sorted, given);
          expect(told(sorted, [...given].reverse())).toEqual([decision.isa, decision.outcome, by?.id ?? null]);
          const outcomes = all.map((f) => f.decision.outcome);
          const fits = (a: GivenAnswer): boolean =>
            all.some(
              (f) =>
                f.decision.outcome === 'REVIEW' &&
                f.decision.isa === a.isa &&
                f.decision.reasons.join() === a.reasons.join(),
            );
          const fitting = given.filter(fits);
          if (outcomes.includes('PERMIT') || !outcomes.includes('REVIEW') || fitting.length === 0) {
            expect([decision, by]).toEqual([bestOf(sorted).decision, null]);
            return;
          }
          const newest = Math.max(...fitting.map((a) => a.answeredAt.getTime()));
          const last = fitting.filter((a) => a.answeredAt.getTime() === newest);
          expect(last).toContainEqual(by);
          const refused = last.some((a) => a.answer === 'refuse');
          expect(decision.outcome).toBe(refused ? 'DENY' : 'PERMIT');
          const was = all.find((f) => f.decision.isa === decision.isa)!.decision;
          expect([was.outcome, { ...decision, outcome: 'REVIEW' }]).toEqual(['REVIEW', was]);
        },
      ),
      { numRuns: 500 },
    );
  });
});
