import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
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

const packageAt = (name: string): string => dirname(require.resolve(`${name}/package.json`));
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
      ...this.ownModules(['live-updates', 'session-warning']),
    };
    const entry = readFileSync(join(__dirname, 'browser.mjs'), 'utf8').replace(
      /'\.\/([\w-]+\.js)'/g,
      (_, name: string) => `'${modules[name]}'`,
    );
    this.script = this.addHashed('browser', '.js', Buffer.from(entry));
    this.add('images/favicon.svg', readFileSync(join(__dirname, 'favicon.svg')), false);
    this.addIcons(join(moj, 'moj/assets/images'));
  }

  find(path: string): Asset | undefined {
    return this.byPath.get(path);
  }

  private ownModules(names: readonly string[]): Record<string, string> {
    return Object.fromEntries(
      names.map((name) => [`${name}.js`, this.addHashed(name, '.js', readFileSync(join(__dirname, `${name}.mjs`)))]),
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
