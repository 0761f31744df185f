import { contactOutcomes, contactSafeties } from '@concordat/contracts';
import * as fc from 'fast-check';
import { cameTooLate, contactAfter, wrongAttempt, type ContactAttempt } from './advocate-contact';

const NOW = new Date('2026-06-10T09:00:00Z');
const attempt = (more: Partial<ContactAttempt> = {}): ContactAttempt => ({
  ...{ at: NOW, way: 'phone', safe: 'yes', messageAllowed: false, outcome: 'reached', words: 'She wants to move' },
  ...more,
});
const wrong = (more: Partial<ContactAttempt>) => wrongAttempt(attempt(more), NOW).map(({ field }) => field);

describe('contact before a meeting', () => {
  it('says what they want, or why nobody tried, and when', () => {
    expect(wrong({})).toEqual([]);
    expect(wrong({ words: ' ' })).toEqual(['words']);
    expect(wrong({ outcome: 'not-tried', safe: 'not-known', words: '' })).toEqual(['words']);
    expect(wrong({ outcome: 'no-answer', words: '' })).toEqual([]);
    expect(wrong({ at: new Date(NOW.getTime() + 1) })).toEqual(['on']);
  });

  it('leaves no message where none may be left', () => {
    expect(wrong({ outcome: 'message-left' })).toEqual(['messageAllowed']);
    expect(wrong({ outcome: 'message-left', messageAllowed: true })).toEqual([]);
  });

  it('is never made by a way that is not known to be safe', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...contactSafeties),
        fc.constantFrom(...contactOutcomes),
        fc.boolean(),
        (safe, outcome, messageAllowed) => {
          const refused = wrong({ safe, outcome, messageAllowed }).includes('outcome');
          expect(refused).toBe(safe !== 'yes' && outcome !== 'not-tried');
        },
      ),
    );
  });

  it('stays reached, and is too late once the day of the meeting is over', () => {
    expect(contactOutcomes.map((outcome) => contactAfter('reached', outcome))).toEqual(Array(4).fill('reached'));
    expect(contactAfter('asked', 'no-answer')).toBe('tried');
    expect(contactAfter('tried', 'reached')).toBe('reached');
    expect(cameTooLate('tried', '2026-06-10', '2026-06-10')).toBe(false);
    expect(cameTooLate('tried', '2026-06-09', '2026-06-10')).toBe(true);
    expect(cameTooLate('reached', '2026-06-09', '2026-06-10')).toBe(false);
    expect(cameTooLate('asked', null, '2026-06-10')).toBe(false);
  });
});
