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
});
