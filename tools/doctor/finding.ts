/** What one look at an installation came to. */
export interface Finding {
  /** What was looked at: a few words. */
  readonly about: string;
  readonly state: 'well' | 'wrong' | 'not-checked';
  /** What was found, without anything about people and without a password. */
  readonly says: string;
  /** How it is put right. */
  readonly mend?: string;
}

export const well = (about: string, says: string): Finding => ({ about, state: 'well', says });
export const wrong = (about: string, says: string, mend: string): Finding => ({ about, state: 'wrong', says, mend });
export const notChecked = (about: string, says: string): Finding => ({ about, state: 'not-checked', says });

/** One finding that all is well, or those that say what is not. */
export const orWell = (about: string, says: string, found: readonly Finding[]): readonly Finding[] =>
  found.length > 0 ? found : [well(about, says)];
