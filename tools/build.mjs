/**
 * Builds apps, libs, tools and the benchmarks into dist/, file by file with SWC: `npm run build`, and `ensureBuilt()`
 * for everything that runs from dist. Only what changed since the last build is done again; with nothing changed it is
 * a walk over the sources (about 20 ms).
 */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, relative } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { withLock } from './build/lock.mjs';
import { compileStylesheets, isStylesheet } from './build/stylesheets.mjs';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const DIST = join(ROOT, 'dist');
const MANIFEST = join(DIST, '.build.json');
const FOLDERS = ['apps', 'libs', 'tools', 'tests/bench', 'tests/faults'];

const isSource = (path) => /\.ts$/.test(path) && !/(\.spec|\.d)\.ts$/.test(path);
// Helpers of tests (*.testing.ts) are built as well: the benchmarks use some of them. The image does without.
const isLeftOut = (path) =>
  /\.spec\.ts$|\.d\.ts$|\.testing\.cjs$|\.md$|(^|\/)\.|^tools\/.*\.mjs$|^libs\/testing\/src\/jest\//.test(path);

/** Builds if anything changed. Returns `{ built, ms }`: how many files were made, 0 when nothing had changed. */
export async function ensureBuilt({ log = () => {} } = {}) {
  const began = performance.now();
  let made = 0;
  if (!upToDate()) made = await withLock(join(ROOT, '.cache', 'build.lock'), () => (upToDate() ? 0 : build(log)));
  return { built: made, ms: Math.round(performance.now() - began) };
}

function upToDate() {
  const manifest = readManifest();
  if (manifest === undefined || manifest.key !== configurationKey()) return false;
  const now = sources();
  const before = Object.keys(manifest.files);
  return before.length === now.size && before.every((path) => manifest.files[path] === now.get(path));
}

async function build(log) {
  const key = configurationKey();
  const last = readManifest();
  const before = last?.key === key ? last.files : {};
  const now = sources();
  const changed = [...now.keys()].filter((path) => before[path] !== now.get(path) || !existsSync(outputOf(path)));
  log(`Building ${changed.length} of ${now.size} files…`);
  // Gone first: a build that is interrupted or fails must not look like one that is complete.
  rmSync(MANIFEST, { force: true });
  for (const dir of new Set(changed.map((path) => dirname(outputOf(path))))) mkdirSync(dir, { recursive: true });
  const [failures] = await Promise.all([
    compileAll(changed.filter(isSource)),
    changed.some(isStylesheet) ? compileStylesheets(ROOT, [...now.keys()].filter(isStylesheet), outputOf) : undefined,
  ]);
  for (const path of changed) if (!isSource(path) && !isStylesheet(path)) cpSync(join(ROOT, path), outputOf(path));
  if (failures.length > 0) throw new BuildError(failures);
  removeStale(now);
  writeFileSync(MANIFEST, JSON.stringify({ key, files: Object.fromEntries(now) }));
  return changed.length;
}

export class BuildError extends Error {
  constructor(failures) {
    super(`The build failed in ${failures.length} file(s):\n\n${failures.join('\n\n')}`);
  }
}

async function compileAll(paths) {
  if (paths.length === 0) return [];
  const { transformFile } = await import('@swc/core');
  const swcrc = JSON.parse(readFileSync(join(ROOT, '.swcrc'), 'utf8'));
  delete swcrc.$schema;
  const options = { ...swcrc, swcrc: false, configFile: false, jsc: { ...swcrc.jsc, baseUrl: ROOT } };
  const failures = [];
  await Promise.all(
    paths.map(async (path) => {
      try {
        const out = outputOf(path);
        const file = join(ROOT, path);
        const { code, map } = await transformFile(file, { ...options, sourceFileName: relative(dirname(out), file) });
        const name = out.slice(out.lastIndexOf('/') + 1);
        writeFileSync(out, map === undefined ? code : `${code}\n//# sourceMappingURL=${name}.map\n`);
        if (map !== undefined) writeFileSync(`${out}.map`, map);
      } catch (error) {
        failures.push(`${path}: ${error.message.split('\n\nCaused by')[0].trimEnd()}`);
      }
    }),
  );
  return failures;
}

/** Every input with its modification time and size, which is how a change is noticed. */
function sources() {
  const found = new Map();
  const walk = (dir) => {
    for (const entry of readdirSync(join(ROOT, dir), { withFileTypes: true })) {
      const path = `${dir}/${entry.name}`;
      if (entry.isDirectory()) {
        if (entry.name !== 'node_modules') walk(path);
      } else if (!isLeftOut(path)) {
        const { mtimeMs, size } = statSync(join(ROOT, path));
        found.set(path, `${mtimeMs} ${size}`);
      }
    }
  };
  for (const folder of FOLDERS) if (existsSync(join(ROOT, folder))) walk(folder);
  return found;
}

function outputOf(path) {
  if (isSource(path)) return join(DIST, `${path.slice(0, -3)}.js`);
  return join(DIST, isStylesheet(path) ? `${path.slice(0, -extname(path).length)}.css` : path);
}

/** What is in dist without a source any more would still be found by a require or a template look-up. */
function removeStale(now) {
  const wanted = new Set([MANIFEST]);
  for (const path of now.keys()) {
    wanted.add(outputOf(path));
    if (isSource(path)) wanted.add(`${outputOf(path)}.map`);
  }
  const sweep = (dir) => {
    let kept = 0;
    for (const entry of readdirSync(dir, { withFileTypes: true })) {
      const path = join(dir, entry.name);
      const keep = entry.isDirectory() ? sweep(path) > 0 : wanted.has(path);
      if (keep) kept++;
      else rmSync(path, { recursive: true });
    }
    return kept;
  };
  sweep(DIST);
}

/** Changes when every output may: the configuration, this build itself, or the packages that compile. */
function configurationKey() {
  const hash = createHash('sha256');
  for (const file of ['.swcrc', 'package-lock.json', 'tools/build.mjs', 'tools/build/stylesheets.mjs']) {
    const path = join(ROOT, file);
    // The lock file is large and changes with every package: its time and size are enough, a rebuild is cheap.
    if (file === 'package-lock.json') hash.update(existsSync(path) ? `${statSync(path).size}` : '');
    else hash.update(readFileSync(path));
  }
  return hash.digest('hex');
}

function readManifest() {
  try {
    return JSON.parse(readFileSync(MANIFEST, 'utf8'));
  } catch {
    return undefined;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const { built, ms } = await ensureBuilt({ log: (line) => console.log(line) });
    console.log(built === 0 ? `Nothing changed (${ms} ms).` : `Built in ${(ms / 1000).toFixed(1)} s.`);
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
