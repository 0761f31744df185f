import { MemoryAdapter, MemoryStore } from './memory-adapter';

describe('MemoryAdapter', () => {
  const store = new MemoryStore();
  const sessions = new MemoryAdapter(store, 'Session');
  const codes = new MemoryAdapter(store, 'AuthorizationCode');

  afterEach(() => jest.useRealTimers());

  it('keeps models apart and finds by id and uid', async () => {
    await sessions.upsert('one', { uid: 'u1', accountId: 'a' }, 60);
    expect(await sessions.find('one')).toMatchObject({ accountId: 'a' });
    expect(await codes.find('one')).toBeUndefined();
    expect(await sessions.findByUid('u1')).toMatchObject({ accountId: 'a' });
    expect(await codes.findByUid('u1')).toBeUndefined();
    await sessions.destroy('one');
    expect(await sessions.find('one')).toBeUndefined();
  });

  it('forgets what has expired', async () => {
    jest.useFakeTimers();
    await sessions.upsert('two', { uid: 'u2' }, 60);
    await codes.upsert('c2', { grantId: 'g2' }, 60);
    jest.setSystemTime(Date.now() + 61_000);
    expect(await sessions.find('two')).toBeUndefined();
    expect(await sessions.findByUid('u2')).toBeUndefined();
    store.sweep(Date.now() + 60_000);
    expect([...store.kept.keys(), ...store.byGrant.keys()]).toEqual([]);
  });

  it('marks a code as used, and revokes all that was made under a grant', async () => {
    await codes.upsert('c1', { grantId: 'g1' }, 60);
    await sessions.upsert('s1', { uid: 'u' }, 60);
    await codes.consume('c1');
    expect((await codes.find('c1'))?.consumed).toEqual(expect.any(Number));
    await codes.revokeByGrantId('g1');
    expect(await codes.find('c1')).toBeUndefined();
    expect(await sessions.find('s1')).toBeDefined();
  });
});
