import { connect, createServer, type Server, type Socket, type AddressInfo } from 'node:net';
import { eventually } from '@concordat/testing';
import { FaultProxy } from './proxy';

/** A server that answers everything in capitals, and a client that remembers what it was told. */
describe('FaultProxy', () => {
  let server: Server;
  let proxy: FaultProxy;
  const open: Socket[] = [];
  let received = '';

  beforeEach(async () => {
    received = '';
    server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (bytes) => {
        received += bytes.toString();
        socket.write(bytes.toString().toUpperCase());
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    proxy = await FaultProxy.open((server.address() as AddressInfo).port);
  });
  afterEach(async () => {
    for (const socket of open.splice(0)) socket.destroy();
    await proxy.close();
    await new Promise((done) => server.close(done));
  });

  function client() {
    const told = { text: '', error: null as string | null, closed: false };
    const socket = connect(proxy.port, '127.0.0.1');
    open.push(socket);
    socket.on('data', (bytes) => (told.text += bytes.toString()));
    socket.on('error', (error: NodeJS.ErrnoException) => (told.error = error.code ?? 'error'));
    socket.on('close', () => (told.closed = true));
    return { told, socket, say: (text: string) => void socket.write(text) };
  }

  it('passes bytes on in both directions, and the end', async () => {
    const { told, say, socket } = client();
    say('hello');
    await eventually(() => told.text === 'HELLO');
    socket.end();
    await eventually(() => told.closed && proxy.connections === 0);
    expect(told.error).toBeNull();
  });

  it('delays and keeps the order, also over the end of the delay', async () => {
    const { told, say } = client();
    say('a');
    await eventually(() => told.text === 'A');
    proxy.begin({ effect: 'latency', ms: 80 });
    const began = performance.now();
    say('b');
    await eventually(() => received === 'ab');
    expect(performance.now() - began).toBeGreaterThanOrEqual(75);
    proxy.end();
    say('c');
    await eventually(() => told.text === 'ABC');
  });

  it('resets what is open and what comes, and lets both in again', async () => {
    const { told, say } = client();
    say('a');
    await eventually(() => told.text === 'A');
    proxy.begin({ effect: 'reset' });
    await eventually(() => told.error === 'ECONNRESET');
    const refused = client();
    refused.say('b');
    await eventually(() => refused.told.closed);
    expect(refused.told.text).toBe('');
    proxy.end();
    const later = client();
    later.say('c');
    await eventually(() => later.told.text === 'C');
  });

  it('swallows everything while half-open, and resets the connection when it heals', async () => {
    const { told, say } = client();
    say('a');
    await eventually(() => told.text === 'A');
    proxy.begin({ effect: 'half-open' });
    say('b');
    const fresh = client();
    fresh.say('c');
    await eventually(() => proxy.connections === 2);
    await new Promise((done) => setTimeout(done, 60));
    expect([received, told.closed, fresh.told.closed]).toEqual(['a', false, false]);
    proxy.end();
    await eventually(() => told.error === 'ECONNRESET' && fresh.told.error === 'ECONNRESET');
    expect(received).toBe('a');
  });

  it.each(['requests', 'replies'] as const)('loses %s only', async (lost) => {
    const { told, say } = client();
    say('a');
    await eventually(() => told.text === 'A');
    proxy.begin({ effect: 'one-way', lost });
    say('b');
    if (lost === 'replies') await eventually(() => received === 'ab');
    await new Promise((done) => setTimeout(done, 60));
    expect([told.text, received]).toEqual(['A', lost === 'replies' ? 'ab' : 'a']);
    proxy.end();
    await eventually(() => told.error === 'ECONNRESET');
  });

  it('cuts a connection in the middle of a message', async () => {
    const { told, say } = client();
    proxy.begin({ effect: 'byte-limit', bytes: 5 });
    say('0123456789');
    await eventually(() => told.closed);
    expect(received).toBe('01234');
    expect(told.error).toBe('ECONNRESET');
  });

  it('tells the caller that nobody is there', async () => {
    await new Promise((done) => server.close(done));
    const { told } = client();
    await eventually(() => told.closed);
    server.listen(0, '127.0.0.1');
  });
});
