import { asSent, keep, peopleOf, subjectName } from './content';

const content = {
  pathway: 'other',
  people: [
    { ref: 'p1', roles: ['alleged-perpetrator'], name: { given: 'Rhys', family: 'Vale' } },
    { ref: 'p2', roles: ['child', 'subject'], name: { given: 'Nia', family: ' ' } },
  ],
};

describe('content', () => {
  it('gives each person an id, names the subject first, and can be told as it was sent', () => {
    let n = 0;
    const kept = keep(content, () => `id-${++n}`);
    expect(kept.people).toMatchObject([
      { id: 'id-1', ref: 'p1' },
      { id: 'id-2', ref: 'p2' },
    ]);
    expect(peopleOf(kept)).toEqual(['id-2', 'id-1']);
    expect(asSent(kept)).toEqual(content);
  });

  it('is shown by its subject’s name, as far as it is known', () => {
    expect(subjectName(keep(content, () => 'x'))).toBe('Nia');
    expect(subjectName({ people: [] })).toBeNull();
    expect(subjectName({})).toBeNull();
    expect(subjectName({ people: [{ id: 'x', ref: 'p1', roles: ['subject'] }] })).toBeNull();
    expect(subjectName({ people: [{ id: 'x', ref: 'p1', roles: ['witness'], name: { given: 'Una' } }] })).toBeNull();
  });

  it('without people stays without', () => {
    expect(asSent(keep({ pathway: 'other' }, () => 'x'))).toEqual({ pathway: 'other' });
    expect(peopleOf({})).toEqual([]);
  });
});
