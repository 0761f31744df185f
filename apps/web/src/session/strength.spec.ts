import { strengthAsked } from './strength';

describe('what is asked of a sign-in', () => {
  const asked = (requiredAcr: string[], OIDC_ACR_CLAIM: 'acr' | 'acrs' = 'acr') =>
    strengthAsked({ requiredAcr, OIDC_ACR_CLAIM });

  it('is nothing where nothing is demanded', () => {
    expect(asked([])).toEqual({});
    expect(asked([], 'acrs')).toEqual({});
  });

  it('is what is demanded, in the way of the provider', () => {
    expect(asked(['gold', 'silver'])).toEqual({ acr_values: 'gold silver' });
    expect(JSON.parse(asked(['c1', 'c2'], 'acrs')['claims']!)).toEqual({
      access_token: { acrs: { essential: true, value: 'c1' } },
    });
  });
});
