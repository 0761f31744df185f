import type { Ephemeral } from '@concordat/platform';
import type { PassThrough } from 'node:stream';
import { Live } from './live';

describe('live updates', () => {
  let heard: (at: string) => void;
  let listening: string[];
  let live: Live;
  beforeEach(() => {
    jest.useFakeTimers();
    listening = [];
    live = new Live({
      subscribe: (channel: string, hear: (at: string) => void) => {
        listening.push(channel);
        heard = hear;
        return Promise.resolve(() => Promise.resolve(void listening.pop()));
      },
    } as unknown as Ephemeral);
  });
  afterEach(() => jest.useRealTimers());

  const listen = async (entitled = () => Promise.resolve(true)) => {
    const stream = await live.listen({ channel: 'worklist/a', since: 1_000, entitled });
    let text = '';
    stream.on('data', (bytes: Buffer) => (text += bytes.toString()));
    return { stream, said: async () => (await jest.advanceTimersByTimeAsync(0), text) };
  };
  const ended = async (stream: PassThrough) => (await jest.advanceTimersByTimeAsync(0), stream.closed);

  it('tell of what changed after the page was made, and of nothing before', async () => {
    const { said } = await listen();
    heard('1000');
    expect(await said()).not.toContain('changed');
    heard('1001');
    expect(await said()).toContain('event: changed\n');
    heard('1002 notes 7');
    expect(await said()).toContain('event: changed\ndata: notes 7\n\n');
  });

  it('end when the listener may listen no longer, or that cannot be asked', async () => {
    let may = Promise.resolve(true);
    const { stream } = await listen(() => may);
    await jest.advanceTimersByTimeAsync(15_000);
    expect(await ended(stream)).toBe(false);
    may = Promise.resolve(false);
    await jest.advanceTimersByTimeAsync(15_000);
    expect(await ended(stream)).toBe(true);
    expect(listening).toEqual([]);
    const other = await listen(() => Promise.reject(new Error('no store')));
    await jest.advanceTimersByTimeAsync(15_000);
    expect(await ended(other.stream)).toBe(true);
  });

  it('end with the process and after ten minutes, and what comes then harms nothing', async () => {
    const [first, second] = [await listen(), await listen()];
    const failed = jest.fn();
    for (const { stream } of [first, second]) stream.on('error', failed);
    live.onModuleDestroy();
    heard('2000');
    expect(await ended(first.stream)).toBe(true);
    const third = await listen();
    await jest.advanceTimersByTimeAsync(10 * 60_000);
    heard('3000');
    expect(await ended(third.stream)).toBe(true);
    expect(failed).not.toHaveBeenCalled();
  });
});
