import type { Extracted, Passage } from '../../release-scan';
import { readHtml } from './read-html';
import { readOffice } from './read-office';
import { readPdf } from './read-pdf';
import { DEEPEST, NotReadable, only, together, type Reading, type ReadInside } from './reading';

/** Kinds of files that can be looked through. */
export const releaseTypes = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  html: 'text/html; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
} as const;
export type ReleaseEnding = keyof typeof releaseTypes;

/**
 * readFile is everything that a file says: what is shown, what is hidden, its properties and what lies in it.
 * @throws NotReadable if it cannot be read at all
 */
export async function readFile(bytes: Uint8Array, ending: ReleaseEnding, name: string): Promise<Extracted> {
  const inside = await readBytes(bytes, ending, { depth: 0 });
  return together([only([{ part: 'file-name', where: 'the name of the file', text: name }]), inside]);
}

export function readBytes(bytes: Uint8Array, ending: ReleaseEnding, reading: Reading): Promise<Extracted> {
  switch (ending) {
    case 'pdf':
      return readPdf(bytes, reading, readInside);
    case 'docx':
      return readOffice(bytes, reading, readInside);
    case 'html':
      return Promise.resolve(readHtml(utf8(bytes)));
    case 'txt':
      return Promise.resolve(only([{ part: 'body', where: 'text', text: utf8(bytes) }]));
  }
}

function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new NotReadable('not UTF-8');
  }
}

const PICTURE = /\.(png|jpe?g|gif|bmp|tiff?|webp|emf|wmf|svg)$/i;

/** What lies within a file. What cannot be read is said to be unread, so that somebody looks at it. */
const readInside: ReadInside = async (bytes, name, where, { depth }) => {
  const named = only([{ part: 'file-name', where, text: name.slice(name.lastIndexOf('/') + 1) }]);
  const none = { ...named, unread: [where] };
  if (PICTURE.test(name)) return { ...named, pictures: [where] };
  const ending = /\.(pdf|docx|xlsx|pptx|html?|txt)$/i.exec(name)?.[1]?.toLowerCase();
  if (!ending || depth >= DEEPEST) return none;
  try {
    const kind = { htm: 'html', xlsx: 'docx', pptx: 'docx' }[ending] ?? ending;
    const inside = await readBytes(bytes, kind as ReleaseEnding, { depth: depth + 1 });
    const passages = inside.passages.map((p): Passage => ({ ...p, part: 'embedded', where: `${where}: ${p.where}` }));
    const deeper = (all: readonly string[]): string[] => all.map((one) => `${where}: ${one}`);
    // Dates and numbers of a sheet are not written in it as they are shown.
    const sheet = ending === 'xlsx' ? [`${where}: dates and numbers of a sheet`] : [];
    const found = { passages, pictures: deeper(inside.pictures), unread: [...deeper(inside.unread), ...sheet] };
    return together([named, found]);
  } catch {
    return none;
  }
};
