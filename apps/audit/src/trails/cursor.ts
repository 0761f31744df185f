import { Invalid } from '@concordat/contracts';
import type { Place } from '../trail.repository';

/** Where a page ended, and which way the next one is read. Opaque to callers. */
export interface Cursor extends Place {
  readonly direction: 'next' | 'previous';
}

export const writeCursor = ({ direction, at, idx }: Cursor): string =>
  Buffer.from(`${direction === 'next' ? 'n' : 'p'}.${at.getTime()}.${idx}`).toString('base64url');

/** readCursor reverses writeCursor. @throws Invalid on anything else. */
export function readCursor(text: string): Cursor {
  const parts = /^([np])\.(\d{1,15})\.(\d{1,18})$/.exec(Buffer.from(text, 'base64url').toString('latin1'));
  if (parts === null)
    throw new Invalid([{ field: 'cursor', code: 'wrong-form', message: 'Use a cursor that a list gave you' }]);
  const [, direction, at, idx] = parts;
  return { direction: direction === 'n' ? 'next' : 'previous', at: new Date(Number(at)), idx: BigInt(idx!) };
}
