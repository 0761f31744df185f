import { mayChangeParticipation, openingParticipations, subjectName } from './case';

describe('a case', () => {
  it('opens with one lead and each other agency once', () => {
    expect(openingParticipations('council', ['housing', 'council', 'housing'])).toEqual([
      { orgId: 'council', level: 'lead' },
      { orgId: 'housing', level: 'contributor' },
    ]);
  });

  it('is named after its subject, not after whoever was entered first', () => {
    const people = [
      { id: 'a', roles: ['alleged-perpetrator'], name: { given: 'Rhys', family: 'Vale' } },
      { id: 'b', roles: ['subject'], name: { given: 'Nia', family: 'Vale' } },
    ];
    expect(subjectName(people)).toBe('Nia Vale');
    expect(subjectName([{ id: 'c', roles: ['subject'] }])).toBe('Name not known');
  });

  it('keeps its lead', () => {
    expect(mayChangeParticipation('council', 'council', 'reader')).toBe('participation.lead-stays');
    expect(mayChangeParticipation('council', 'council', 'ended')).toBe('participation.lead-stays');
    expect(mayChangeParticipation('council', 'police', 'lead')).toBe('participation.one-lead');
    expect(mayChangeParticipation('council', 'police', 'contributor')).toBeNull();
  });
});
