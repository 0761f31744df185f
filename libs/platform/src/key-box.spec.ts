import { KeyBox } from './key-box';

describe('a box of private keys', () => {
  const root = Buffer.alloc(32, 7);
  const box = new KeyBox(root, 'tokens');
  const sealed = box.seal('key-1', Buffer.from('private'));

  it('gives back what was put in', () => {
    expect(box.open('key-1', sealed).toString()).toBe('private');
    expect(sealed.includes(Buffer.from('private'))).toBe(false);
  });

  it('opens nothing for another row, purpose or secret, nor after a byte has changed', () => {
    const changed = Buffer.from(sealed);
    changed[30]! ^= 1;
    expect(() => box.open('key-2', sealed)).toThrow();
    expect([box.opened('key-1', sealed)?.toString(), box.opened('key-2', sealed)]).toEqual(['private', null]);
    expect(() => box.open('key-1', changed)).toThrow();
    expect(() => new KeyBox(root, 'webhooks').open('key-1', sealed)).toThrow();
    expect(() => new KeyBox(Buffer.alloc(32, 8), 'tokens').open('key-1', sealed)).toThrow();
  });

  it('opens what an older key sealed, seals under the one of today, and moves each but once', () => {
    const [old, today] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
    const before = new KeyBox(old, 'tokens').seal('key-1', Buffer.from('private'));
    const both = new KeyBox([today, old], 'tokens');
    expect(both.open('key-1', before).toString()).toBe('private');
    const moved = both.moved('key-1', before)!;
    expect(new KeyBox(today, 'tokens').open('key-1', moved).toString()).toBe('private');
    expect(both.moved('key-1', moved)).toBeNull();
    expect(() => new KeyBox(today, 'tokens').moved('key-1', before)).toThrow();
    expect(() => both.moved('key-2', before)).toThrow();
  });
});
