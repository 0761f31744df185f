import { questionOf, THAT_THEY_ARE_KNOWN, WHOLE_CASE, type Disclosure } from './disclosure';

const words = {
  itemCode: (item: string): string => (item === 'gp' ? 'HEALTH' : 'NAME'),
  wholeCase: ['NAME', 'HISTORY', 'HEALTH'],
  askedAs: ['NAME', 'IDENTITY'],
  withoutReason: (ground: string | undefined) => (ground === 'life' ? 'WOULD_PREJUDICE' : undefined),
};
const disclosure: Disclosure = {
  kind: 'DISCLOSE',
  fromOrg: 'council',
  toOrg: 'nhs',
  byId: 'amina',
  purpose: 'health-care',
  items: ['name', 'aliases', 'gp'],
  people: [{ id: 'p1', roles: ['subject'] }],
  consent: { answer: 'given' },
};
const asked = (more: Partial<Disclosure> = {}) => questionOf({ ...disclosure, ...more }, words);

describe('what the decision point is asked', () => {
  it('names each item once, by the code that agreements have for it', () => {
    expect(asked().items).toEqual(['HEALTH', 'NAME']);
  });

  it('asks whether somebody is known on behalf of whoever asks, of whoever holds it, and says how certain it is', () => {
    const known = { kind: 'ASK_KNOWN', items: THAT_THEY_ARE_KNOWN, people: [{ id: 'q1', match: 'NONE' }] } as const;
    expect(asked(known)).toMatchObject({
      ...{ kind: 'ASK_KNOWN', sender: 'council', recipients: ['nhs'], actor: { userId: 'amina', orgId: 'nhs' } },
      ...{ items: ['IDENTITY', 'NAME'], subjects: [{ pid: 'q1', match: 'NONE', deceased: false }] },
    });
  });

  it('asks for everything that a case may hold where it goes whole, and invents no consent', () => {
    const whole = asked({ items: WHOLE_CASE, consent: undefined });
    expect(whole.items).toEqual(['HEALTH', 'HISTORY', 'NAME']);
    expect(whole.consent).toEqual({ state: 'NOT_SOUGHT' });
  });

  it('is asked by whoever discloses, and by whoever looks at what was disclosed', () => {
    expect(asked().actor).toEqual({ userId: 'amina', orgId: 'council' });
    expect(asked({ kind: 'CONSULT', byId: 'bevan' }).actor).toEqual({ userId: 'bevan', orgId: 'nhs' });
  });

  it.each([
    [['subject'], 'VICTIM'],
    [['alleged-perpetrator'], 'PERP'],
    [['child'], 'CHILD'],
    [['child', 'subject'], 'VICTIM'],
    [[], 'OTHER'],
  ])('says of %j that it is about a %s', (roles, about) => {
    expect(asked({ people: [{ id: 'p1', roles }] }).subjects).toEqual([
      { pid: 'p1', about, match: 'EXACT', deceased: false },
    ]);
  });

  it('knows the dead, and takes no unclear answer for it', () => {
    const died = (answer: string) => asked({ people: [{ id: 'p1', deceased: { answer } }] }).subjects[0]!.deceased;
    expect([died('yes'), died('no'), died('unknown')]).toEqual([true, false, false]);
  });

  it('takes a ground for a reason to do without consent where the pack says that it is one, and carries no words', () => {
    const consent = (answer: 'refused' | 'not-asked' | 'given', ground?: string) =>
      asked({ consent: { answer, ...(ground ? { ground } : {}), reason: 'Her brother is dangerous.' } }).consent;
    expect(consent('not-asked', 'life')).toEqual({ state: 'NOT_SOUGHT', withoutReason: 'WOULD_PREJUDICE' });
    expect(consent('not-asked', 'justice')).toEqual({ state: 'NOT_SOUGHT' });
    expect(consent('given', 'life')).toEqual({ state: 'GIVEN' });
    expect(JSON.stringify(consent('refused', 'life'))).not.toContain('brother');
    expect(consent('refused', 'life').refusalNote).toBeTruthy();
  });
});
