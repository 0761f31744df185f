import { fileCorrection } from './imported-correction';

const told = (all: Record<string, string>) => (part: string) => all[part];
const correction = (before: object, now: object, here: object) =>
  fileCorrection(['starts', 'fact', 'comment'], {
    before: told(before as Record<string, string>),
    now: told(now as Record<string, string>),
    here: told(here as Record<string, string>),
  });

describe('a file that says something else than before', () => {
  const first = { starts: '2019', fact: 'Rang.' };

  it('changes what it says otherwise, and nothing else', () => {
    expect(correction(first, { ...first, fact: 'Wrote.' }, first)).toEqual({
      otherwise: ['fact'],
      toChange: ['fact'],
      changedHere: [],
    });
    expect(correction(first, first, { ...first, fact: 'Corrected here.' })).toEqual({
      otherwise: [],
      toChange: [],
      changedHere: [],
    });
  });

  it('does not undo what was changed here since; another part of the record may have been', () => {
    const wrote = { ...first, fact: 'Wrote.' };
    expect(correction(first, wrote, { ...first, fact: 'Called.' }).changedHere).toEqual(['fact']);
    expect(correction(first, wrote, { ...first, comment: 'Ours.' })).toMatchObject({
      toChange: ['fact'],
      changedHere: [],
    });
  });

  it('has nothing to change where people here said the same since, and tells what was added and left out', () => {
    const wrote = { ...first, fact: 'Wrote.' };
    expect(correction(first, wrote, wrote)).toEqual({ otherwise: ['fact'], toChange: [], changedHere: [] });
    expect(correction(first, { starts: '2019', comment: 'New.' }, first).otherwise).toEqual(['fact', 'comment']);
  });
});
