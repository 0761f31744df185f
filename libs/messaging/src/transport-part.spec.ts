import { createLogger } from '@concordat/platform';
import { TransportPart } from './transport-part';

describe('TransportPart', () => {
  const made = () => {
    let settle!: { done: () => void; fail: (error: Error) => void };
    const begun = new Promise<void>((done, fail) => (settle = { done, fail }));
    const told: string[] = [];
    const transport = {
      partitioned: true,
      subscribe: () => undefined,
      send: () => Promise.resolve(),
      start: () => begun,
      stop: () => Promise.resolve(void told.push('stopped')),
      trouble: () => 'its own',
    };
    const part = new TransportPart(transport, createLogger('test', 'silent'), () => told.push('failed'));
    return { part, told, ...settle };
  };
  const turn = () => new Promise((done) => setImmediate(done));

  it('does not wait for the transport, and says so until it has started', async () => {
    const { part, done } = made();
    expect(part.start()).toBeUndefined();
    expect(part.trouble()).toBe('has not joined yet');
    done();
    await turn();
    expect(part.trouble()).toBe('its own');
  });

  it('ends the process when the transport will never start, but not while stopping', async () => {
    const failing = made();
    failing.part.start();
    failing.fail(new Error('no such cluster'));
    await turn();
    expect(failing.told).toEqual(['failed']);

    const stopping = made();
    stopping.part.start();
    await stopping.part.stop();
    stopping.fail(new Error('disconnected'));
    await turn();
    expect(stopping.told).toEqual(['stopped']);
  });
});
