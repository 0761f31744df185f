import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { packageAt } from '../design/templates';
import { stylesheet } from './stylesheet';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

/** A file that browsers may have. */
export class Asset {
  private compressed: Buffer | null = null;

  constructor(
    readonly bytes: Buffer,
    readonly type: string,
    /** Its name carries a digest of its content: it never changes. */
    readonly immutable: boolean,
  ) {}

  /** Compressed once, when somebody first asks for it. */
  get gzip(): Buffer {
    return (this.compressed ??= gzipSync(this.bytes, { level: 9 }));
  }
}

const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex').slice(0, 16);

/** All assets by their path under `/assets/`. Read once, kept in memory: it is a third of a megabyte. */
export class Assets {
  private readonly byPath = new Map<string, Asset>();
  readonly stylesheet: string;
  readonly script: string;

  constructor() {
    this.stylesheet = this.addHashed('concordat', '.css', Buffer.from(stylesheet()));
    const govuk = join(packageAt('govuk-frontend'), 'dist/govuk/govuk-frontend.min.js');
    const moj = packageAt('@ministryofjustice/frontend');
    const modules: Record<string, string> = {
      'govuk-frontend.js': this.addHashed('govuk-frontend', '.js', withoutMap(readFileSync(govuk))),
      'moj-frontend.js': this.addHashed(
        'moj-frontend',
        '.js',
        withoutMap(readFileSync(join(moj, 'moj/moj-frontend.min.js'))),
      ),
    };
    // Each before those that import it: an address is a digest of what is at it.
    for (const name of [
      'agenda-order',
      'live-updates',
      'sending',
      'session-warning',
      'merge',
      'note-keeper',
      'case-timer',
      'session-screen',
    ])
      modules[`${name}.mjs`] = this.addHashed(name, '.js', this.ownModule(name, modules));
    this.script = this.addHashed('browser', '.js', this.ownModule('browser', modules));
    this.add('images/favicon.svg', readFileSync(join(__dirname, 'favicon.svg')), false);
    this.addIcons(join(moj, 'moj/assets/images'));
  }

  find(path: string): Asset | undefined {
    return this.byPath.get(path);
  }

  /** One of our modules, with the addresses of what it imports. */
  private ownModule(name: string, modules: Readonly<Record<string, string>>): Buffer {
    const text = readFileSync(join(__dirname, `${name}.mjs`), 'utf8');
    return Buffer.from(
      text.replace(/'\.\/([\w-]+\.m?js)'/g, (_, imported: string) => {
        if (!modules[imported]) throw new Error(`${name} imports ${imported}, which is not served`);
        return `'${modules[imported]}'`;
      }),
    );
  }

  /** The icons that the MoJ's stylesheet names. Nothing with a crown or a crest: those are for gov.uk domains. */
  private addIcons(folder: string): void {
    if (!existsSync(folder)) return;
    for (const name of readdirSync(folder).filter((each) => each.startsWith('icon-')))
      this.add(`images/${name}`, readFileSync(join(folder, name)), false);
  }

  private addHashed(name: string, extension: string, bytes: Buffer): string {
    const path = `${name}-${digest(bytes)}${extension}`;
    this.add(path, bytes, true);
    return `/assets/${path}`;
  }

  private add(path: string, bytes: Buffer, immutable: boolean): void {
    this.byPath.set(path, new Asset(bytes, TYPES[extname(path)] ?? 'application/octet-stream', immutable));
  }
}

/** Source maps are not served, so nothing may name them. */
const withoutMap = (bytes: Buffer): Buffer =>
  Buffer.from(bytes.toString('utf8').replace(/\n?\/\/# sourceMappingURL=.*\s*$/, '\n'));
