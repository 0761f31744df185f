import type { Submitted } from '../../design/submitted';
import type { Parsed } from '../acting';

/** One text that must say something. */
export function parse(sent: Submitted): Parsed {
  const text = sent.text('text');
  return {
    body: { text },
    problems: text ? [] : [{ field: 'text', code: 'required', message: 'Enter the note' }],
    answers: text ? [{ key: 'Note', value: text }] : [],
  };
}
