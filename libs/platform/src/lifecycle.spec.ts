import { Unavailable } from './errors';
import { Lifecycle } from './lifecycle';

describe('the start of a process', () => {
  const started = (parts: readonly (() => void)[]) => {
    const lifecycle = new Lifecycle();
    parts.forEach((start, i) => lifecycle.add({ name: `part ${i}`, start, stop: () => Promise.resolve() }));
    return lifecycle.start();
  };

  it('starts a part again that found the database away, before the next', async () => {
    const log: string[] = [];
    let tries = 0;
    const waits = (): void => {
      log.push('first');
      if (++tries === 1) throw new Unavailable('database.unreachable', 'The database cannot be reached');
    };
    await started([waits, () => void log.push('second')]);
    expect(log).toEqual(['first', 'first', 'second']);
  });

  it('ends at what time does not mend', async () => {
    let tries = 0;
    const broken = (): never => {
      tries++;
      throw new Error('the topic has another number of partitions');
    };
    await expect(started([broken])).rejects.toThrow('partitions');
    expect(tries).toBe(1);
  });
});
