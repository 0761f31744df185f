import type { Letter } from '../letter';
import type { Carried } from '../notice';

/**
 * What takes letters out of here: a mail server, GOV.UK Notify, or, where nothing is to leave, a mailbox to look into. Here a seam
 * has three living implementations (decision 44).
 */
export interface Carrier {
  readonly name: 'smtp' | 'notify' | 'mailbox';
  /**
   * carry hands over one letter and never rejects. It MAY be called again with the same id, and then MUST NOT give the letter
   * another. It MUST NOT write to a log where a letter goes or what a server answered: that may repeat the address.
   */
  carry(letter: Letter): Promise<Carried>;
}

/** For longer than this nobody is waited for. */
export const PATIENCE_MS = 20_000;
