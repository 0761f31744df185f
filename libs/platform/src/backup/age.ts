import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
} from 'node:crypto';
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';
import { privateKey, publicKey, rawPublic, readIdentity, readRecipient } from './age-keys';

// The age format, version 1 (age-encryption.org/v1), for one X25519 recipient: what is sealed here any `age` opens, and the
// other way round. Whoever seals cannot open, so a server that is broken into gives away none of its backups.

const VERSION = 'age-encryption.org/v1';
const CHUNK = 64 * 1024;
const TAG = 16;

const derive = (secret: Buffer, salt: Buffer, info: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, salt, info, 32));
const base64 = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '');
const mac = (fileKey: Buffer, header: string): Buffer =>
  createHmac('sha256', derive(fileKey, Buffer.alloc(0), 'header'))
    .update(header)
    .digest();

function encrypt(key: Buffer, nonce: Buffer, plain: Buffer): Buffer {
  const cipher = createCipheriv('chacha20-poly1305', key, nonce, { authTagLength: TAG });
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: Buffer, nonce: Buffer, sealed: Buffer): Buffer {
  if (sealed.length < TAG) throw new Error('The sealed file was cut short');
  const decipher = createDecipheriv('chacha20-poly1305', key, nonce, { authTagLength: TAG });
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG));
  return Buffer.concat([decipher.update(sealed.subarray(0, sealed.length - TAG)), decipher.final()]);
}

/** The nonce of a chunk: a counter of 11 bytes, and whether it is the last. */
function nonceOf(n: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(n, 5, 6);
  nonce[11] = last ? 1 : 0;
  return nonce;
}

/** Chunks of a fixed size pass through `each`; the last, shorter or full, is known only when the input ends. */
class Chunked extends Transform {
  private held: Buffer = Buffer.alloc(0);
  private n = 0;

  constructor(
    private readonly size: number,
    private readonly each: (chunk: Buffer, n: number, last: boolean) => Buffer,
  ) {
    super();
  }

  override _transform(bytes: Buffer, _: BufferEncoding, done: TransformCallback): void {
    try {
      this.held = this.held.length === 0 ? bytes : Buffer.concat([this.held, bytes]);
      let at = 0;
      while (this.held.length - at > this.size) {
        this.push(this.each(this.held.subarray(at, at + this.size), this.n++, false));
        at += this.size;
      }
      this.held = this.held.subarray(at);
      done();
    } catch (error) {
      done(error as Error);
    }
  }

  override _flush(done: TransformCallback): void {
    try {
      this.push(this.each(this.held, this.n, true));
      done();
    } catch (error) {
      done(error as Error);
    }
  }
}

/** seal is a stream that turns what goes in into a file of age for `recipient` (`age1…`). Throws when that is no key. */
export function seal(recipient: string): Transform {
  const to = readRecipient(recipient);
  const fileKey = randomBytes(16);
  const { privateKey: own } = generateKeyPairSync('x25519');
  const share = rawPublic(own);
  const wrap = derive(
    diffieHellman({ privateKey: own, publicKey: publicKey(to) }),
    Buffer.concat([share, to]),
    `${VERSION}/X25519`,
  );
  const body = encrypt(wrap, Buffer.alloc(12), fileKey);
  const header = `${VERSION}\n-> X25519 ${base64(share)}\n${base64(body)}\n---`;
  const nonce = randomBytes(16);
  const key = derive(fileKey, nonce, 'payload');
  const stream = new Chunked(CHUNK, (chunk, n, last) => encrypt(key, nonceOf(n, last), chunk));
  stream.push(Buffer.concat([Buffer.from(`${header} ${base64(mac(fileKey, header))}\n`), nonce]));
  return stream;
}

/** sealBytes is `seal` for what is in memory. */
export async function sealBytes(recipient: string, plain: Buffer): Promise<Buffer> {
  const stream = seal(recipient);
  stream.end(plain);
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/**
 * unseal is a stream that opens a file of age with a key file. It fails on a file for somebody else, and on one that was
 * changed or cut short: nothing is taken for whole before its last chunk has been seen.
 */
export function unseal(keyFile: string): Transform {
  const identity = readIdentity(keyFile);
  let header = Buffer.alloc(0);
  let payload: Chunked | null = null;
  const stream: Transform = new Transform({
    transform(bytes: Buffer, _, done) {
      if (payload) return void (payload.write(bytes) ? done() : payload.once('drain', done));
      header = Buffer.concat([header, bytes]);
      try {
        const end = endOf(header);
        if (end === null) return header.length > 64 * 1024 ? done(new Error('This is not a file of age')) : done();
        const key = derive(
          fileKeyOf(header.toString('latin1', 0, end), identity),
          header.subarray(end, end + 16),
          'payload',
        );
        payload = new Chunked(CHUNK + TAG, (chunk, n, last) => decrypt(key, nonceOf(n, last), chunk));
        payload.on('data', (plain) => stream.push(plain));
        payload.on('error', () => stream.destroy(new Error('The sealed file is not whole, or was changed')));
        const rest = header.subarray(end + 16);
        if (rest.length > 0) payload.write(rest);
        done();
      } catch (error) {
        done(error as Error);
      }
    },
    flush(done) {
      if (!payload) return done(new Error('This is not a file of age'));
      payload.once('end', done);
      payload.end();
    },
  });
  return stream;
}

/** Where the payload begins, once its header and nonce are here; null before. */
function endOf(bytes: Buffer): number | null {
  const mark = bytes.indexOf('\n--- ');
  const end = mark < 0 ? -1 : bytes.indexOf('\n', mark + 1);
  return end < 0 || bytes.length < end + 1 + 16 ? null : end + 1;
}

function fileKeyOf(header: string, identity: Buffer): Buffer {
  const signed = header.slice(0, header.lastIndexOf('---') + 3);
  const given = Buffer.from(header.slice(signed.length + 1).trim(), 'base64');
  if (!header.startsWith(`${VERSION}\n`)) throw new Error('This is not a file of age');
  const own = privateKey(identity);
  for (const [, share = '', body = ''] of header.matchAll(/^-> X25519 (\S+)\n(\S+)$/gm)) {
    const theirs = Buffer.from(share, 'base64');
    const secret = diffieHellman({ privateKey: own, publicKey: publicKey(theirs) });
    const wrap = derive(secret, Buffer.concat([theirs, rawPublic(own)]), `${VERSION}/X25519`);
    let fileKey: Buffer;
    try {
      fileKey = decrypt(wrap, Buffer.alloc(12), Buffer.from(body, 'base64'));
    } catch {
      continue; // for another recipient
    }
    const ours = mac(fileKey, signed);
    if (given.length !== ours.length || !timingSafeEqual(given, ours)) throw new Error('The header was changed');
    return fileKey;
  }
  throw new Error('This file is sealed to another key');
}
