import { lockOf, SealedZip } from './sealed-zip';
import { openZip } from './sealed-zip.testing';

const AT = new Date('2026-11-28T10:20:30Z');

function archive(password: string, pieces: readonly string[]): Buffer {
  const zip = new SealedZip('cases.csv', lockOf(password), AT);
  return Buffer.concat([zip.begin(), ...pieces.map((p) => zip.write(p)), zip.end()]);
}

describe('an archive under a password', () => {
  it.each([[['']], [['a']], [['Reference\r\n', 'x'.repeat(15), 'y'.repeat(17), 'z'.repeat(1000), 'Ŵĵ']]])(
    'opens with it to what was written',
    (pieces) => {
      const bytes = archive('seven herons by a weir', pieces);
      expect(openZip(bytes, 'seven herons by a weir')).toEqual({ name: 'cases.csv', text: pieces.join('') });
      expect(() => openZip(bytes, 'another one entirely')).toThrow('wrong: the password');
      if (pieces.join('').length > 15) expect(bytes.toString('latin1')).not.toContain('Reference');
    },
  );

  it('is another one each time', () => {
    expect(archive('seven herons by a weir', ['a']).equals(archive('seven herons by a weir', ['a']))).toBe(false);
  });
});
