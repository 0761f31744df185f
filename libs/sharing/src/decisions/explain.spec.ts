import { Generator } from '../../../../tests/bench/decisions/generator';
import { example, law } from '../worked.testing';
import { decide } from './decide';
import { explain, type Names } from './explain';
import { Declarations, Register } from './register';
import type { DecisionRequest } from './request';

const names: Names = {
  organisation: (orgId) => ({ LA1: 'Northbank Council', POL1: 'Northbank Police', VCS1: 'Haven' })[orgId],
  item: (code) => ({ NAME: 'name', HEALTH: 'health records', CONV: 'criminal records' })[code],
};
const standing = { register: Register.of([example], law), declarations: Declarations.of([]), auditDurable: true };
const request: DecisionRequest = {
  requestId: 'R-1',
  at: '2026-06-01T10:00:00Z',
  kind: 'DISCLOSE',
  agreementId: 'A1',
  sender: 'POL1',
  recipients: ['LA1', 'VCS1'],
  actor: { userId: 'U1', orgId: 'POL1', permissions: [] },
  purpose: 'MARAC',
  items: ['NAME', 'CONV'],
  conditions: {},
  subjects: [{ pid: 'P1', about: 'VICTIM', match: 'EXACT', deceased: false }],
  method: 'EMAIL',
  classification: 'OFFICIAL-SENSITIVE',
  setting: 'OUTSIDE',
  consent: { state: 'GIVEN' },
};
const told = (changes: Partial<DecisionRequest>) => {
  const asked = { ...request, ...changes };
  return explain(decide(asked, standing), asked, standing.register, names);
};

describe('explain', () => {
  it('says what is permitted, and under what', () => {
    expect(told({})).toEqual({
      summary:
        'Northbank Police may send name and criminal records to Northbank Council and Haven: agreement Northbank MARAC 1.2.0, flow F1.',
      reasons: [],
      obligations: [],
    });
  });

  it('says whom it refuses what, and what is missing in which agreement', () => {
    expect(told({ items: ['NAME', 'HEALTH'] }).summary).toBe(
      'Northbank Council and Haven may not receive health records for this purpose: agreement Northbank MARAC 1.2.0 has no such flow.',
    );
    expect(told({ at: '2027-04-01T00:00:00Z' }).summary).toBe('Agreement Northbank MARAC 1.2.0 ended on 2027-03-31.');
    expect(told({ method: 'FAX' }).summary).toBe('It may not be sent by FAX, only by EMAIL.');
  });

  it('says that somebody must look, and why', () => {
    const { summary, reasons } = told({ subjects: [{ ...request.subjects[0]!, match: 'POSSIBLE' }] });
    expect(summary).toBe('Somebody must look at this first. It is not certain that this is the right person.');
    expect(reasons).toEqual([
      { code: 'SUBJECT_AMBIGUOUS', rule: 'R19', words: 'It is not certain that this is the right person.' },
    ]);
  });

  it('has whole words for whatever is decided', () => {
    const generator = new Generator(7);
    const world = generator.world(10, law);
    const register = Register.of(world.agreements, law);
    for (let i = 0; i < 3_000; i++) {
      const asked = generator.request(world);
      const decision = decide(asked, {
        register,
        declarations: Declarations.of(world.declarations),
        auditDurable: true,
      });
      const { summary, reasons } = explain(decision, asked, register, names);
      for (const words of [summary, ...reasons.map((reason) => reason.words)]) {
        expect(words).toMatch(/^[A-Z].*\.$/s);
        expect(words).not.toMatch(/undefined|null|\bnobody\b|\[object/);
      }
      expect(reasons.length > 0).toBe(decision.outcome !== 'PERMIT' || decision.mode === 'BREAK_GLASS');
    }
  });
});
