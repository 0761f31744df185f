import fc from 'fast-check';
import { isRecipient, newBackupKey } from './age-keys';
import { sealBytes, unseal } from './age';

async function open(sealed: Buffer, identity: string, piece = 1_000): Promise<Buffer> {
  const stream = unseal(identity);
  const parts: Buffer[] = [];
  const done = (async () => {
    for await (const part of stream) parts.push(part as Buffer);
  })();
  for (let at = 0; at < sealed.length; at += piece) stream.write(sealed.subarray(at, at + piece));
  stream.end();
  await done;
  return Buffer.concat(parts);
}

describe('files of age', () => {
  const { recipient, identity } = newBackupKey();

  it('are opened when the program age made them', async () => {
    expect((await open(Buffer.from(BY_AGE, 'base64'), BY_AGE_KEY)).toString()).toBe('Sealed by age 1.1.1\n');
    expect(isRecipient(BY_AGE_RECIPIENT)).toBe(true);
  });

  it('give back what went in, whatever its length and the pieces that it comes in', async () => {
    const length = fc.oneof(fc.integer({ min: 0, max: 400 }), fc.constantFrom(65_535, 65_536, 65_537, 131_072));
    await fc.assert(
      fc.asyncProperty(length, fc.integer({ min: 500, max: 90_000 }), async (n, piece) => {
        const plain = Buffer.alloc(n, 'concordat');
        expect((await open(await sealBytes(recipient, plain), identity, piece)).equals(plain)).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  it('are refused when a bit was changed, the end is missing, or they are for somebody else', async () => {
    const sealed = await sealBytes(recipient, Buffer.alloc(70_000, 'x'));
    for (const at of [0, 30, 120, 180, 300, 65_900, sealed.length - 1]) {
      const changed = Buffer.from(sealed);
      changed[at]! ^= 1;
      await expect(open(changed, identity)).rejects.toThrow();
    }
    await expect(open(sealed.subarray(0, -1), identity)).rejects.toThrow();
    await expect(open(sealed.subarray(0, sealed.length - 4_481), identity)).rejects.toThrow(); // a whole chunk less
    await expect(open(sealed, newBackupKey().identity)).rejects.toThrow('sealed to another key');
    await expect(open(Buffer.alloc(0), identity)).rejects.toThrow('not a file of age');
  });

  it('know a recipient by its checksum', () => {
    expect(isRecipient(recipient)).toBe(true);
    expect(isRecipient(recipient.slice(0, -1) + (recipient.endsWith('q') ? 'p' : 'q'))).toBe(false);
    expect(isRecipient(identity)).toBe(false);
    expect(isRecipient('')).toBe(false);
  });
});

// Made for this test with age 1.1.1: `age-keygen`, then `echo Sealed by age 1.1.1 | age -r …`.
const BY_AGE_RECIPIENT = 'age1cwdd5yrvg8fz9md564jk49twjl7g53ddh9ru6egn7k4xhn20s33qcx4ytt';
const BY_AGE_KEY = 'AGE-SECRET-KEY-1F8VGWZD4FT8NSUG7Z4T8P97FNGP8GNZ9Q879AY2RU9ZPFTQDHHUQWSR0RU';
const BY_AGE =
  'YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSBQTjNHcWw5MDRCY3h2WUR6aVNXRURoaCtkY2FRcXN3d1lzRGNTV2JQTFFZCkw1akNIbEpUU04wbTBESExYeThBVURtbytaQkV1ZmdEQTFxbnp0b2lDNGcKLS0tIGdRaTdLVkpGbFJnbXJrV3I5bHVHM003aDdzbTMrQWpSMXY2SG53NzRJMWsKrEMJaDuEEWsJVvuyfnySn8zbrPyUDftbNa1mg8H/0SOSRVV6ro3Yyecw+DlGIWVnIbnm+Q==';
