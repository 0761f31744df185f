import type { Change } from './changes';
import {
  AddTriageNoteDto,
  AssignReferralDto,
  DecideReferralDto,
  GiveFeedbackDto,
  RateReferralDto,
  ReopenReferralDto,
  RequestInformationDto,
  ReturnInformationDto,
  WithdrawReferralDto,
} from './triage.dto';

/** Who may do what, as what it is audited, with which body: the pipeline of triage, readable as a table. */
export const CHANGES = {
  rate: { action: 'referral.rate', step: 'rate', side: 'triage', body: RateReferralDto },
  assign: { action: 'referral.assign', step: 'assign', side: 'triage', body: AssignReferralDto },
  note: { action: 'referral.note', step: 'note', side: 'triage', body: AddTriageNoteDto, adds: true },
  request: {
    action: 'referral.request-information',
    step: 'request-information',
    side: 'triage',
    body: RequestInformationDto,
  },
  answer: {
    action: 'referral.return-information',
    step: 'return-information',
    side: 'referrer',
    body: ReturnInformationDto,
  },
  decide: { action: 'referral.decide', step: 'decide', side: 'triage', body: DecideReferralDto },
  reopen: { action: 'referral.reopen', step: 'reopen', side: 'triage', body: ReopenReferralDto },
  feedback: {
    action: 'referral.give-feedback',
    step: 'give-feedback',
    side: 'triage',
    body: GiveFeedbackDto,
    adds: true,
  },
  withdraw: { action: 'referral.withdraw', step: 'withdraw', side: 'referrer', body: WithdrawReferralDto },
} as const satisfies Record<string, Change<object>>;
