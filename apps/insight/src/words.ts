import { inWords } from '@concordat/contracts';

/** Codes that need words of their own, by table. */
const WORDS: Readonly<Record<string, string>> = {
  'colour unrated': 'Not rated yet',
  'outcome open': 'Not decided yet',
  'outcome accepted': 'Accepted, a case opened',
  'clock in-time': 'Decided in time',
  'clock late': 'Decided late, or past the clock',
  'clock waiting': 'Waiting, in time so far',
  'clock no-clock': 'Decided, no clock',
  'clock withdrawn': 'Withdrawn',
  'wait 1-day': 'Less than 1 day',
  'wait 3-days': '1 day to less than 3',
  'wait 5-days': '3 days to less than 5',
  'wait 10-days': '5 days to less than 10',
  'wait longer': '10 days or longer',
  'wait waiting': 'Not decided yet',
  'again reopened': 'Opened again after a decision',
  'again not-reopened': 'Not opened again',
  'repeat first': 'First referral',
  'repeat repeat': 'Repeat',
  'lateness in-time': 'Done in time',
  'lateness late': 'Done late',
  'lateness overdue': 'Overdue now',
  'lateness open': 'Open, not due yet',
  'lateness ended': 'Ended without being done',
  'standing submitted': 'On the way to a meeting, or heard',
  'standing returned': 'Returned as incomplete',
  'standing not-accepted': 'Not accepted',
  'standing refused': 'Not accepted, after a challenge',
  'state recorded': 'Recorded, to somebody outside',
  'state expired': 'Not answered in time',
  'settled received': 'Waiting to be settled',
  'due review': 'Review comes near',
  'due review-overdue': 'Review overdue',
  'due expiry': 'Last day comes near',
  'kind conference': 'Of meetings',
  'kind review': 'Of reviews',
  'status IN_QA': 'Being checked',
};

/** What a code of a table is called; a state in capitals as words. */
export const wordsOf = (table: string, code: string): string =>
  WORDS[`${table} ${code}`] ?? inWords(code.toLowerCase().replaceAll('_', '-'));
