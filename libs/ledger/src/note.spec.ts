import { generateKeyPairSync } from 'node:crypto';
import { cosignNote, formatVkey, logSigner, openNote, parseVkey, signNote, verifierKey, witnessSigner } from './index';

const VKEY = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
const NOTE = `This is an example message.

— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
`;
const newKey = () => generateKeyPairSync('ed25519').privateKey;
const foo = parseVkey(VKEY);

describe('the published signed note', () => {
  it('verifies', () => {
    expect(openNote(NOTE, [foo])).toEqual({ text: 'This is an example message.\n', verified: [{ key: foo }] });
    expect(openNote(Buffer.from(NOTE), [foo]).text).toBe('This is an example message.\n');
    expect(formatVkey(foo)).toBe(VKEY);
    expect(foo.id).toBe('530d903a');
  });

  it('fails when any one byte changes', () => {
    const bytes = Buffer.from(NOTE);
    for (let i = 0; i < bytes.length; i++) {
      for (const bit of [0, 1, 5, 7]) {
        const changed = Buffer.from(bytes);
        changed[i] = (changed[i] as number) ^ (1 << bit);
        expect(() => openNote(changed, [foo])).toThrow();
      }
    }
  });
});

describe('what is not a note', () => {
  const signature = NOTE.split('\n')[2] as string;
  it.each([
    ['no empty line', `text\n${signature}\n`],
    ['no signature', 'text\n\n'],
    ['no last line feed', NOTE.slice(0, -1)],
    ['a tab', `a\tb\n\n${signature}\n`],
    ['a carriage return', NOTE.replaceAll('\n', '\r\n')],
    ['a hyphen for the em dash', NOTE.replace('—', '-')],
    ['two spaces', NOTE.replace('— ', '—  ')],
    ['a plus in the name', NOTE.replace('example.com/foo', 'example.com+foo')],
    ['a no-break space in the name', NOTE.replace('example.com/foo', 'example\u00a0foo')],
    ['an empty name', NOTE.replace('example.com/foo', '')],
    ['loose base64', NOTE.replace('IneyaQM=', 'IneyaQN=')],
    ['unpadded base64', NOTE.replace('IneyaQM=', 'IneyaQM')],
    ['a signature of four bytes', NOTE.replace(/Uw2Q.*/, 'Uw2QOg==')],
    ['101 signatures', NOTE + `${signature}\n`.repeat(100)],
    ['a lone surrogate', `\ud800${NOTE}`],
    ['more than a mebibyte', 'x'.repeat(1 << 20) + NOTE],
  ])('%s', (_, note) => {
    expect(() => openNote(note, [foo])).toThrow(expect.objectContaining({ code: 'MALFORMED' }));
  });

  it('bad UTF-8', () => {
    const bytes = Buffer.concat([Buffer.from([0xff]), Buffer.from(NOTE)]);
    expect(() => openNote(bytes, [foo])).toThrow(expect.objectContaining({ code: 'MALFORMED' }));
  });
});

describe('signatures', () => {
  const bad = expect.objectContaining({ code: 'BAD_SIGNATURE' }) as Error;

  it('of unknown keys are ignored, even sharing a name or an id', async () => {
    const [a, stranger] = [logSigner('log.example', newKey()), logSigner('log.example', newKey())];
    const note = await signNote('text\n', [a, stranger]);
    expect(openNote(note, [a.key]).verified).toHaveLength(1);
    expect(openNote(note, [a.key, stranger.key]).verified).toHaveLength(2);
    expect(() => openNote(note, [foo])).toThrow(bad);
    expect(() => openNote(note, [])).toThrow(bad);
    const sameId = { ...a.key, name: 'other.example' };
    expect(() => openNote(note, [sameId])).toThrow(bad);
  });

  it('of which one known one fails, sink the note', async () => {
    const [a, b] = [logSigner('a.example', newKey()), logSigner('b.example', newKey())];
    const note = await signNote('text\n', [a, b]);
    const lines = note.split('\n');
    const other = (await signNote('other\n', [b])).split('\n')[2] as string;
    const forged = [...lines.slice(0, 3), other, ''].join('\n');
    expect(openNote(forged, [a.key]).verified).toHaveLength(1);
    expect(() => openNote(forged, [a.key, b.key])).toThrow(bad);
    expect(() => openNote(`${note}${other}\n`, [a.key, b.key])).toThrow(bad);
  });

  it('number at least sixteen, and a repeated one counts once', async () => {
    const signers = Array.from({ length: 16 }, (_, i) => logSigner(`s${i}.example`, newKey()));
    const note = await signNote('text\n', signers);
    expect(
      openNote(
        note,
        signers.map((s) => s.key),
      ).verified,
    ).toHaveLength(16);
    const line = note.split('\n')[2] as string;
    expect(openNote(`${note}${line}\n`, [(signers[0] as (typeof signers)[number]).key]).verified).toHaveLength(1);
  });

  it('cover a text with empty lines, split at the last one', async () => {
    const a = logSigner('a.example', newKey());
    const text = 'one\n\n— not a signature\n\ntwo\n';
    expect(openNote(await signNote(text, [a]), [a.key]).text).toBe(text);
    await expect(signNote('no line feed', [a])).rejects.toThrow('line feed');
    await expect(signNote('text\n', [])).rejects.toThrow('signer');
  });

  it('of witnesses say when', async () => {
    const log = logSigner('log.example', newKey());
    const witness = witnessSigner('witness.example', newKey(), () => 1_795_000_000n);
    const note = await signNote('log.example\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n', [log]);
    const cosigned = note + (await cosignNote(note, witness));
    const opened = openNote(cosigned, [log.key, witness.key]);
    expect(opened.verified).toEqual([{ key: log.key }, { key: witness.key, time: 1_795_000_000n }]);
    const zero = witnessSigner('witness.example', newKey(), () => 0n);
    const late = note + (await cosignNote(note, zero));
    expect(() => openNote(late, [log.key, zero.key])).toThrow(bad);
    expect(openNote(late, [log.key]).verified).toHaveLength(1);
  });
});

describe('verifier keys', () => {
  it.each([
    ['an id that does not recompute', VKEY.replace('530d903a', '530d903b')],
    ['upper-case hex', VKEY.replace('530d903a', '530D903A')],
    ['a name that was changed', VKEY.replace('foo', 'fop')],
    ['a space in the name', VKEY.replace('example.com/foo', 'example com')],
    ['no name', VKEY.replace('example.com/foo', '')],
    ['too few parts', 'example.com/foo+530d903a'],
    ['loose base64', VKEY.slice(0, -1) + 'l'],
    ['an empty key', 'example.com/foo+530d903a+'],
  ])('refuse %s', (_, vkey) => {
    expect(() => parseVkey(vkey)).toThrow(expect.objectContaining({ code: 'MALFORMED' }));
  });

  it('refuse an unknown type and a wrong length', () => {
    expect(() => verifierKey('a', 2, Buffer.alloc(32))).toThrow('type 2');
    expect(() => verifierKey('a', 1, Buffer.alloc(31))).toThrow('length');
    expect(() => logSigner('a', generateKeyPairSync('x25519').privateKey)).toThrow('Ed25519');
  });
});
