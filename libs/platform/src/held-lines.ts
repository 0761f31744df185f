/**
 * linesOf writes what is held as plain lines, `name given: Isolde`, so that it can be read, and a part of it redacted, by
 * somebody who knows nothing of how it is stored. What is empty, and where it came from, is left out. Pure.
 */
export function linesOf(content: unknown): string {
  return lines(content, []).join('\n');
}

const LEFT_OUT = ['source'];

function lines(value: unknown, path: readonly string[]): string[] {
  if (value === null || value === undefined || value === '') return [];
  if (Array.isArray(value)) return value.flatMap((item) => lines(item, path));
  if (typeof value === 'object')
    return Object.entries(value).flatMap(([key, part]) =>
      LEFT_OUT.includes(key) ? [] : lines(part, [...path, inWords(key)]),
    );
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return [path.length === 0 ? text : `${path.join(' ')}: ${text}`];
}

const inWords = (key: string): string => key.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
