import fastify, { type FastifyInstance } from 'fastify';
import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { Requests } from './requests';

/** A server as `run` makes it, and people on connections that they keep. */
describe('a process that leaves', () => {
  let app: FastifyInstance;
  let requests: Requests;
  let answer: () => void;
  let port: number;

  beforeEach(async () => {
    app = fastify({ forceCloseConnections: true });
    requests = new Requests();
    requests.watch(app);
    app.get('/quick', () => 'ok');
    app.get('/slow', () => new Promise((done) => (answer = () => done('at last'))));
    app.get('/by-itself', (_, reply) => {
      reply.hijack();
      reply.raw.end('by a library');
    });
    await app.listen({ port: 0, host: '127.0.0.1' });
    ({ port } = app.server.address() as AddressInfo);
  });
  afterEach(() => app.close());

  const connected = async (): Promise<Socket> => {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return socket.setEncoding('utf8');
  };
  const asks = async (socket: Socket, path: string): Promise<string> => {
    socket.write(`GET ${path} HTTP/1.1\r\nhost: here\r\n\r\n`);
    const [text] = (await once(socket, 'data')) as [string];
    return text.toLowerCase();
  };

  it('says on every answer from then on that the connection ends with it', async () => {
    const [one, other] = [await connected(), await connected()];
    expect(await asks(one, '/quick')).toContain('connection: keep-alive');
    requests.leave();
    const ended = [once(one, 'end'), once(other, 'end')];
    expect(await asks(one, '/quick')).toContain('connection: close');
    expect(await asks(other, '/by-itself')).toContain('connection: close');
    await Promise.all(ended);
  });

  it('ends connections that nobody asks on, takes no more, and answers whoever has asked before it is done', async () => {
    const [idle, busy] = [await connected(), await connected()];
    await asks(idle, '/quick');
    const [ended, answered] = [once(idle, 'end'), asks(busy, '/slow')];
    while (requests.inFlight === 0) await new Promise(setImmediate);
    let done = false;
    const draining = requests.drain(app.server).then(() => (done = true));
    await ended;
    await expect(connected()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect([done, requests.inFlight]).toEqual([false, 1]);
    answer();
    expect(await answered).toContain('at last');
    await draining;
  });

  it('answers who had connected, and asks a moment after', async () => {
    const late = await connected();
    while ((await connectionsOf(app)) === 0) await new Promise(setImmediate);
    const draining = requests.drain(app.server);
    while (app.server.listening) await new Promise(setImmediate);
    expect(await asks(late, '/quick')).toContain('connection: close');
    await draining;
  });
});

const connectionsOf = (app: FastifyInstance): Promise<number> =>
  new Promise((done) => app.server.getConnections((_, count) => done(count)));
