import { loadPacks } from '@concordat/packs';
import { join } from 'node:path';
import { kindInWords, nameOf } from './pack-words';

describe('documents of the pack that is shipped', () => {
  const documents = loadPacks(join(__dirname, '../../../../packs/england-wales')).documents();

  it('are of kinds that have a name', () => {
    expect(
      [...new Set(documents.map(({ kind }) => kindInWords(kind)))].filter((name) => /[a-z][A-Z]/.test(name)),
    ).toEqual([]);
  });

  it('of a forum are called as it is, and not by its code', () => {
    expect(documents.filter(({ kind }) => kind === 'forumKinds').map(nameOf)).toContain('Community MARAC');
  });
});
