import type { Letter } from '../letter';
import type { Carried } from '../notice';
import type { Carrier } from './carrier';

/** What would have been sent. */
export interface Shown extends Letter {
  readonly at: Date;
}

const KEPT = 200;

/** Where nothing leaves: keeps the last letters in memory, to be looked at. Never in production. */
export class Mailbox implements Carrier {
  readonly name = 'mailbox';
  private readonly letters: Shown[] = [];

  carry(letter: Letter): Promise<Carried> {
    const known = this.letters.findIndex(({ id }) => id === letter.id);
    if (known >= 0) this.letters.splice(known, 1);
    this.letters.unshift({ ...letter, at: new Date() });
    this.letters.length = Math.min(this.letters.length, KEPT);
    return Promise.resolve({ outcome: 'taken' });
  }

  /** The last first. */
  shown(): readonly Shown[] {
    return this.letters;
  }
}
