import type { Submitted } from '../../design/submitted';
import type { Parsed } from '../acting';

/** What the referrer is asked, and a coded reason if there is one. */
export function parse(sent: Submitted): Parsed {
  const question = sent.text('question');
  const reason = sent.text('reason');
  return {
    body: { question, ...(reason ? { reason } : {}) },
    problems: question ? [] : [{ field: 'question', code: 'required', message: 'Enter what you need to know' }],
    answers: question ? [{ key: 'Question', value: question }] : [],
  };
}
