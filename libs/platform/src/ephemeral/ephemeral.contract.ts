import { eventually } from '@concordat/testing';
import { randomUUID } from 'node:crypto';
import type { Ephemeral } from './ephemeral';

/** What every ephemeral store does. `open` gives another process's view of one and the same store. */
export function ephemeralContract(open: () => Promise<Ephemeral>): void {
  let one: Ephemeral;
  let other: Ephemeral;
  const key = (): string => randomUUID();
  beforeAll(async () => {
    one = await open();
    other = await open();
  });
  afterAll(async () => {
    await one?.close();
    await other?.close();
    await other?.close();
  });

  it('keeps a value for every process, by kind and key', async () => {
    const k = key();
    expect(await one.get('session', k)).toBeNull();
    await one.set('session', k, 'first', 60);
    await one.set('session', k, 'së"cond\n', 60);
    expect(await other.get('session', k)).toBe('së"cond\n');
    expect(await other.get('flash', k)).toBeNull();
    await other.remove('session', k);
    await other.remove('session', k);
    expect(await one.get('session', k)).toBeNull();
  });

  it('forgets when the time is up, and not before', async () => {
    const [short, long] = [key(), key()];
    await one.set('session', short, 'x', 0.2);
    await one.set('session', long, 'x', 0.2);
    await one.set('session', long, 'y', 60);
    await eventually(async () => (await one.get('session', short)) === null);
    expect(await one.take('session', short)).toBeNull();
    expect(await one.get('session', long)).toBe('y');
  });

  it('replaces what is there, and brings back nothing that is gone', async () => {
    const k = key();
    expect(await one.replace('session', k, 'x', 60)).toBe(false);
    expect(await other.get('session', k)).toBeNull();
    await one.set('session', k, 'x', 60);
    expect(await other.replace('session', k, 'y', 60)).toBe(true);
    expect(await one.get('session', k)).toBe('y');
    await one.remove('session', k);
    expect(await other.replace('session', k, 'z', 60)).toBe(false);
    await one.set('session', k, 'x', 0.1);
    await eventually(async () => !(await one.replace('session', k, 'z', 0.1)), { everyMs: 120 });
  });

  it('finds what is kept among its kind, and not what has gone or is of another', async () => {
    const [kind, another] = [key(), key()];
    expect(await one.among(kind)).toEqual([]);
    await one.setAmong(kind, 'a', 'first', 60);
    await other.setAmong(kind, 'b', 'second', 60);
    await one.setAmong(kind, 'c', 'short', 0.1);
    await one.setAmong(another, 'a', 'elsewhere', 60);
    await other.setAmong(kind, 'a', 'changed', 60);
    await eventually(async () => (await one.among(kind)).length === 2);
    expect([...(await other.among(kind))].sort()).toEqual(['changed', 'second']);
    await one.remove(kind, 'a');
    expect(await other.among(kind)).toEqual(['second']);
    expect(await one.get(kind, 'b')).toBe('second');
  });

  it('gives a value away once, however many ask together', async () => {
    const k = key();
    await one.set('flash', k, 'x', 60);
    const taken = await Promise.all([one, other, one, other].map((store) => store.take('flash', k)));
    expect(taken.filter((v) => v === 'x')).toHaveLength(1);
    expect(taken.filter((v) => v === null)).toHaveLength(3);
  });

  it('counts every hit once within a window', async () => {
    const k = key();
    const counts = await Promise.all(Array.from({ length: 20 }, (_, i) => (i % 2 ? one : other).hit(k, 60)));
    expect(counts.map((c) => c.count).sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    for (const { resetSeconds } of counts) expect(resetSeconds).toBeLessThanOrEqual(60);
    expect((await one.hit(key(), 60)).count).toBe(1);
  });

  it('starts counting again when the window is over', async () => {
    const k = key();
    await one.hit(k, 0.2);
    await eventually(async () => (await one.hit(k, 0.2)).count === 1, { everyMs: 60 });
  });

  it('tells every subscriber of a channel, in order, until it stops', async () => {
    const channel = key();
    const heard: string[] = [];
    const heardToo: string[] = [];
    const stop = await one.subscribe(channel, (m) => heard.push(m));
    const stopToo = await other.subscribe(channel, (m) => heardToo.push(m));
    for (const n of ['1', '2', '3']) await other.publish(channel, n);
    await other.publish(key(), 'elsewhere');
    await eventually(() => heard.length === 3 && heardToo.length === 3);
    expect([heard, heardToo]).toEqual([['1', '2', '3'], heard]);
    await stop();
    await one.publish(channel, '4');
    await eventually(() => heardToo.length === 4);
    expect(heard).toHaveLength(3);
    await stopToo();
  });

  it('refuses once closed', async () => {
    const third = await open();
    await third.close();
    await expect(third.get('session', key())).rejects.toThrow();
  });
}
