import { pino } from 'pino';
import { AT_ONCE_MS, Sweep } from './sweep';

describe('a sweep', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const log = pino({ level: 'silent' });

  it('begins a round after it last ended, and the first after its start', async () => {
    let rounds = 0;
    const sweep = new Sweep('test', 10_000, () => Promise.resolve(void rounds++), log);
    sweep.start();
    await jest.advanceTimersByTimeAsync(9_999);
    expect(rounds).toBe(0);
    await jest.advanceTimersByTimeAsync(1);
    expect(rounds).toBe(1);
    await sweep.stop();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(rounds).toBe(1);
  });

  it('of what has its time begins at once, for it may be gone again before a round has passed', async () => {
    let rounds = 0;
    const sweep = new Sweep('test', 10_000, () => Promise.resolve(void rounds++), log, AT_ONCE_MS);
    sweep.start();
    await jest.advanceTimersByTimeAsync(AT_ONCE_MS);
    expect(rounds).toBe(1);
    await jest.advanceTimersByTimeAsync(9_999);
    expect(rounds).toBe(1);
    await jest.advanceTimersByTimeAsync(1);
    expect(rounds).toBe(2);
    await sweep.stop();
  });

  it('goes on after a round that failed', async () => {
    let rounds = 0;
    const work = () => (rounds++ === 0 ? Promise.reject(new Error('the database is away')) : Promise.resolve());
    const sweep = new Sweep('test', 1_000, work, log);
    sweep.start();
    await jest.advanceTimersByTimeAsync(2_000);
    expect(rounds).toBe(2);
    await sweep.stop();
  });
});
