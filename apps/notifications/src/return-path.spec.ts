import { newId } from '@concordat/contracts';
import { randomBytes } from 'node:crypto';
import { LONGEST_MAILBOX, ReturnPaths } from './return-path';

describe('where word comes back of a letter', () => {
  const [key, older] = [randomBytes(32), randomBytes(32)];
  const paths = new ReturnPaths('bounces@concordat.example', [key]);
  const id = newId();

  it('is an address for each notice that says nothing but which, and is known again under an older key', () => {
    const address = paths.addressOf(id);
    expect(address).toMatch(/^bounces\+[0-9a-f]{52}@concordat\.example$/);
    expect(paths.noticeOf(address.toUpperCase())).toBe(id);
    const before = new ReturnPaths('bounces@concordat.example', [older]).addressOf(id);
    expect(paths.noticeOf(before)).toBeNull();
    expect(new ReturnPaths('bounces@concordat.example', [key, older]).noticeOf(before)).toBe(id);
    expect(LONGEST_MAILBOX).toBe(11); // as the settings are told
    const longest = new ReturnPaths(`${'b'.repeat(LONGEST_MAILBOX)}@concordat.example`, [key]).addressOf(id);
    expect(longest.indexOf('@')).toBe(64);
  });

  it('is made up by nobody', () => {
    const address = paths.addressOf(id);
    for (const other of [
      paths.addressOf(id).replace(/.@/, (end) => (end === '0@' ? '1@' : '0@')),
      address.replace(id.replaceAll('-', ''), newId().replaceAll('-', '')),
      address.replace('concordat.example', 'elsewhere.example'),
      address.replace('bounces', 'others'),
      ...['bounces@concordat.example', 'bounces+@concordat.example', '', '@'],
    ])
      expect(paths.noticeOf(other)).toBeNull();
  });
});
