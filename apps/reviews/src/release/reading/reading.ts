import type { Extracted, Passage } from '../../release-scan';

/** The file holds more than is read, or is not what it begins like. */
export class NotReadable extends Error {}

export interface Reading {
  /** How deep a file lies in others. */
  readonly depth: number;
}
export const DEEPEST = 3;

/** What several parts of a file say, together. */
export const together = (parts: readonly Extracted[]): Extracted => ({
  passages: parts.flatMap(({ passages }) => passages),
  pictures: parts.flatMap(({ pictures }) => pictures),
  unread: parts.flatMap(({ unread }) => unread),
});

export const only = (passages: readonly Passage[]): Extracted => ({ passages, pictures: [], unread: [] });

/** Reads a file that lies in another. It never throws: what it cannot read it calls unread. */
export type ReadInside = (bytes: Uint8Array, name: string, where: string, reading: Reading) => Promise<Extracted>;
