import { Generator } from '../../../../tests/bench/decisions/generator';
import { naiveDecide } from '../../../../tests/bench/decisions/naive-decide';
import { startOfDay, endOfDay } from '@concordat/clocks';
import { contentHashOf } from '../content-hash';
import { decide } from '../decisions/decide';
import { Declarations, Register } from '../decisions/register';
import type { DecisionRequest } from '../decisions/request';
import { example, law } from '../worked.testing';

/** S23: what is compiled decides as the JSON says, for every sender, recipient, purpose, item and boundary day. */
describe('S23', () => {
  const random = new Generator(23).world(3, law).agreements;
  it.each([example, ...random].map((one) => [`${one.id}@${one.version} ${one.title}`, one] as const))(
    '%s',
    (_, one) => {
      const world = { agreements: [one], declarations: [], law };
      const standing = { register: Register.of([one], law), declarations: Declarations.of([]), auditDurable: true };
      const days = [one.effectiveFrom, one.reviewBy, one.expiresOn];
      const moments = days.flatMap((day) => [
        startOfDay(day).getTime() - 1,
        startOfDay(day).getTime(),
        endOfDay(day).getTime(),
        endOfDay(day).getTime() + 1,
      ]);
      const outcomes = new Set<string>();
      for (const { orgId: sender } of one.parties)
        for (const { orgId: recipient } of one.parties)
          for (const { code: purpose } of one.purposes)
            for (const { code: item } of one.dataItems)
              for (const moment of moments) {
                const request: DecisionRequest = {
                  requestId: 'R',
                  at: new Date(moment).toISOString(),
                  kind: 'DISCLOSE',
                  agreementId: one.id,
                  sender,
                  recipients: [recipient],
                  actor: { userId: 'U', orgId: sender, permissions: [] },
                  purpose,
                  items: [item],
                  conditions: { RISK_RELATED: true },
                  subjects: [{ pid: 'P', about: 'VICTIM', match: 'EXACT', deceased: false }],
                  method: 'EMAIL',
                  classification: 'OFFICIAL',
                  setting: 'OUTSIDE',
                  consent: { state: 'GIVEN' },
                };
                const { outcome, reasons, flowId, lineIds } = decide(request, standing);
                const expected = naiveDecide(request, world, contentHashOf);
                const same =
                  outcome === expected.outcome &&
                  reasons.join() === expected.reasons.join() &&
                  flowId === expected.flowId &&
                  lineIds.join() === expected.lineIds.join();
                if (!same) expect({ request, outcome, reasons, flowId, lineIds }).toEqual(expected);
                outcomes.add(outcome);
              }
      expect(outcomes.has('DENY')).toBe(true);
      if (one === example) expect(outcomes.has('PERMIT')).toBe(true);
    },
    120_000,
  );
});
