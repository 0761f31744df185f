import { judgeKeys } from './judge';

const place = (older: number, lost: number) => ({
  key: 'LEDGER_WRAP_KEY' as const,
  place: 'audit.data_key.wrapped',
  standing: { total: 10, older, lost },
});

describe('what the doctor says of keys', () => {
  it('is well when all is under the key of today', () => {
    expect(judgeKeys({ found: [place(0, 0)], passing: 3 })).toEqual([
      { about: 'LEDGER_WRAP_KEY', state: 'well', says: '10 rows, all under the key of today' },
    ]);
  });

  it('says what is on its way under the detail key, which an older one may be', () => {
    const [found] = judgeKeys({ found: [{ ...place(0, 0), key: 'AUDIT_DETAIL_KEY' }], passing: 3 });
    expect(found).toMatchObject({
      state: 'well',
      says: expect.stringContaining('3 acts and exports are on their way'),
    });
  });

  it('names what is still under an older key, what opens under none, and what nobody looked at', () => {
    expect(judgeKeys({ found: [place(4, 0)], passing: 0 })[0]).toMatchObject({
      state: 'wrong',
      says: '4 of 10 rows are under a key that is being left',
      mend: expect.stringContaining('npm run keys -- reseal'),
    });
    expect(judgeKeys({ found: [place(4, 1)], passing: 0 })[0]).toMatchObject({
      state: 'wrong',
      says: '1 of 10 rows open under no key that was given',
    });
    expect(judgeKeys({ found: [{ ...place(0, 0), standing: null }], passing: 0 })[0]?.state).toBe('not-checked');
  });
});
