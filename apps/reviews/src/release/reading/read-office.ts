import type { Extracted, Passage, PassagePart } from '../../release-scan';
import { NotReadable, together, type Reading, type ReadInside } from './reading';
import { readXml } from './read-xml';

/** More than any report unpacks to. */
const MOST_UNPACKED = 200 * 1024 * 1024;
const MOST_PARTS = 5_000;
/** Parts that hold shapes and letters and no text. */
const SILENT = /(^|\/)(fonts?\/[^/]+\.(odttf|ttf|fntdata)|printerSettings\d*\.bin)$/i;

/**
 * readOffice is everything in an Office Open XML file (ECMA-376): each part that is XML, whatever it is for, since text is
 * shown, hidden, struck out, commented on and kept as properties in different ones.
 */
export async function readOffice(bytes: Uint8Array, reading: Reading, inside: ReadInside): Promise<Extracted> {
  const parts = await unpacked(bytes);
  const found: Extracted[] = [];
  for (const [name, part] of Object.entries(parts)) {
    if (name.endsWith('/') || SILENT.test(name)) continue;
    if (/\.(xml|rels|vml)$/i.test(name)) found.push(readPart(name, part));
    else found.push(await inside(part, name, name, reading));
  }
  return together(found);
}

async function unpacked(bytes: Uint8Array): Promise<Record<string, Uint8Array>> {
  const { unzipSync } = await import('fflate');
  let [size, count] = [0, 0];
  try {
    return unzipSync(bytes, {
      filter: ({ originalSize }) => {
        size += originalSize;
        count += 1;
        if (size > MOST_UNPACKED || count > MOST_PARTS) throw new NotReadable('holds more than is read');
        return true;
      },
    });
  } catch (error) {
    throw error instanceof NotReadable ? error : new NotReadable('not an archive');
  }
}

const partOf = (name: string): PassagePart => {
  if (/comments/i.test(name)) return 'comment';
  if (/(foot|end)notes|notesSlide/i.test(name)) return 'note';
  if (/(header|footer)\d*\.xml$/i.test(name)) return 'header';
  if (/^docProps\/|people\.xml$/i.test(name)) return 'metadata';
  if (/^customXml\/|settings\.xml$/i.test(name)) return 'hidden';
  return 'body';
};

function readPart(name: string, bytes: Uint8Array): Extracted {
  const part = partOf(name);
  try {
    const { text, hidden, struck, attributes, elements, authors } = readXml(new TextDecoder().decode(bytes));
    const passages: Passage[] = [];
    const add = (p: PassagePart, where: string, said: string): void => {
      if (said.trim() !== '') passages.push({ part: p, where, text: said });
    };
    if (part === 'metadata') for (const e of elements) add(part, `${name} ${e.name}`, e.text);
    else add(part, name, text);
    add('hidden', `${name} (hidden)`, hidden);
    add('tracked-change', `${name} (struck out)`, struck);
    add('attribute', `${name} (attributes)`, attributes);
    for (const author of authors) add('metadata', `${name} author`, author);
    return { passages, pictures: [], unread: [] };
  } catch {
    return { passages: [], pictures: [], unread: [name] };
  }
}
