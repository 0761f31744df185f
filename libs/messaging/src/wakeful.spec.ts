import { eventually } from '@concordat/testing';
import { setTimeout as delay } from 'node:timers/promises';
import { Wakeful } from './wakeful';

describe('Wakeful', () => {
  it('runs when woken, again while there is more, and never twice at once', async () => {
    let left = 3;
    let running = 0;
    let rounds = 0;
    const loop = new Wakeful(
      async () => {
        expect(++running).toBe(1);
        await Promise.resolve();
        running--;
        rounds++;
        return --left > 0;
      },
      { idleMs: 60_000, onError: fail },
    );
    loop.start();
    loop.wake();
    await eventually(() => expect(rounds).toBeGreaterThanOrEqual(3));
    left = 1;
    const before = rounds;
    loop.wake();
    await eventually(() => expect(rounds).toBe(before + 1));
    await loop.stop();
  });

  it('runs without being woken, because a hint may be lost (R7)', async () => {
    let rounds = 0;
    const loop = new Wakeful(() => Promise.resolve(++rounds < 0), { idleMs: 5, onError: fail });
    loop.start();
    await eventually(() => expect(rounds).toBeGreaterThan(3));
    await loop.stop();
  });

  it('lets what comes within the gap go together, and follows a hint after a rest at once', async () => {
    const began: number[] = [];
    let waiting = 0;
    const loop = new Wakeful(
      () => {
        began.push(performance.now());
        waiting = 0;
        return Promise.resolve(false);
      },
      { idleMs: 60_000, gapMs: 200, onError: fail },
    );
    loop.start();
    await eventually(() => expect(began).toHaveLength(1));
    await delay(250);
    waiting = 3;
    loop.wake();
    loop.wake();
    loop.wake();
    expect(began).toHaveLength(2); // at once
    waiting = 2;
    loop.wake();
    loop.wake();
    await eventually(() => expect(waiting).toBe(0));
    expect(began).toHaveLength(3);
    expect(began[2]! - began[1]!).toBeGreaterThanOrEqual(195);
    await loop.stop();
  });

  it('keeps a hint that comes while a round is under way', async () => {
    let finish: () => void = () => undefined;
    let rounds = 0;
    const loop = new Wakeful(
      async () => {
        if (++rounds === 1) await new Promise<void>((resolve) => (finish = resolve));
        return false;
      },
      { idleMs: 60_000, onError: fail },
    );
    loop.start();
    await eventually(() => rounds === 1);
    loop.wake();
    finish();
    await eventually(() => expect(rounds).toBe(2));
    await loop.stop();
  });

  it('goes on after an error, having reported it, and counts as in trouble meanwhile', async () => {
    const errors: unknown[] = [];
    let broken = true;
    const loop = new Wakeful(() => (broken ? Promise.reject(new Error('no')) : Promise.resolve(false)), {
      idleMs: 5,
      onError: (error) => errors.push(error),
    });
    loop.start();
    await eventually(() => expect(errors.length).toBeGreaterThan(1));
    await eventually(() => expect(loop.trouble(10)).toMatch('no progress'));
    broken = false;
    await eventually(() => expect(loop.trouble(100)).toBeNull());
    await loop.stop();
  });

  it('stops only when no round is under way, and starts none afterwards', async () => {
    let finish: () => void = () => undefined;
    let rounds = 0;
    const loop = new Wakeful(
      () => {
        rounds++;
        return new Promise<boolean>((resolve) => (finish = () => resolve(true)));
      },
      { idleMs: 1, onError: fail },
    );
    loop.start();
    await eventually(() => rounds === 1);
    let stopped = false;
    const stopping = loop.stop().then(() => (stopped = true));
    await Promise.resolve();
    expect(stopped).toBe(false);
    finish();
    await stopping;
    loop.wake();
    expect(rounds).toBe(1);
  });
});

function fail(error: unknown): void {
  throw error;
}
