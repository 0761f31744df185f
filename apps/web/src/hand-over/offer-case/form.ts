import type { FieldProblem } from '@concordat/platform';
import type { Submitted } from '../../design/submitted';
import { keptText } from '../transfer-words';
import type { HandOverPractice } from '../../apis/hand-over';
import { missing, sharingIn, sharingRows } from '../sharing';
import { lookedOver } from '../words';

export interface Parsed {
  readonly body: Readonly<Record<string, unknown>>;
  readonly problems: readonly FieldProblem[];
}

/** What was entered, with what is missing. Whether somebody may receive the case is for the records context to say. */
export function parse(sent: Submitted, outside: boolean): Parsed {
  const field = outside ? 'outsideBody' : 'recipient';
  const [to, reason, keep] = [sent.text(field), sent.text('reason'), sent.text('keep')];
  const { body, problems } = sharingIn(sent);
  const needed: Parameters<typeof missing>[0] = [
    [field, to, outside ? 'Enter the name of the body' : 'Select who receives it'],
    ['reason', reason, 'Enter why the case passes on'],
    ['keep', outside || keep, 'Select what your agency keeps of it'],
  ];
  return {
    body: { [field]: to, reason, ...(outside ? {} : { keep, ...body }) },
    problems: [...missing(needed), ...(outside ? [] : problems)],
  };
}

/** What is to be looked over before it is sent. */
export const checkOf = (sent: Submitted, to: string, practice: HandOverPractice) =>
  lookedOver(sent, [
    ['To', to],
    ['Why', sent.text('reason')],
    ['What your agency keeps', keptText(sent.text('keep'))],
    ...sharingRows(sent, practice),
  ]);
