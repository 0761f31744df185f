import { kindOf } from './content-type';

/** A zip with empty files of these names, stored, with a central directory. */
function zip(names: readonly string[], first = ''): Buffer {
  const [locals, central]: [Buffer[], Buffer[]] = [[], []];
  let at = 0;
  for (const name of names) {
    const content = Buffer.from(name === 'mimetype' ? first : '');
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(name.length, 26);
    const whole = Buffer.concat([local, Buffer.from(name), content]);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(at, 42);
    central.push(Buffer.concat([entry, Buffer.from(name)]));
    locals.push(whole);
    at += whole.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(names.length, 10);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, ...central, end]);
}
const WORD = ['[Content_Types].xml', 'word/document.xml'];

describe('what a file is', () => {
  it.each([
    ['pdf', Buffer.from('%PDF-1.7\n')],
    ['png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0])],
    ['jpg', Buffer.from([0xff, 0xd8, 0xff, 0xe0])],
    ['docx', zip(WORD)],
    ['xlsx', zip(['[Content_Types].xml', 'xl/workbook.xml', 'xl/printerSettings/printerSettings1.bin'])],
    ['pptx', zip(['[Content_Types].xml', 'ppt/presentation.xml'])],
    ['odt', zip(['mimetype', 'content.xml'], 'application/vnd.oasis.opendocument.text')],
    ['txt', Buffer.from('She rang at noon.\r\n\tÉlodie was there.')],
  ])('is told by what is in it: %s', (ending, bytes) => {
    expect(kindOf(bytes)?.ending).toBe(ending);
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a program', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0])],
    ['a program of Windows', Buffer.from('MZ\u0000\u0001')],
    ['a page', Buffer.from(' <!DOCTYPE html><script>')],
    ['a drawing that may hold scripts', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg">')],
    ['a script', Buffer.from('#!/bin/sh\n')],
    ['a document with macros', zip([...WORD, 'word/vbaProject.bin'])],
    ['any other zip', zip(['a.txt'])],
    ['half a zip', zip(WORD).subarray(0, 60)],
    [
      'a zip that lies about its directory',
      Buffer.concat([zip(WORD).subarray(0, 40), Buffer.from('PK\u0005\u0006'), Buffer.alloc(18, 0xff)]),
    ],
    ['bytes that are no text', Buffer.from([0xc3, 0x28, 0x41])],
  ])('is not taken: %s', (_, bytes) => {
    expect(kindOf(bytes)).toBeNull();
  });
});
