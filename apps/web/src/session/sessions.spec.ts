import type { Ephemeral, ProcessInfo } from '@concordat/platform';
import type { Me } from '../apis/identity';
import { ABSOLUTE_MS, IDLE_MS, Sessions } from './sessions';

const NOW = Date.parse('2026-11-24T09:00:00Z');
const MINUTE = 60_000;

describe('sessions', () => {
  let kept: Map<string, { value: string; seconds: number }>;
  let secret: string;
  const make = () => {
    const store = {
      get: (kind: string, key: string) => Promise.resolve(kept.get(`${kind}:${key}`)?.value ?? null),
      set: (kind: string, key: string, value: string, seconds: number) =>
        Promise.resolve(void kept.set(`${kind}:${key}`, { value, seconds })),
      replace: (kind: string, key: string, value: string, seconds: number) =>
        Promise.resolve(kept.has(`${kind}:${key}`) && Boolean(kept.set(`${kind}:${key}`, { value, seconds }))),
      setAmong: (kind: string, key: string, value: string, seconds: number) =>
        Promise.resolve(void kept.set(`${kind}:${key}`, { value, seconds })),
      among: (kind: string) =>
        Promise.resolve([...kept].filter(([name]) => name.startsWith(`${kind}:`)).map(([, { value }]) => value)),
      remove: (kind: string, key: string) => Promise.resolve(void kept.delete(`${kind}:${key}`)),
    } as unknown as Ephemeral;
    return new Sessions(store, { secret: () => secret } as unknown as ProcessInfo);
  };
  beforeEach(() => {
    kept = new Map();
    secret = 'one-secret';
  });

  it('are found by their id, which is nowhere in the store, and neither is what they hold', async () => {
    const attempt = { state: 's', nonce: 'n', verifier: 'verifier-in-the-clear', to: '/' };
    const { id, session } = await make().start({ attempt }, NOW);
    expect(id).toMatch(/^[\w-]{43}$/);
    expect(await make().find(id, NOW)).toEqual(session);
    const stored = JSON.stringify([...kept]);
    for (const text of [id, 'verifier-in-the-clear', session.csrf]) expect(stored).not.toContain(text);
  });

  it('have ids and tokens of their own', async () => {
    const sessions = make();
    const made = await Promise.all(Array.from({ length: 50 }, () => sessions.start({}, NOW)));
    expect(new Set(made.flatMap(({ id, session }) => [id, session.csrf])).size).toBe(100);
  });

  it('end when nobody has come for half an hour, and every visit begins it afresh', async () => {
    const sessions = make();
    const { id } = await sessions.start({}, NOW);
    expect(await sessions.find(id, NOW + IDLE_MS - MINUTE)).not.toBeNull();
    expect(await sessions.find(id, NOW + 2 * IDLE_MS - 2 * MINUTE)).not.toBeNull();
    expect(await sessions.find(id, NOW + 3 * IDLE_MS)).toBeNull();
  });

  it('are not kept going by a browser that nobody sits at', async () => {
    const sessions = make();
    const { id } = await sessions.start({}, NOW);
    for (let at = NOW; at <= NOW + IDLE_MS; at += 5 * MINUTE) expect(await sessions.peek(id, at)).not.toBeNull();
    expect(await sessions.find(id, NOW + IDLE_MS + 1)).toBeNull();
  });

  it('end twelve hours after they began, however busy', async () => {
    const sessions = make();
    const { id } = await sessions.start({}, NOW);
    for (let at = NOW; at <= NOW + ABSOLUTE_MS; at += 20 * MINUTE) expect(await sessions.find(id, at)).not.toBeNull();
    expect(await sessions.find(id, NOW + ABSOLUTE_MS + 1)).toBeNull();
  });

  it('are kept by the store no longer than they live', async () => {
    const sessions = make();
    const { id, session } = await sessions.start({}, NOW);
    expect([...kept.values()][0]?.seconds).toBe(IDLE_MS / 1000);
    const late = NOW + ABSOLUTE_MS - 5 * MINUTE;
    await sessions.save(id, { ...session, seen: late }, late);
    expect([...kept.values()][0]?.seconds).toBe(5 * 60);
    await sessions.save(id, session, NOW + ABSOLUTE_MS + 1);
    expect(kept.size).toBe(0);
  });

  it('are nobody’s under another id, with another secret, or after being tampered with', async () => {
    const sessions = make();
    const [a, b] = [await sessions.start({}, NOW), await sessions.start({}, NOW)];
    const [nameOfA, nameOfB] = [...kept.keys()] as [string, string];
    kept.set(nameOfB, kept.get(nameOfA)!);
    expect(await sessions.find(b.id, NOW)).toBeNull();
    const { value, seconds } = kept.get(nameOfA)!;
    kept.set(nameOfA, { value: `${value.slice(0, 30)}${value[30] === 'A' ? 'B' : 'A'}${value.slice(31)}`, seconds });
    expect(await sessions.find(a.id, NOW)).toBeNull();
    kept.set(nameOfA, { value, seconds });
    expect(await sessions.find(a.id, NOW)).not.toBeNull();
    secret = 'another-secret';
    expect(await make().find(a.id, NOW)).toBeNull();
    for (const id of ['', 'x', `${a.id}x`, '../../etc']) expect(await sessions.find(id, NOW)).toBeNull();
  });

  it('end in every browser when their person asks for it, and nobody else’s do; a later sign-in begins anew', async () => {
    const sessions = make();
    const of = (id: string, at: number) => sessions.start({ me: { id } as Me }, at);
    const [laptop, phone, others] = [await of('a', NOW), await of('a', NOW + MINUTE), await of('b', NOW)];
    await sessions.endAll('a', null, NOW + 2 * MINUTE);
    const later = await of('a', NOW + 3 * MINUTE);
    const at = NOW + 4 * MINUTE;
    expect([await sessions.find(laptop.id, at), await sessions.find(phone.id, at)]).toEqual([null, null]);
    expect(await sessions.find(others.id, at)).not.toBeNull();
    expect(await sessions.find(later.id, at)).not.toBeNull();
    // The mark outlives every session that it ends, and names nobody.
    const [name, mark] = [...kept].find(([key]) => key.startsWith('sessions-ended:'))!;
    expect([mark.seconds, name.includes(':a')]).toEqual([ABSOLUTE_MS / 1000, false]);
  });

  it('are shown to their person with what tells them apart, and the store tells nobody of it', async () => {
    const sessions = make();
    const of = (id: string, browser: string, at: number) => sessions.start({ me: { id } as Me, browser }, at);
    const laptop = await of('a', 'Firefox on Windows', NOW);
    const phone = await of('a', 'Safari on an iPhone', NOW + MINUTE);
    await of('b', 'Chrome on Linux', NOW);
    await sessions.start({}, NOW);
    await sessions.find(laptop.id, NOW + 5 * MINUTE);
    expect(await sessions.of('a')).toEqual([
      { handle: laptop.session.handle, began: NOW, seen: NOW + 5 * MINUTE, browser: 'Firefox on Windows' },
      { handle: phone.session.handle, began: NOW + MINUTE, seen: NOW + MINUTE, browser: 'Safari on an iPhone' },
    ]);
    expect(JSON.stringify([...kept.values()])).not.toMatch(/Firefox|Safari/);
    await sessions.end(laptop.id);
    expect((await sessions.of('a')).map(({ browser }) => browser)).toEqual(['Safari on an iPhone']);
  });

  it('end one by one, by their person alone, and none comes back because it was in use', async () => {
    const sessions = make();
    const of = (id: string) => sessions.start({ me: { id } as Me }, NOW);
    const [left, here, others] = [await of('a'), await of('a'), await of('b')];
    await sessions.endOne('b', left.session.handle!);
    expect(await sessions.of('a')).toHaveLength(2);
    await sessions.endOne('a', left.session.handle!);
    expect(await sessions.save(left.id, left.session, NOW)).toBe(false);
    expect(await sessions.find(left.id, NOW)).toBeNull();
    expect((await sessions.of('a')).map(({ handle }) => handle)).toEqual([here.session.handle]);
    expect(await sessions.find(others.id, NOW)).not.toBeNull();
  });

  it('end in every other browser and stay in the one that asks', async () => {
    const sessions = make();
    const of = (at: number) => sessions.start({ me: { id: 'a' } as Me }, at);
    const [left, here] = [await of(NOW), await of(NOW)];
    await sessions.endAll('a', here.session.handle, NOW + MINUTE);
    const later = await of(NOW + 2 * MINUTE);
    expect(await sessions.find(left.id, NOW + 3 * MINUTE)).toBeNull();
    expect((await sessions.of('a')).map(({ handle }) => handle).sort()).toEqual(
      [here.session.handle!, later.session.handle].sort(),
    );
    await sessions.endAll('a', null, NOW + 4 * MINUTE);
    expect(await sessions.of('a')).toEqual([]);
  });

  it('end when they are ended', async () => {
    const sessions = make();
    const { id } = await sessions.start({}, NOW);
    await sessions.end(id);
    expect(await sessions.find(id, NOW)).toBeNull();
  });
});
