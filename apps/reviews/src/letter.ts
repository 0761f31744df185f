import type { LetterMatter } from '@concordat/contracts';
import type { LetterWords } from './appeal';

/** A letter as it is printed: the same on the page and in the file. */
export interface LetterPaper {
  readonly title: string;
  readonly reference: string;
  /** A civil day. */
  readonly on: string;
  readonly to: string;
  readonly parts: readonly { readonly heading: string; readonly text: string }[];
}

const TITLES: Readonly<Record<LetterMatter, string>> = {
  threshold: 'Whether there will be an ASB case review',
  outcome: 'Outcome of your ASB case review',
  appeal: 'Result of your appeal',
};

/**
 * letterPaper puts a letter together: what was decided and why, what happens next, how to disagree where the kind of review
 * has a way (`tell`), and whom to ask. Pure.
 */
export function letterPaper(
  { about, reference, on }: { readonly about: LetterMatter; readonly reference: string; readonly on: string },
  { to, decided, why, next, contact }: LetterWords,
  tell: string | undefined,
): LetterPaper {
  const disagree = about === 'appeal' ? undefined : tell;
  return {
    ...{ title: TITLES[about], reference, on, to },
    parts: [
      { heading: 'What was decided', text: decided },
      { heading: 'Why', text: why },
      ...(next ? [{ heading: 'What happens next', text: next }] : []),
      ...(disagree ? [{ heading: 'If you do not agree', text: disagree }] : []),
      { heading: 'Whom to ask', text: contact },
    ],
  };
}
