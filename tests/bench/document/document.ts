import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { recorded } from '../recorded';
import { render } from './render';

export const DOCUMENT = 'docs/performance.md';
const TEMPLATE = 'docs/performance.template.md';

/** What docs/performance.md must say by the runs that are kept and the prose of its template. */
export const documented = (root = process.cwd()): string =>
  render(readFileSync(join(root, TEMPLATE), 'utf8'), recorded(root));

/** Writes it. */
export const writeDocument = (root = process.cwd()): void => writeFileSync(join(root, DOCUMENT), documented(root));
