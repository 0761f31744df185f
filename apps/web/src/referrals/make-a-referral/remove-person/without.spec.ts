import { without } from './without';

it('leaves nothing that points to nobody', () => {
  const content = {
    pathway: 'domestic-abuse',
    people: [
      { ref: 'p1', roles: ['subject'] },
      { ref: 'p2', roles: ['child'] },
    ],
    relationships: [
      { from: 'p1', to: 'p2', kind: 'parent' },
      { from: 'p1', to: 'p1', kind: 'other' },
    ],
    safeContact: { person: 'p2', language: 'English' },
    fears: { feared: [{ person: 'p2' }, { name: 'His brother' }], safeConfidants: [{ person: 'p2' }] },
  };
  const left = without(content, 'p2');
  expect(JSON.stringify(left)).not.toContain('p2');
  expect(left).toEqual({
    pathway: 'domestic-abuse',
    people: [{ ref: 'p1', roles: ['subject'] }],
    relationships: [{ from: 'p1', to: 'p1', kind: 'other' }],
    safeContact: { language: 'English' },
    fears: { feared: [{ name: 'His brother' }] },
  });
});
