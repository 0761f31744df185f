import type { Agreement } from '../agreement';
import type { LawTable } from '../law';
import { basisChecks } from './basis-checks';
import { dutyChecks } from './duty-checks';
import type { Finding } from './finding';
import { registerChecks } from './register-checks';

const checks = [...basisChecks, ...registerChecks, ...dutyChecks];

/**
 * checkAgreement runs the static checks S1 to S22 on one version: on every save, and again when the law table changes. S23,
 * that what is compiled decides as the JSON says, holds for all agreements or for none and is a property test.
 */
export function checkAgreement(agreement: Agreement, others: readonly Agreement[], law: LawTable): Finding[] {
  return checks.flatMap(({ number, why, mend, find }) =>
    Array.from(find({ agreement, others, law }), ([path, what, level]): Finding => ({
      check: number,
      level: level ?? 'BLOCK',
      path,
      what,
      why,
      mend,
    })),
  );
}
