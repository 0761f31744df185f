import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyName } from './copy-name';
import { Overwriting, type WriteOnceStore } from './write-once';
import { WriteOnceBucket } from './write-once-bucket';
import { WriteOnceFolder } from './write-once-folder';

/** As much of S3 as copies ask of it: PUT where nothing is, GET, and a listing in order. */
class Bucket {
  readonly objects = new Map<string, { body: Buffer; headers: IncomingHttpHeaders }>();
  readonly server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const url = new URL(request.url!, 'http://bucket.example');
      const name = url.pathname.replace('/copies', '').slice(1);
      if (!request.headers['authorization']?.includes('/s3/aws4_request')) response.statusCode = 403;
      else if (url.searchParams.has('list-type')) {
        const prefix = url.searchParams.get('prefix')!;
        const [first] = [...this.objects.keys()].filter((key) => key.startsWith(prefix)).sort();
        response.write(
          `<ListBucketResult>${first ? `<Contents><Key>${first}</Key></Contents>` : ''}</ListBucketResult>`,
        );
      } else if (request.method === 'PUT') {
        if (this.objects.has(name) && request.headers['if-none-match'] === '*') response.statusCode = 412;
        else this.objects.set(name, { body: Buffer.concat(parts), headers: request.headers });
      } else if (this.objects.has(name)) response.write(this.objects.get(name)!.body);
      else response.statusCode = 404;
      response.end();
    });
  });

  async open(): Promise<URL> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return new URL(`http://127.0.0.1:${(this.server.address() as AddressInfo).port}/copies`);
  }
}

describe('write-once copies', () => {
  const folder = mkdtempSync(join(tmpdir(), 'concordat-once-'));
  const bucket = new Bucket();
  const at = new Date('2026-11-29T10:00:00Z');
  const stores: Record<'folder' | 'bucket', WriteOnceStore> = {} as never;
  beforeAll(async () => {
    stores.folder = new WriteOnceFolder(join(folder, 'copies'));
    const keys = { region: 'eu-west-2', accessKey: 'id', secretKey: 'secret' };
    stores.bucket = new WriteOnceBucket(await bucket.open(), 'this-log', keys, 30, () => at);
  });
  afterAll(() => {
    bucket.server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(['folder', 'bucket'] as const)(
    'in a %s are kept once, found by the largest, and never replaced',
    async (kind) => {
      const store = stores[kind];
      expect(await store.first()).toBeNull();
      const [small, large] = [copyName(9n, 'nine'), copyName(10n, 'ten')];
      await store.keep(large, Buffer.from('ten'));
      await store.keep(small, Buffer.from('nine'));
      await store.keep(large, Buffer.from('ten')); // again, after a crash that came before it was known
      expect(await store.first()).toBe(large);
      expect((await store.read(large)).toString()).toBe('ten');
      await expect(store.keep(large, Buffer.from('other'))).rejects.toThrow(Overwriting);
      expect((await store.read(large)).toString()).toBe('ten');
      bucket.objects.set(`another-log/${copyName(99n, 'theirs')}`, { body: Buffer.from('theirs'), headers: {} });
      expect(await store.first()).toBe(large);
      await expect(store.keep('../escape', Buffer.from('x'))).rejects.toThrow('not a name');
    },
  );

  it('in a folder are readable only, whole, and leave nothing beside them', () => {
    const names = readdirSync(join(folder, 'copies'));
    expect(names).toHaveLength(2);
    for (const name of names) expect(statSync(join(folder, 'copies', name)).mode & 0o777).toBe(0o400);
  });

  it('in a bucket are locked in compliance mode for so many days', () => {
    const { headers } = bucket.objects.get(`this-log/${copyName(10n, 'ten')}`)!;
    expect(headers).toMatchObject({
      'if-none-match': '*',
      'x-amz-object-lock-mode': 'COMPLIANCE',
      'x-amz-object-lock-retain-until-date': '2026-12-29T10:00:00.000Z',
      'content-md5': expect.stringMatching(/==$/),
    });
  });

  it('show that somebody altered one all the same', async () => {
    const path = join(folder, 'copies', copyName(9n, 'nine'));
    chmodSync(path, 0o600);
    writeFileSync(path, 'none');
    expect(readFileSync(path, 'utf8')).toBe('none');
    await expect(stores.folder.keep(copyName(9n, 'nine'), Buffer.from('nine'))).rejects.toThrow(Overwriting);
  });
});
