import {
  addSecret,
  end,
  endSecret,
  expiryOf,
  hashOf,
  matches,
  newSecret,
  scopesGranted,
  usable,
  type ApiClient,
  type ClientSecret,
} from './api-client';

const NOW = new Date('2026-11-29T12:00:00Z');
const secret = (id: string, more: Partial<ClientSecret> = {}): ClientSecret => ({
  ...{ id, hint: 'abcd', hash: '', madeAt: NOW, expiresAt: expiryOf(NOW), endedAt: null, lastUsedAt: null },
  ...more,
});
const client = (more: Partial<ApiClient> = {}): ApiClient => ({
  ...{ id: 'c', orgId: 'o', name: 'Case system', scopes: ['cases.read', 'directory.read'] },
  ...{ registeredAt: NOW, endedAt: null, version: 1, secrets: [secret('1')] },
  ...more,
});

describe('an API client', () => {
  it('has two secrets at once, so that one replaces the other, and no third', () => {
    const two = addSecret(client(), secret('2'), NOW);
    expect(usable(two, NOW).map((s) => s.id)).toEqual(['1', '2']);
    expect(() => addSecret(two, secret('3'), NOW)).toThrow(expect.objectContaining({ code: 'client.two-secrets' }));
    const one = endSecret(two, '1', NOW);
    expect(usable(one, NOW).map((s) => s.id)).toEqual(['2']);
    expect(addSecret(one, secret('3'), NOW).version).toBe(4);
    expect(() => endSecret(one, '1', NOW)).toThrow(expect.objectContaining({ code: 'secret.not-found' }));
  });

  it('cannot use a secret on or after the day that it expires, which makes room for another', () => {
    const later = expiryOf(NOW);
    expect(usable(client(), new Date(later.getTime() - 1))).toHaveLength(1);
    expect(usable(client(), later)).toEqual([]);
    const both = client({ secrets: [secret('1'), secret('2')] });
    expect(addSecret(both, secret('3'), later).secrets).toHaveLength(3);
  });

  it('does nothing once it has been ended', () => {
    const ended = end(client(), NOW);
    expect(usable(ended, NOW)).toEqual([]);
    for (const step of [
      () => end(ended, NOW),
      () => addSecret(ended, secret('2'), NOW),
      () => endSecret(ended, '1', NOW),
    ])
      expect(step).toThrow(expect.objectContaining({ code: 'client.ended', details: { state: 'ended' } }));
  });

  it('gets the scopes that it asks for, if it has them all', () => {
    expect(scopesGranted(client(), undefined)).toEqual(['cases.read', 'directory.read']);
    expect(scopesGranted(client(), ' directory.read ')).toEqual(['directory.read']);
    expect(scopesGranted(client(), 'directory.read referrals.make')).toBeNull();
  });

  it('is known by its secret, of which only a salted hash is kept', async () => {
    const [mine, other] = [newSecret(), newSecret()];
    const kept = await hashOf(mine);
    expect(kept).toMatch(/^scrypt\$16384\$8\$1\$[\w-]{22}\$[\w-]{43}$/);
    expect(kept).not.toContain(mine.slice(4));
    expect(await matches(mine, kept)).toBe(true);
    expect(await matches(other, kept)).toBe(false);
    expect(await matches('', kept)).toBe(false);
    expect(await matches(mine, 'md5$x')).toBe(false);
  });
});
