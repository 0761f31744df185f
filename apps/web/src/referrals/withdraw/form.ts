import { compact, type Submitted } from '../../design/submitted';

export function read(sent: Submitted) {
  const reason = sent.text('reason');
  if (!reason) sent.wrong('reason', 'required', 'Select why you take the referral back');
  return compact({ reason, rationale: sent.text('rationale') });
}
