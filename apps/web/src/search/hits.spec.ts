import type { Names } from '../apis/directory';
import type { Hit } from '../apis/searching';
import { foundInWords, hitShown } from './hits';

const names: Names = { organisation: () => 'Northbank Council', area: () => 'Northbank', person: () => 'Amina Rahman' };
const reasons = [{ code: 'name.same', words: 'The same name' }];

describe('hits as the page shows them', () => {
  it('are people with what tells them apart, and their cases', () => {
    const hit: Hit = {
      ...{ kind: 'person', id: 'p', name: { given: 'Tamsin', family: 'Ashgrove' }, reasons },
      datesOfBirth: [{ value: '1987-05-09' }, { value: '1987' }],
      cases: [{ id: 'c', reference: 'C-1', roles: ['subject'] }],
    };
    expect(hitShown(hit, names)).toEqual({
      ...{ kind: 'Person', tag: 'purple', title: 'Tamsin Ashgrove', href: '/people/p', excerpt: [] },
      reasons: ['The same name'],
      lines: [{ text: 'Born 9 May 1987 or 1987' }, { text: 'Case C-1, subject', href: '/cases/c' }],
    });
    expect(hitShown({ ...hit, name: null, datesOfBirth: null, cases: [] }, names)).toMatchObject({
      title: 'Name not known',
      lines: [{ text: 'Date of birth not known' }],
    });
  });

  it('are what was written, each with a way to where it stands', () => {
    const written = {
      ...{ id: 'x', caseId: 'c', reference: 'C-1', subjectName: 'Tamsin Ashgrove', orgId: 'o', by: 'b', reasons },
      ...{ at: '2026-11-24T14:30:00Z', starts: '2026-09', title: 'A letter', sensitive: true, excerpt: [] },
    };
    const shown = (kind: 'entry' | 'note' | 'document') => hitShown({ ...written, kind }, names);
    expect(shown('entry')).toMatchObject({
      ...{ href: '/cases/c/chronology/x', title: 'Chronology of case C-1, September 2026' },
      lines: [
        { text: 'Tamsin Ashgrove', href: '/cases/c' },
        { text: 'Amina Rahman, Northbank Council, 24 November 2026 at 2:30pm. Sensitive' },
      ],
    });
    expect(shown('note')).toMatchObject({ href: '/cases/c/notes', title: 'Note on case C-1' });
    expect(shown('document')).toMatchObject({ href: '/cases/c/documents/x', title: 'A letter, case C-1' });
  });

  it('are counted in words', () => {
    const n = (value: number, more = false) => ({ value, more });
    expect(foundInWords(n(1), n(100, true), n(2))).toBe(
      '1 person or case; 2 referrals; more than 100 entries, notes and documents',
    );
    expect(foundInWords(n(0), n(1), null)).toBe('0 people and cases; 1 entry, note or document');
  });
});
