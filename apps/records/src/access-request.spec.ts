import { dueOn, itemProblems, received, release, step, type AccessRequest } from './access-request';

const CLOCK = { months: 1, extendableByMonths: 2 };
const EXEMPTIONS = [{ code: 's2p3' }, { code: 's3p2-5', opinion: true }];
const DONE = { gathered: true, undecided: 0 };
const at = (on: string, items = DONE) => ({ by: 'kit', on, items });

describe('the clock of a request for what is held about somebody', () => {
  it('is a calendar month from when it was received, and two more when it was extended', () => {
    const request = received('2026-01-31', true);
    expect(dueOn(request, CLOCK)).toBe('2026-02-28');
    expect(dueOn(step(request, 'extend', at('2026-02-10')), CLOCK)).toBe('2026-04-30');
    expect(() => step(step(request, 'extend', at('2026-02-10')), 'extend', at('2026-02-11'))).toThrow('already');
  });

  it('stands still until the identity is proven, and while something is asked', () => {
    const request = received('2026-03-02', false);
    expect(dueOn(request, CLOCK)).toBeNull();
    const proven = step(request, 'prove-identity', at('2026-03-12'));
    expect(dueOn(proven, CLOCK)).toBe('2026-04-12');
    const asked = step(proven, 'ask', at('2026-03-20'));
    expect(dueOn(asked, CLOCK)).toBeNull();
    const answered = step(asked, 'answered', at('2026-03-25'));
    expect(dueOn(answered, CLOCK)).toBe('2026-04-17');
    for (const [from, wrong] of [
      [asked, 'ask'],
      [answered, 'answered'],
      [proven, 'prove-identity'],
    ] as const)
      expect(() => step(from, wrong, at('2026-04-01'))).toThrow();
  });
});

describe('a request for what is held about somebody', () => {
  const proven = received('2026-03-02', true);

  it('is prepared when it is known who asks, all is gathered and each item decided, and released by somebody else', () => {
    for (const [from, items] of [
      [received('2026-03-02', false), DONE],
      [step(proven, 'ask', at('2026-03-03')), DONE],
      [proven, { gathered: false, undecided: 0 }],
      [proven, { gathered: true, undecided: 1 }],
    ] as const)
      expect(() => step(from, 'prepare', at('2026-03-04', items))).toThrow();
    const prepared = step(proven, 'prepare', at('2026-03-04'));
    expect(() => release(prepared, 'kit')).toThrow('Somebody else');
    expect(release(prepared, 'yusuf').state).toBe('released');
    expect(step(prepared, 'return', at('2026-03-05'))).toMatchObject({ state: 'open', preparedBy: null });
    expect(() => release(proven, 'yusuf')).toThrow();
  });

  it('is closed for good', () => {
    const closed: AccessRequest = step(step(proven, 'ask', at('2026-03-03')), 'close', at('2026-03-09'));
    expect(closed).toMatchObject({ state: 'closed', pauses: [{ to: '2026-03-09' }] });
    for (const what of ['close', 'prepare', 'extend', 'ask'] as const)
      expect(() => step(closed, what, at('2026-03-10'))).toThrow();
  });
});

describe('a decision about an item', () => {
  const fields = (d: Parameters<typeof itemProblems>[0]) => itemProblems(d, EXEMPTIONS).map((p) => p.field);

  it('needs a ground for what is withheld, text for what is redacted, and an opinion where the ground rests on one', () => {
    expect(fields({ decision: 'give', thirdParty: false })).toEqual([]);
    expect(fields({ decision: 'withhold', thirdParty: false })).toEqual(['exemption']);
    expect(fields({ decision: 'withhold', thirdParty: true, exemption: 's2p3' })).toEqual([]);
    expect(fields({ decision: 'redact', thirdParty: false, exemption: 's2p3' })).toEqual(['redacted']);
    expect(fields({ decision: 'withhold', thirdParty: false, exemption: 's3p2-5' })).toEqual(['opinion']);
    expect(fields({ decision: 'withhold', thirdParty: false, exemption: 's3p2-5', opinion: 'Dr Vale' })).toEqual([]);
    expect(fields({ decision: 'withhold', thirdParty: false, exemption: 'x' })).toEqual(['exemption']);
  });

  it('never gives as it is what is about somebody else', () => {
    expect(fields({ decision: 'give', thirdParty: true })).toEqual(['decision']);
  });
});
