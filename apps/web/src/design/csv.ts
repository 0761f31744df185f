import { Readable } from 'node:stream';

/** Lines as a stream, once the first of them has come: what is refused is refused as a page, and not half-way in a file. */
export async function begun(lines: AsyncGenerator<string>): Promise<Readable> {
  const first = await lines.next();
  return Readable.from(resumed(first, lines));
}

async function* resumed(first: IteratorResult<string>, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  if (first.done) return;
  yield first.value;
  yield* rest;
}
