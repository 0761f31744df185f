import type { Random } from '../random';

/** A stem that occurs in no word, id or code, and is too long for chance to make it in base64: all names and texts have it. */
export const STEM = 'Zqxorvan';
const FAMILIES = ['all', 'brook', 'combe', 'dale', 'erby', 'ford', 'gate', 'ham'].map((end) => `${STEM}${end}`);
/** Nobody was born then. In a UUID the group after these digits could not look like this. */
const BORN = /1899-0[1-9]-[0-2][0-9]/g;
/** Ofcom's range for fiction, with and without the space. */
const PHONES = /07700 ?900[0-9]{3}/g;

/** Personal data of nobody, which may be nowhere but where referrals and cases keep them (events.md I12). */
export class Canaries {
  readonly nhsNumbers: readonly string[];
  private readonly pattern: RegExp;

  constructor(random: Random) {
    this.nhsNumbers = Array.from({ length: 12 }, () => nhsNumber(random));
    this.pattern = new RegExp(`${STEM}|${BORN.source}|${PHONES.source}|${this.nhsNumbers.join('|')}`, 'g');
  }

  /** Somebody to be the subject of a referral. */
  person(random: Random): { family: string; born: string; nhsNumber: string; phone: string } {
    return {
      family: random.pick(FAMILIES),
      born: `1899-0${random.between(1, 9)}-${random.between(10, 28)}`,
      nhsNumber: random.pick(this.nhsNumbers),
      phone: `07700 900${random.between(100, 999)}`,
    };
  }

  /** What of it is in `text`, by kind and never by value: a report is a log too. */
  foundIn(text: string): string[] {
    return [...text.matchAll(this.pattern)].map(([found]) => kindOf(found));
  }
}

function kindOf(found: string): string {
  if (found.startsWith(STEM)) return 'a name or a text';
  if (found.startsWith('1899')) return 'a birth date';
  return found.startsWith('07700') ? 'a phone number' : 'an NHS number';
}

/** A number of the test range (999…), with its check digit (modulus 11). */
export function nhsNumber(random: Random): string {
  for (;;) {
    const nine = `999${String(random.between(0, 999_999)).padStart(6, '0')}`;
    const sum = [...nine].reduce((total, digit, i) => total + Number(digit) * (10 - i), 0);
    const check = (11 - (sum % 11)) % 11;
    if (check < 10) return `${nine}${check}`;
  }
}
