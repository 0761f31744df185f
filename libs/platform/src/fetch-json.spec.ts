import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fetchJson } from './fetch-json';

describe('fetchJson', () => {
  const asked: (string | undefined)[] = [];
  /** How many of the requests that come next are cut off, with their connection, before anything is answered. */
  let cuts = 0;
  let server: Server;
  let url = '';
  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push(request.headers['idempotency-key'] as string | undefined);
      if (cuts-- > 0) request.socket.destroy();
      else if (request.url === '/elsewhere') response.writeHead(307, { location: '/' }).end();
      else response.writeHead(200, { 'content-type': 'application/json' }).end('{"there":true}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  beforeEach(() => (asked.length = 0));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it('asks once more, under the same key, when the connection is cut off before an answer', async () => {
    cuts = 1;
    const init = { method: 'POST', body: '{}', headers: { 'idempotency-key': 'k' } };
    expect(await fetchJson(url, init)).toEqual({ there: true });
    expect(asked).toEqual(['k', 'k']);
  });

  it('gives up when it is cut off again, and at once when nobody is there', async () => {
    cuts = 2;
    await expect(fetchJson(url, {})).rejects.toMatchObject({ code: 'service.unreachable' });
    expect(asked).toHaveLength(2);
    await expect(fetchJson('http://127.0.0.1:1/', {})).rejects.toMatchObject({ code: 'service.unreachable' });
  });

  it('follows no redirect: what it carries is for whom it asked', async () => {
    await expect(fetchJson(`${url}elsewhere`, {})).rejects.toMatchObject({ code: 'service.unreachable' });
    expect(asked).toHaveLength(1);
  });
});
