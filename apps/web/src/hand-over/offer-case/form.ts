import type { FieldProblem } from '@concordat/platform';
import type { Submitted } from '../../design/submitted';
import { keptText } from '../transfer-words';
import { lookedOver } from '../words';

export interface Parsed {
  readonly body: Readonly<Record<string, unknown>>;
  readonly problems: readonly FieldProblem[];
}

/** What was entered, with what is missing. Whether somebody may receive the case is for the records context to say. */
export function parse(sent: Submitted, outside: boolean): Parsed {
  const field = outside ? 'outsideBody' : 'recipient';
  const [to, reason, keep] = [sent.text(field), sent.text('reason'), sent.text('keep')];
  const needed: [string, unknown, string][] = [
    [field, to, outside ? 'Enter the name of the body' : 'Select who receives it'],
    ['reason', reason, 'Enter why the case passes on'],
    ['keep', outside || keep, 'Select what your agency keeps of it'],
  ];
  return {
    body: { [field]: to, reason, ...(outside ? {} : { keep }) },
    problems: needed.flatMap(([name, value, message]) => (value ? [] : [{ field: name, code: 'required', message }])),
  };
}

/** What is to be looked over before it is sent. */
export const checkOf = (sent: Submitted, to: string) =>
  lookedOver(sent, [
    ['To', to],
    ['Why', sent.text('reason')],
    ['What your agency keeps', keptText(sent.text('keep'))],
  ]);
