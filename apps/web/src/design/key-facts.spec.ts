import { contactAlerts, overdueAlerts, staffAlerts } from './key-facts';

const texts = (alerts: readonly { text: string }[]): string[] => alerts.map((a) => a.text);

describe('what must not be missed', () => {
  it('bars every channel that is not plainly safe', () => {
    const methods = [
      { channel: 'phone', safe: 'no' },
      { channel: 'text', safe: 'unknown' },
      { channel: 'letter' },
      { channel: 'email', safe: 'yes' },
    ];
    expect(texts(contactAlerts({ methods }))).toEqual([
      'Do not call: not safe',
      'Do not send texts: not known to be safe',
      'Do not write letters: not known to be safe',
    ]);
  });

  it('says so when there is no safe way, and when nothing is known', () => {
    expect(texts(contactAlerts({ methods: [{ channel: 'phone', safe: 'no' }] }))).toEqual([
      'No safe way to make contact is known',
      'Do not call: not safe',
    ]);
    expect(texts(contactAlerts(undefined))).toEqual(['No safe way to make contact is known']);
  });

  it('lets a channel stand that has one safe way, and tells of one number that is not', () => {
    const methods = [
      { channel: 'phone', safe: 'yes', messageAllowed: 'yes' },
      { channel: 'phone', safe: 'no' },
    ];
    expect(texts(contactAlerts({ methods }))).toEqual(['One telephone number is not safe: see below']);
  });

  it('says how a safe number is to be called', () => {
    const methods = [{ channel: 'phone', safe: 'yes', messageAllowed: 'no', withheldNumber: true }];
    expect(texts(contactAlerts({ methods }))).toEqual(['Do not leave messages', 'Withhold your number']);
    expect(texts(contactAlerts({ methods: [{ channel: 'phone', safe: 'yes' }] }))).toEqual(['Do not leave messages']);
  });

  it('warns of a risk to staff, known or not', () => {
    expect(texts(staffAlerts({ level: 'known', visitInPairs: true }))).toEqual(['Risk to staff: visit in pairs']);
    expect(texts(staffAlerts({ level: 'not-known' }))).toEqual(['Risk to staff: not known']);
    expect(staffAlerts({ level: 'none-known' })).toEqual([]);
  });

  it('says what is late', () => {
    const dueAt = new Date(Date.now() - 3 * 3_600_000).toISOString();
    expect(texts(overdueAlerts({ overdue: true, dueAt, dueFor: 'rate' }))).toEqual(['Rating 3 hours overdue']);
    expect(overdueAlerts({ overdue: false, dueAt, dueFor: 'decide' })).toEqual([]);
  });
});
