import { loadPacks } from '@concordat/packs';
import { packFolder } from '@concordat/platform';
import { carriedOf as ofNotify } from './carriers/notify';
import { carriedOf as ofServer } from './carriers/smtp';
import { normalised, tried } from './contact-details';
import { wordsOf } from './letter';
import { afterAttempt, afterReceipt, goesAt, lostAfter, stageOf } from './notice';

const packs = loadPacks(packFolder('england-wales'));
const practice = packs.messages();
const goes = (rhythm: 'now' | 'daily' | 'weekly', now: string) =>
  goesAt(rhythm, new Date(now), practice, packs.calendar(practice.calendar)!).toISOString();

describe('a notice', () => {
  it.each([
    ['now', '2026-03-02T10:00:00Z', '2026-03-02T10:01:00.000Z'],
    ['daily', '2026-03-02T08:29:59Z', '2026-03-02T08:30:00.000Z'],
    ['daily', '2026-03-02T08:30:00Z', '2026-03-03T08:30:00.000Z'],
    ['daily', '2026-03-27T12:00:00Z', '2026-03-30T07:30:00.000Z'], // over a weekend, in which the clocks go forward
    ['weekly', '2026-03-02T08:31:00Z', '2026-03-09T08:30:00.000Z'],
    ['weekly', '2026-04-03T12:00:00Z', '2026-04-07T07:30:00.000Z'], // Easter Monday gives way to the day after
    ['weekly', '2026-04-06T12:00:00Z', '2026-04-07T07:30:00.000Z'],
  ] as const)('%s that is told at %s goes out at %s', (rhythm, now, at) => {
    expect(goes(rhythm, now)).toBe(at);
  });

  it('is told once that something is coming and once that it is late, each time that it begins anew', () => {
    const dueAt = new Date('2026-03-02T10:00:00Z');
    const at = (time: string, version = 1) => stageOf({ version, dueAt }, new Date(time));
    expect(at('2026-03-01T10:00:00Z')).toBe(at('2026-03-02T09:59:59Z'));
    expect(at('2026-03-02T10:00:00Z')).toBe(at('2026-03-09T10:00:00Z'));
    expect(new Set([at('2026-03-01T10:00:00Z'), at('2026-03-03T10:00:00Z'), at('2026-03-03T10:00:00Z', 2)]).size).toBe(
      3,
    );
  });

  it('says of an address that it is lost when it is refused, or after three in a row; of a letter nothing', () => {
    const all = ['recipient-refused', 'temporary', 'not-taken', 'technical', 'message-refused'] as const;
    expect(all.map(lostAfter)).toEqual([1, 3, 3, null, null]);
  });

  it('is tried for about a day, with waits that double, and never again once it was refused', () => {
    const later = { outcome: 'later' } as const;
    const waits = Array.from({ length: 13 }, (_, i) => afterAttempt(i + 1, later, 0.5)).map((a) =>
      a.state === 'sending' ? a.waitMs : NaN,
    );
    expect(waits.slice(0, 4)).toEqual([30_000, 60_000, 120_000, 240_000]);
    expect(waits.reduce((a, b) => a + b) / 3_600_000).toBeCloseTo(20, 0);
    expect(afterAttempt(14, later, 0)).toEqual({ state: 'failed', failure: 'not-taken' });
    const refused = { outcome: 'refused', which: 'recipient' } as const;
    expect(afterAttempt(1, refused, 0)).toEqual({ state: 'failed', failure: 'recipient-refused' });
    expect(afterAttempt(3, { outcome: 'taken' }, 0)).toEqual({ state: 'sent' });
    expect([afterReceipt('delivered'), afterReceipt('temporary-failure'), afterReceipt('sending')]).toEqual([
      { delivered: true },
      { failure: 'temporary' },
      undefined,
    ]);
  });

  it.each([
    [{ command: 'RCPT TO', responseCode: 550, response: '550 5.1.1 No such user' }, 'recipient'],
    [{ command: 'RCPT TO', responseCode: 554, response: '554 5.7.1 Relay access denied' }, 'message'],
    [{ command: 'DATA', responseCode: 552 }, 'message'],
    [{ command: 'RCPT TO', responseCode: 451 }, 'later'],
    [{ command: 'AUTH PLAIN', responseCode: 535 }, 'later'],
    [{ command: 'MAIL FROM', responseCode: 550 }, 'later'],
    [{}, 'later'],
  ])('that a server answers with %j is refused for good only where that can be of no other cause', (error, what) => {
    const carried = ofServer(error);
    expect(carried.outcome === 'refused' ? carried.which : carried.outcome).toBe(what);
  });

  it('is refused by Notify for good only where it says so of the address or the letter', () => {
    const answered = (status: number, error = '', message = '') =>
      ofNotify({ response: { status, data: { errors: [{ error, message }] } } });
    const refused = (which: string) => ({ outcome: 'refused', which });
    expect(answered(400, 'ValidationError', 'phone_number Not enough digits')).toEqual(refused('recipient'));
    expect(answered(400, 'ValidationError', 'personalisation is too long')).toEqual(refused('message'));
    for (const other of [answered(400, 'BadRequestError'), answered(403), answered(429), ofNotify({})])
      expect(other).toEqual({ outcome: 'later' });
  });

  it('says how much needs somebody, and where to go on', () => {
    const facts = { things: 3, late: 1, code: '', minutes: 30, publicUrl: 'https://concordat.example' };
    const { subject, text } = wordsOf(practice.templates, 'email', 'daily', facts);
    expect(subject).toBe('What needs you in Concordat');
    expect(text).toMatch(/^3 things need you in Concordat\. 1 of them is late\.\n/);
    expect(text).toContain('\nhttps://concordat.example/messages\n');
    expect(wordsOf(practice.templates, 'text', 'now', { ...facts, things: 1, late: 0 }).text).toBe(
      'Something needs you in Concordat. Sign in to see what it is: https://concordat.example/messages',
    );
  });
});

describe('where somebody is reached', () => {
  it.each([
    ['text', '07700 900123', '+447700900123'],
    ['text', '+44 (0)7700 900123', '+447700900123'],
    ['text', '0117 496 0123', null],
    ['text', '07700 90012', null],
    ['email', ' amina@northbank.example ', 'amina@northbank.example'],
    ['email', 'amina@northbank.example\r\nBcc: x@y.example', null],
    ['email', 'Amina <amina@northbank.example>', null],
    ['email', 'amina', null],
  ] as const)('by %s: %j is kept as %j', (channel, given, kept) => {
    expect(normalised(channel, given)).toBe(kept);
  });

  it('is theirs by the code that was sent, in time, and not after five others', () => {
    const now = new Date();
    const codeUntil = new Date(now.getTime() + 1);
    const details = { id: '', channel: 'email', confirmedAt: null, failedAt: null, codeUntil, tries: 4 } as const;
    expect([tried(details, true, now), tried(details, false, now)]).toEqual(['confirmed', 'wrong']);
    expect(tried({ ...details, tries: 5 }, true, now)).toBe('too-many');
    expect(tried(details, true, codeUntil)).toBe('expired');
  });
});
