import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DOCUMENT, documented } from '../bench/document/document';
import { ROOT } from './sources';

describe(DOCUMENT, () => {
  it('says what the recorded runs say; otherwise: npm run bench -- document', () => {
    expect(readFileSync(join(ROOT, DOCUMENT), 'utf8')).toBe(documented(ROOT));
  });
});
