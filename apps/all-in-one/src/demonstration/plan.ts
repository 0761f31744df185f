import { nameId } from '@concordat/contracts';
import { DECISIONS, type DemoReferral } from './demo-files';

/** One request that brings a referral a step further. `path` is below `/api/referrals`. */
export interface Step {
  readonly by: string;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** Idempotency key: the same in every run, so that a step repeated after a crash takes effect once. */
  readonly key: string;
}

/**
 * planOf lists the requests that make a demonstration referral and take it as far as its `bring` says. Ids and keys come
 * from the file's key, so a plan that was cut short is simply played again. `idOf` gives a person's id by username. Pure.
 */
export function planOf({ key, by, bring, content }: DemoReferral, idOf: (username: string) => string): Step[] {
  const id = nameId(`demonstration/${key}`);
  if (bring.status === 'draft') return [{ by, path: '/drafts', body: { id, content }, key: `demonstration-${key}-0` }];
  const lead = bring.triagedBy ?? by;
  const steps: Omit<Step, 'key'>[] = [{ by, path: '', body: { id, content } }];
  const then = (who: string, what: string, body: Step['body']): void => {
    steps.push({ by: who, path: `/${id}/${what}`, body });
  };
  if (bring.colour) then(lead, 'ratings', { colour: bring.colour });
  if (bring.assignedTo) then(lead, 'assignment', { assignedTo: idOf(bring.assignedTo) });
  if (bring.note) then(lead, 'notes', { text: bring.note });
  if (bring.question) then(lead, 'information-requests', { question: bring.question, ...only(bring, ['reason']) });
  if (bring.answer) then(by, 'information-returns', { answer: bring.answer });
  if (isDecided(bring.status)) {
    const { to: destination, explanation: rationale, outcome: result, reason } = bring;
    then(lead, 'decisions', { outcome: DECISIONS[bring.status], ...given({ destination, reason, rationale, result }) });
  }
  return steps.map((step, n) => ({ ...step, key: `demonstration-${key}-${n}` }));
}

const isDecided = (status: string): status is keyof typeof DECISIONS => status in DECISIONS;

const only = <T extends object, K extends keyof T>(from: T, names: readonly K[]): Partial<T> =>
  given(Object.fromEntries(names.map((name) => [name, from[name]]))) as Partial<T>;

/** Without what is undefined: JSON would leave it out, and the plan should show what is sent. */
const given = (values: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
