import type { FieldProblem } from '@concordat/platform';
import type { Submitted } from '../../design/submitted';
import type { Parsed } from '../acting';

/** Why a decided referral is taken up again: a coded reason, and words. */
export function parse(sent: Submitted): Parsed {
  const reason = sent.text('reason');
  const rationale = sent.text('rationale');
  const problems: FieldProblem[] = [];
  if (!reason) problems.push({ field: 'reason', code: 'required', message: 'Select why it is reopened' });
  if (!rationale) problems.push({ field: 'rationale', code: 'required', message: 'Enter what has changed' });
  return {
    body: { reason, rationale },
    problems,
    answers: rationale ? [{ key: 'What has changed', value: rationale }] : [],
  };
}
