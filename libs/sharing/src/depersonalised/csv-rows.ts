/**
 * csvRows reads a CSV text (RFC 4180): values in quotes may hold commas, quotes written twice and line breaks; a line may end in
 * CR LF or LF. Null when it cannot be read: a quote that is not closed, or one in the middle of a bare value. Empty lines at
 * the end are no rows. Each row has the line on which it begins, counted from 1.
 */
export function csvRows(text: string): { readonly line: number; readonly values: readonly string[] }[] | null {
  const rows: { line: number; values: string[] }[] = [];
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
  let [at, line] = [0, 1];
  while (at < source.length) {
    const row = { line, values: [] as string[] };
    for (;;) {
      const read = source[at] === '"' ? quotedAt(source, at) : bareAt(source, at);
      if (!read) return null;
      row.values.push(read.value);
      line += breaksIn(source, at, read.end);
      at = read.end;
      if (source[at] !== ',') break;
      at++;
    }
    if (source.startsWith('\r\n', at)) at += 2;
    else if (source[at] === '\n') at += 1;
    else if (at < source.length) return null;
    line++;
    rows.push(row);
  }
  while (rows.at(-1)?.values.join('') === '') rows.pop();
  return rows;
}

interface Read {
  readonly value: string;
  /** Just after it. */
  readonly end: number;
}

function bareAt(source: string, from: number): Read | null {
  let end = from;
  while (end < source.length && !',\r\n'.includes(source[end]!)) end++;
  const value = source.slice(from, end);
  return value.includes('"') ? null : { value, end };
}

function quotedAt(source: string, from: number): Read | null {
  let value = '';
  for (let at = from + 1; ;) {
    const quote = source.indexOf('"', at);
    if (quote < 0) return null;
    value += source.slice(at, quote);
    if (source[quote + 1] !== '"') return { value, end: quote + 1 };
    value += '"';
    at = quote + 2;
  }
}

function breaksIn(source: string, from: number, to: number): number {
  let breaks = 0;
  for (let at = source.indexOf('\n', from); at >= 0 && at < to; at = source.indexOf('\n', at + 1)) breaks++;
  return breaks;
}
