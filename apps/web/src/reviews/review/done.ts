/** What is said after something was recorded, by what it was. */
export const RECORDED: Readonly<Record<string, string>> = {
  registered: 'The notification is registered',
  step: 'The step is taken',
  date: 'The date is recorded',
  allow: 'Both dates are kept, with your reason',
  notice: 'The notice is recorded',
  confirm: 'It is confirmed, in your name',
  decision: 'The decision is recorded',
  pause: 'The review is paused',
  resume: 'The review goes on',
  extend: 'The later date is agreed',
  recommendation: 'The recommendation is proposed',
  released: 'They may not see this review any more',
  member: 'They may see this review now',
};
