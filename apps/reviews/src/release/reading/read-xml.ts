import { SaxesParser } from 'saxes';

/** What a part of an office file says. */
export interface XmlText {
  /** As it is read, without what is struck out. */
  readonly text: string;
  /** Of runs that are not shown, and instructions of fields. */
  readonly hidden: string;
  /** What a tracked change took away. */
  readonly struck: string;
  /** Values of attributes that hold words: descriptions of pictures, links, bookmarks. */
  readonly attributes: string;
  /** Of properties, each by itself. */
  readonly elements: readonly { readonly name: string; readonly text: string }[];
  /** Who commented or changed. */
  readonly authors: readonly string[];
}

/** Where one of these ends, so does a word. Runs within a paragraph are one text: a name may be in two of them. */
const BREAKS = new Set(['p', 'br', 'cr', 'tab', 'tr', 'tc', 'si', 'row', 'c', 'v', 'comment', 'sdt', 'h', 'a:p']);
const STRUCK = new Set(['delText', 'delInstrText']);
const WORDS = /\p{L}{2}/u;

/**
 * readXml takes the text out of a part (ECMA-376 part 1). It reads no entity from elsewhere.
 * @throws Error if it is not well formed
 */
export function readXml(xml: string): XmlText {
  let [text, hidden, struck, attributes] = ['', '', '', ''];
  const [elements, authors] = [[] as { name: string; text: string }[], new Set<string>()];
  const open: { name: string; text: string; vanish: boolean }[] = [];
  const parser = new SaxesParser({ position: false });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes: given }) => {
    const local = localOf(name);
    for (const [key, value] of Object.entries(given as Record<string, string>)) {
      if (key.startsWith('xmlns')) continue;
      if (localOf(key) === 'author' || localOf(key) === 'initials') authors.add(value);
      else if (WORDS.test(value) || /\d{4}/.test(value)) attributes += `${value}\n`;
    }
    if (local === 'vanish' || local === 'webHidden') {
      const run = open.findLast((o) => o.name === 'r' || o.name === 'p');
      if (run && !['0', 'false', 'off'].includes((given as Record<string, string>)['w:val'] ?? '1')) run.vanish = true;
    }
    open.push({ name: local, text: '', vanish: false });
  });
  const take = (said: string): void => {
    const at = open.at(-1);
    if (!at) return;
    at.text += said;
    if (STRUCK.has(at.name)) struck += said;
    else if (at.name === 'instrText' || open.some((o) => o.vanish)) hidden += said;
    else text += said;
  };
  parser.on('text', take);
  parser.on('cdata', take);
  parser.on('comment', (said) => (hidden += `${said}\n`));
  parser.on('closetag', () => {
    const { name, text: said } = open.pop()!;
    if (BREAKS.has(name)) {
      text += '\n';
      if (hidden && !hidden.endsWith('\n')) hidden += '\n';
      if (struck && !struck.endsWith('\n')) struck += '\n';
    }
    if (said.trim() !== '') elements.push({ name, text: said });
  });
  parser.write(xml).close();
  return { text, hidden, struck, attributes, elements, authors: [...authors] };
}

const localOf = (name: string): string => name.slice(name.indexOf(':') + 1);
