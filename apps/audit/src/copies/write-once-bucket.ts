import { signedS3, type S3Keys } from '@concordat/platform';
import { createHash } from 'node:crypto';
import { demandName, Overwriting, type WriteOnceStore } from './write-once';

const PATIENCE_MS = 10_000;
const DAY_MS = 86_400_000;

/**
 * Copies in a bucket of whatever speaks S3, with object lock: each is put only where nothing is (`If-None-Match: *`), and is
 * locked in compliance mode until so many days from then, in which no account can remove or replace it.
 */
export class WriteOnceBucket implements WriteOnceStore {
  readonly kind = 'bucket';

  constructor(
    private readonly bucket: URL,
    /** Of which log: the copies of another are none of this one's. */
    private readonly log: string,
    private readonly keys: S3Keys,
    private readonly lockedDays: number,
    private readonly now: () => Date = () => new Date(),
  ) {}

  async keep(name: string, bytes: Buffer): Promise<void> {
    const at = this.now();
    const { ok, status } = await this.ask('PUT', demandName(name), bytes, {
      'content-md5': createHash('md5').update(bytes).digest('base64'), // S3 asks for it where a lock is set
      'if-none-match': '*',
      'x-amz-object-lock-mode': 'COMPLIANCE',
      'x-amz-object-lock-retain-until-date': new Date(at.getTime() + this.lockedDays * DAY_MS).toISOString(),
    });
    if (ok) return;
    if (status !== 412) throw new Error(`the store of copies answered a PUT with ${status}`);
    if (!(await this.read(name)).equals(bytes)) throw new Overwriting(name);
  }

  async first(): Promise<string | null> {
    const response = await this.ask('GET', `?list-type=2&max-keys=1&prefix=${this.log}/`);
    if (!response.ok) throw new Error(`the store of copies answered a listing with ${response.status}`);
    const found = /<Key>([^<]+)<\/Key>/.exec(await response.text())?.[1];
    return found === undefined ? null : demandName(found.slice(this.log.length + 1));
  }

  async read(name: string): Promise<Buffer> {
    const response = await this.ask('GET', demandName(name));
    if (!response.ok) throw new Error(`the store of copies answered a GET with ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  }

  private ask(
    method: 'GET' | 'PUT',
    what: string,
    bytes: Buffer = Buffer.alloc(0),
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Response> {
    const folder = this.bucket.pathname.replace(/\/$/, '');
    const url = new URL(what.startsWith('?') ? `${folder}${what}` : `${folder}/${this.log}/${what}`, this.bucket);
    return fetch(url, {
      redirect: 'error',
      method,
      headers: signedS3(method, url, bytes, this.now(), this.keys, headers),
      ...(method === 'PUT' ? { body: new Uint8Array(bytes) } : {}),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  }
}
