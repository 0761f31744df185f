import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

export const PARSE = '9.10.0';
export const DIRECTUS = '11.17.4';
const NODE = '22.23.3';

const run = promisify(execFile);
const PATIENCE_MS = 15 * 60_000;

/** Installs packages from the registry into a folder, unless they are there. @throws Error when the registry does not give them */
async function npm(
  folder: string,
  has: string,
  args: readonly string[],
  { path = process.env['PATH'], overrides = {} }: { path?: string | undefined; overrides?: object } = {},
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  if (existsSync(join(folder, 'node_modules', has))) return;
  if (!existsSync(join(folder, 'package.json')))
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, overrides }));
  await run('npm', ['install', '--no-audit', '--no-fund', ...args], {
    cwd: folder,
    env: { ...process.env, PATH: path },
    timeout: PATIENCE_MS,
    maxBuffer: 1 << 26,
  });
}

/**
 * Parse Server. Answers its main program. Its own code asks for what `router` has kept to itself since 2.3.0, which npm would
 * take: nothing could be saved by cloud code then.
 */
export async function installParse(into: string): Promise<string> {
  const folder = join(into, 'parse');
  await npm(folder, 'parse-server/bin/parse-server', ['--ignore-scripts', `parse-server@${PARSE}`], {
    overrides: { router: '2.2.0' },
  });
  return join(folder, 'node_modules/parse-server/bin/parse-server');
}

export interface DirectusInstalled {
  /** Node 22, which it needs. */
  readonly node: string;
  readonly main: string;
  /** What is not as it is for others who install it. */
  readonly remark: string | null;
}

/**
 * Directus with a Node 22 of its own. isolated-vm, in which it runs scripts of flows and sandboxed extensions, is native:
 * where neither a prebuilt one nor Node's headers can be fetched, a module takes its place that refuses to be used, and the
 * remark says so. Nothing of the task goes through it.
 */
export async function installDirectus(into: string): Promise<DirectusInstalled> {
  const folder = join(into, 'directus');
  await npm(folder, 'node/bin/node', [`node@${NODE}`]);
  const node = join(folder, 'node_modules/node/bin/node');
  const path = `${join(folder, 'node_modules/node/bin')}:${process.env['PATH']}`;
  await npm(folder, 'directus/cli.js', ['--ignore-scripts', `directus@${DIRECTUS}`, `node@${NODE}`], { path });
  const main = join(folder, 'node_modules/directus/cli.js');
  const vm = join(folder, 'node_modules/isolated-vm');
  const loads = () =>
    run(node, ['-e', 'require("isolated-vm")'], { cwd: folder }).then(
      ({ stdout }) => stdout.trim() === '',
      () => false,
    );
  const remark = 'isolated-vm could not be built here: a module that refuses to be used stands in for it';
  if (existsSync(join(vm, 'absent'))) return { node, main, remark };
  if (await loads()) return { node, main, remark: null };
  const built = await run('npm', ['rebuild', 'isolated-vm'], {
    cwd: folder,
    env: { ...process.env, PATH: path },
    timeout: 5 * 60_000,
  }).then(loads, () => false);
  if (built) return { node, main, remark: null };
  writeFileSync(join(vm, 'isolated-vm.js'), REFUSES);
  writeFileSync(join(vm, 'absent'), '');
  return { node, main, remark };
}

const REFUSES = `module.exports = new Proxy({}, {
  get(_, name) {
    if (name === 'then' || name === '__esModule') return undefined;
    throw new Error('isolated-vm is not there');
  },
});
`;
