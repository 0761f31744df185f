import type { Practice } from '../../../apis/practice';
import type { ReferralContent } from '../../../apis/referral-content';
import { compact, type Submitted } from '../../../design/submitted';

/** The one question of the first page; what follows depends on it. */
export function read(sent: Submitted): ReferralContent {
  const pathway = sent.text('pathway');
  if (!pathway) sent.wrong('pathway', 'required', 'Select what the referral is about');
  return compact({ pathway });
}

export const pathwayChoices = ({ pathways }: Practice) =>
  pathways.map(({ code, title, description }) => ({ value: code, text: title, hint: description }));
