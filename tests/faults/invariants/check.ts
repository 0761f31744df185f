import type { Evidence } from '../evidence/evidence';
import { auditInvariants } from './audit';
import { commandInvariants } from './commands';
import type { Finding } from './finding';
import { deadlines, personalData, rest, tookHold } from './promptness';
import { streamInvariants } from './streams';
import { webhooks } from './webhooks';

/** check holds the evidence against every invariant of events.md §10, and three of the run itself. Pure. */
export function check(evidence: Evidence): Finding[] {
  const all = [
    ...commandInvariants(evidence),
    ...streamInvariants(evidence),
    ...auditInvariants(evidence),
    deadlines(evidence),
    personalData(evidence),
    rest(evidence),
    tookHold(evidence),
    webhooks(evidence),
  ];
  return all.sort((a, b) => rank(a.id) - rank(b.id));
}

/** Whether a run with these findings may be called green. */
export const isGreen = (findings: readonly Finding[]): boolean => findings.every((f) => f.verdict === 'held');

const rank = (id: string): number => (id.startsWith('I') ? 0 : 100) + Number(id.slice(1));
