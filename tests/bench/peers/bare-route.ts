import { freePorts, ServerProcess } from '../../../tools/infrastructure/server-process';
import { built } from '../../../tools/services/built';
import { isReady } from '../../../tools/services/node-process';

/** bareRoute starts `bare.ts` in a process of its own, with its output in `dir`. Whoever started it stops it. */
export async function bareRoute(dir: string): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const [port = 0] = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  const process_ = new ServerProcess({
    ...{ name: 'bare', file: process.execPath, args: [built('tests/bench/peers/bare'), `${port}`], dir },
    ...{ ready: () => isReady(url), readyWithinMs: 20_000 },
  });
  await process_.start();
  return { url, stop: () => process_.stop() };
}
