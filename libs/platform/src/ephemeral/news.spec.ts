import type { Logger } from 'pino';
import type { Settings } from '../config';
import type { ProcessInfo } from '../platform.module';
import type { Ephemeral } from './ephemeral';
import { News } from './news';

const at = (second: number) => ({ at: new Date(second * 1_000) });

class HeardNews extends News {
  readonly told: string[] = [];
  closed = 0;
  opened = 0;

  constructor(private readonly coming: (made: Ephemeral) => Promise<Ephemeral>) {
    super({} as Settings, {} as ProcessInfo, { debug: () => undefined } as unknown as Logger);
  }

  protected override connect(): Promise<Ephemeral> {
    this.opened++;
    return this.coming({
      publish: (channel: string, message: string) => Promise.resolve(void this.told.push(`${channel} ${message}`)),
      close: () => Promise.resolve(void this.closed++),
    } as unknown as Ephemeral);
  }
}

describe('news of changes', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());
  const settled = () => jest.advanceTimersByTimeAsync(0);

  it('are told at once, then once a second at most, the last of them always', async () => {
    const news = new HeardNews((made) => Promise.resolve(made));
    news.onApplicationBootstrap();
    await settled();
    for (const second of [1, 2, 3]) news.changed('a', at(second));
    news.changed('b', at(4));
    await settled();
    expect(news.told).toEqual(['a 1000', 'b 4000']);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(news.told).toEqual(['a 1000', 'b 4000', 'a 3000']);
    await jest.advanceTimersByTimeAsync(5_000);
    expect(news.told).toHaveLength(3);
    await news.onApplicationShutdown();
    expect([news.opened, news.closed]).toEqual([1, 1]);
  });

  it('are of one thing at a time: what of, and its version, go with them', async () => {
    const news = new HeardNews((made) => Promise.resolve(made));
    news.onApplicationBootstrap();
    await settled();
    for (const version of [1, 2]) news.changed('a', { ...at(1), what: 'notes', version });
    news.changed('a', { ...at(2), what: 'case' });
    await jest.advanceTimersByTimeAsync(1_000);
    expect(news.told).toEqual(['a 1000 notes 1', 'a 2000 case', 'a 1000 notes 2']);
    await news.onApplicationShutdown();
  });

  it('wait for no store that does not come, neither at an event nor at the end', async () => {
    const news = new HeardNews(() => new Promise(() => undefined));
    news.onApplicationBootstrap();
    for (const second of [1, 2, 3]) {
      news.changed('a', at(second));
      await jest.advanceTimersByTimeAsync(2_000);
    }
    await news.onApplicationShutdown();
    expect([news.opened, news.told]).toEqual([1, []]);
  });

  it('try again when there was no store, and leave none open that comes too late', async () => {
    let come: () => void = () => undefined;
    const news: HeardNews = new HeardNews((made) =>
      news.opened === 1 ? Promise.reject(new Error('refused')) : new Promise((r) => (come = () => r(made))),
    );
    news.onApplicationBootstrap();
    await settled();
    news.changed('a', at(1));
    await settled();
    expect(news.opened).toBe(2);
    await news.onApplicationShutdown();
    come();
    await settled();
    expect(news.closed).toBe(1);
  });
});
