import { parse, type DefaultTreeAdapterMap } from 'parse5';
import type { Extracted, Passage } from '../../release-scan';

type Node = DefaultTreeAdapterMap['node'];
type Element = DefaultTreeAdapterMap['element'];

const INLINE = new Set(
  'a abbr b bdi bdo cite code data dfn em i ins kbd mark q rp rt ruby s samp small span strong sub sup time u var wbr font'.split(
    ' ',
  ),
);
const SCRIPTED = new Set(['script', 'style', 'noscript']);
/** What is shown from elsewhere, or is a document of its own. */
const FOREIGN = new Set(['iframe', 'object', 'embed', 'frame', 'video', 'audio']);
const PICTURES = new Set(['img', 'picture', 'canvas', 'image']);

/** readHtml is everything that a page says, as browsers take it apart (WHATWG), with what they do not show. */
export function readHtml(html: string): Extracted {
  const passages: Passage[] = [];
  const [pictures, unread]: [string[], string[]] = [[], []];
  const said = { body: '', hidden: '', struck: '', attributes: '' };
  const add = (part: Passage['part'], where: string, text: string): void => {
    if (text.trim() !== '') passages.push({ part, where, text });
  };

  const attributesOf = (element: Element): void => {
    const named = element.attrs.find(({ name }) => name === 'name' || name === 'property')?.value;
    for (const { name, value } of element.attrs)
      if (element.tagName === 'meta' && name === 'content') add('metadata', `meta ${named ?? ''}`.trim(), value);
      else if (!value.startsWith('data:')) said.attributes += `${value}\n`;
  };

  const walk = (node: Node, into: 'body' | 'hidden' | 'struck'): void => {
    if (node.nodeName === '#comment') add('comment', 'a comment of the page', (node as { data: string }).data);
    else if (node.nodeName === '#text') said[into] += (node as { value: string }).value;
    if ('attrs' in node) {
      const { tagName } = node;
      attributesOf(node);
      if (PICTURES.has(tagName)) pictures.push(`picture ${pictures.length + 1}`);
      if (FOREIGN.has(tagName)) unread.push(`${tagName} ${unread.length + 1}`);
      if (tagName === 'del') return each(node, 'struck');
      if (SCRIPTED.has(tagName) || tagName === 'template') return each(node, 'hidden');
      each(node, into);
      if (!INLINE.has(tagName)) said[into] += '\n';
      return;
    }
    each(node, into);
  };
  const each = (node: Node, into: 'body' | 'hidden' | 'struck'): void => {
    if ('content' in node) walk(node.content, into);
    if ('childNodes' in node) for (const child of node.childNodes) walk(child, into);
    if (into !== 'body') said[into] += '\n';
  };

  walk(parse(html, { scriptingEnabled: false }), 'body');
  add('body', 'page', said.body);
  add('hidden', 'what the page does not show', said.hidden);
  add('tracked-change', 'struck out', said.struck);
  add('attribute', 'attributes', said.attributes);
  return { passages, pictures, unread };
}
