import { demandKey, type ObjectStore } from './object-store';
import { signed, type S3Keys } from './s3-signature';

const PATIENCE_MS = 30_000;

/** Documents in a bucket of whatever speaks S3, by path: `<endpoint>/<bucket>/<key>`. Encryption at rest is the bucket's. */
export class S3Store implements ObjectStore {
  constructor(
    private readonly bucket: URL,
    private readonly keys: S3Keys,
  ) {}

  async put(key: string, bytes: Buffer): Promise<void> {
    const { ok, status } = await this.ask('PUT', key, bytes);
    if (!ok) throw new Error(`the object store answered a PUT with ${status}`);
  }

  async get(key: string): Promise<Buffer | null> {
    const response = await this.ask('GET', key);
    if (response.status === 404) return null;
    if (!response.ok) throw new Error(`the object store answered a GET with ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  }

  async remove(key: string): Promise<void> {
    const { ok, status } = await this.ask('DELETE', key);
    if (!ok && status !== 404) throw new Error(`the object store answered a DELETE with ${status}`);
  }

  private ask(method: string, key: string, bytes: Buffer = Buffer.alloc(0)): Promise<Response> {
    const url = new URL(`${this.bucket.pathname.replace(/\/$/, '')}/${demandKey(key)}`, this.bucket);
    return fetch(url, {
      redirect: 'error',
      method,
      headers: signed(method, url, bytes, new Date(), this.keys),
      ...(method === 'PUT' ? { body: new Uint8Array(bytes) } : {}),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  }
}
