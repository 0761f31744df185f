import type { Settings } from '../config';
import { Unavailable } from '../errors';
import { SETTINGS } from '../platform.module';
import { Inject, Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { FolderStore } from './folder-store';
import type { ObjectStore } from './object-store';
import { S3Store } from './s3-store';
import { clamd, type Scan, type Scanner } from './scanner';

/** SHA-256 in hexadecimal: what the database keeps of a file, and compares at every reading. */
export const digestOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Where documents are kept and what looks for malware, as this deployment has them. Whatever fails, nothing is taken or given. */
@Injectable()
export class Keeping {
  private readonly store: ObjectStore;
  private readonly scanner: Scanner | null;

  constructor(@Inject(SETTINGS) private readonly settings: Settings) {
    const { DOCUMENT_BUCKET, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY, S3_REGION, CLAMD_ADDRESS } = settings;
    this.store = DOCUMENT_BUCKET
      ? new S3Store(new URL(DOCUMENT_BUCKET), {
          region: S3_REGION,
          accessKey: S3_ACCESS_KEY_ID ?? '',
          secretKey: S3_SECRET_ACCESS_KEY ?? '',
        })
      : new FolderStore(join(settings.dataDir, 'documents'));
    const [host = '', port = '3310'] = CLAMD_ADDRESS?.split(':') ?? [];
    this.scanner = host ? clamd(host, Number(port)) : null;
  }

  async scan(bytes: Buffer): Promise<Scan> {
    if (!this.scanner) {
      if (!this.settings.production) return 'not-scanned';
      throw new Unavailable('document.no-scanner', 'Files cannot be checked for malware here, so none is taken');
    }
    return this.scanner(bytes).catch(() => {
      throw new Unavailable('document.not-scanned', 'The file could not be checked for malware. Try again later');
    });
  }

  async put(key: string, bytes: Buffer): Promise<void> {
    await this.store.put(key, bytes).catch(() => {
      throw new Unavailable('document.not-kept', 'The file could not be kept. Try again later');
    });
  }

  /** The bytes under a key, if they are those that were kept. Throws Unavailable for anything else. */
  async get(key: string, digest: string): Promise<Buffer> {
    const bytes = await this.store.get(key).catch(() => null);
    if (!bytes || digestOf(bytes) !== digest)
      throw new Unavailable('document.damaged', 'The file cannot be read as it was kept. It has been recorded');
    return bytes;
  }

  remove(key: string): Promise<void> {
    return this.store.remove(key);
  }
}
