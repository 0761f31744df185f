import { newEventId, newId } from '@concordat/contracts';
import type { ProcessInfo, Settings } from '@concordat/platform';
import { randomBytes } from 'node:crypto';
import { Details } from './details';

const details = new Details(
  {} as Settings,
  { secret: () => randomBytes(32).toString('base64url') } as unknown as ProcessInfo,
);

describe('a detail', () => {
  const [owner, event] = [newId(), newEventId()];
  const { key, wrapped } = details.newKey(owner);
  const opening = { k: randomBytes(32), detail: Buffer.from('{"terms":"Ada Example"}') };
  const sealed = details.seal(key, event, opening);

  it('comes back under its key', () => {
    expect(details.open(details.unwrap(owner, wrapped), event, sealed)).toEqual(opening);
    expect(sealed.toString('latin1')).not.toContain('Ada');
  });

  it('is of one record and one owner, and no byte of it can change', () => {
    expect(() => details.open(key, newEventId(), sealed)).toThrow();
    expect(() => details.unwrap(newId(), wrapped)).toThrow();
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed);
      changed[at]! ^= 1;
      expect(() => details.open(key, event, changed)).toThrow();
    }
  });

  it('cannot be read with the key of another installation', () => {
    const other = new Details({ LEDGER_WRAP_KEY: randomBytes(32).toString('base64') } as Settings, {} as ProcessInfo);
    expect(() => other.unwrap(owner, wrapped)).toThrow();
  });
});
