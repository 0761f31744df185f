import { Invalid, type FieldProblem } from '@concordat/contracts';
import { asDraft, parseAgreement, SharingError, type Agreement, type LawTable, type Problem } from '@concordat/sharing';
import { Conflict, IllegalTransition, RuleBroken } from '@concordat/platform';

/**
 * The terms of a draft from untrusted JSON. Signatures, dates, events and status are not the writer's to give and are left
 * out. Throws Invalid with every problem, each at its place in the document.
 */
export function readTerms(document: unknown, law: LawTable): Agreement {
  const read = parseAgreement(document, law);
  if (read.ok) return asDraft(read.value);
  throw new Invalid(asFields('document', read.problems));
}

/** Problems of what was given as one field, each at its place in it. Pure. */
export const asFields = (field: string, problems: readonly Problem[]): FieldProblem[] =>
  problems.map(({ path, code, message }) => ({
    field: path ? `${field}.${path.replaceAll(/\[(\d+)\]/g, '.$1')}` : field,
    code,
    message: message.charAt(0).toUpperCase() + message.slice(1),
  }));

const CONFLICTS = new Set([
  'agreement.already-signed',
  'agreement.already-withdrawn',
  'agreement.content-mismatch',
  'agreement.event-out-of-order',
]);

/** Takes a step by the rules of agreements, and tells of a refusal as every other part of the platform does. */
export function stepping(state: string, step: () => Agreement): Agreement {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof SharingError)) throw error;
    const { code, message } = error;
    const words = message.charAt(0).toUpperCase() + message.slice(1);
    if (code === 'agreement.step-not-open')
      throw new IllegalTransition(code, 'This is not open where the agreement stands now', state);
    if (CONFLICTS.has(code)) throw new Conflict(code, words, { state });
    throw new RuleBroken(code, words);
  }
}
