import { SignInAgain } from '@concordat/contracts';
import { demandFresh } from './fresh';

const NOW = new Date('2026-11-29T12:00:00Z');
const at = (time: string): number => Date.parse(`2026-11-29T${time}Z`);

describe('who signed in within five minutes', () => {
  it.each([
    ['just now', at('12:00:00')],
    ['five minutes ago, to the millisecond', at('11:55:00')],
    ['a minute ahead, by a clock that is', at('12:01:00')],
  ])('may sign: %s', (_, signedInAt) => expect(() => demandFresh(signedInAt, NOW, 5)).not.toThrow());

  it.each([
    ['a millisecond more', at('11:55:00') - 1],
    ['far ahead', at('12:01:00') + 1],
    ['never told', null],
    ['never asked', undefined],
    ['no number', NaN],
  ])('is sent to sign in again: %s', (_, signedInAt) =>
    expect(() => demandFresh(signedInAt, NOW, 5)).toThrow(SignInAgain),
  );
});
