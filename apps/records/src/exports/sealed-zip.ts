import { createCipheriv, createHmac, pbkdf2Sync, randomBytes, type Cipher, type Hmac } from 'node:crypto';

/**
 * A ZIP archive of one file, encrypted with AES-256 so that common archivers open it with its password ("AE-2", APPNOTE 7.2 and
 * WinZip's AES Encryption Information). It is written piece by piece: nothing of it is kept in memory but counters.
 */
export class SealedZip {
  private readonly cipher: Cipher;
  private readonly hmac: Hmac;
  private block = 1n;
  private rest: Buffer = Buffer.alloc(0);
  private plain = 0;

  constructor(
    private readonly name: string,
    private readonly lock: Lock,
    private readonly at: Date,
  ) {
    this.cipher = createCipheriv('aes-256-ecb', lock.keys.subarray(0, KEY), null).setAutoPadding(false);
    this.hmac = createHmac('sha1', lock.keys.subarray(KEY, 2 * KEY));
  }

  /** Everything before the file's content. */
  begin(): Buffer {
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    this.common(header, 4);
    return Buffer.concat([header, Buffer.from(this.name), EXTRA, this.lock.salt, this.lock.keys.subarray(2 * KEY)]);
  }

  /** A piece of content, encrypted. */
  write(text: string): Buffer {
    const piece = Buffer.from(text, 'utf8');
    this.plain += piece.length;
    const stream = Buffer.concat([this.rest, this.keystream(piece.length - this.rest.length)]);
    for (let i = 0; i < piece.length; i++) piece[i] = piece[i]! ^ stream[i]!;
    this.rest = stream.subarray(piece.length);
    this.hmac.update(piece);
    return piece;
  }

  /** Everything after the content. */
  end(): Buffer {
    const sealed = SALT + VERIFIER + this.plain + CODE;
    const descriptor = Buffer.alloc(16);
    descriptor.writeUInt32LE(0x08074b50, 0); // its checksum stays 0: the authentication code stands for it (AE-2)
    descriptor.writeUInt32LE(sealed, 8);
    descriptor.writeUInt32LE(this.plain, 12);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(VERSION, 4);
    this.common(entry, 6);
    entry.writeUInt32LE(sealed, 20);
    entry.writeUInt32LE(this.plain, 24);
    const directory = Buffer.concat([entry, Buffer.from(this.name), EXTRA]);
    const start = 30 + Buffer.byteLength(this.name) + EXTRA.length + sealed + descriptor.length;
    const last = Buffer.alloc(22);
    last.writeUInt32LE(0x06054b50, 0);
    last.writeUInt16LE(1, 8);
    last.writeUInt16LE(1, 10);
    last.writeUInt32LE(directory.length, 12);
    last.writeUInt32LE(start, 16);
    return Buffer.concat([this.hmac.digest().subarray(0, CODE), descriptor, directory, last]);
  }

  /** The part that a file's header and its entry in the directory share. */
  private common(header: Buffer, from: number): void {
    const d = this.at;
    header.writeUInt16LE(VERSION, from);
    header.writeUInt16LE(0x0809, from + 2); // encrypted, sizes follow the content, names in UTF-8
    header.writeUInt16LE(99, from + 4);
    header.writeUInt16LE((d.getUTCHours() << 11) | (d.getUTCMinutes() << 5) | (d.getUTCSeconds() >> 1), from + 6);
    header.writeUInt16LE(((d.getUTCFullYear() - 1980) << 9) | ((d.getUTCMonth() + 1) << 5) | d.getUTCDate(), from + 8);
    header.writeUInt16LE(Buffer.byteLength(this.name), from + 22);
    header.writeUInt16LE(EXTRA.length, from + 24);
  }

  /** At least this many bytes of key stream: blocks counted from 1, the lowest byte first, which no mode of OpenSSL does. */
  private keystream(bytes: number): Buffer {
    if (bytes <= 0) return Buffer.alloc(0);
    const counters = Buffer.alloc(Math.ceil(bytes / BLOCK) * BLOCK);
    for (let at = 0; at < counters.length; at += BLOCK) counters.writeBigUInt64LE(this.block++, at);
    return this.cipher.update(counters);
  }
}

/** What opens an archive, made of its password, which is not kept. */
export interface Lock {
  readonly salt: Buffer;
  /** Of encryption and authentication, and the two bytes by which a wrong password is noticed. */
  readonly keys: Buffer;
}

const [KEY, SALT, VERIFIER, CODE, BLOCK, VERSION] = [32, 16, 2, 10, 16, 51];
/** The format has it so; a password has to be strong by itself. */
const ROUNDS = 1_000;

export function lockOf(password: string, salt = randomBytes(SALT)): Lock {
  return { salt, keys: pbkdf2Sync(password, salt, ROUNDS, 2 * KEY + VERIFIER, 'sha1') };
}

/** AE-2, AES-256, content stored as it is. */
const EXTRA = Buffer.from([0x01, 0x99, 0x07, 0x00, 0x02, 0x00, 0x41, 0x45, 0x03, 0x00, 0x00]);
