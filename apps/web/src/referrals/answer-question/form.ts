import type { Submitted } from '../../design/submitted';

export function read(sent: Submitted): { answer: string | undefined } {
  const answer = sent.text('answer');
  if (!answer) sent.wrong('answer', 'required', 'Enter your answer');
  return { answer };
}
