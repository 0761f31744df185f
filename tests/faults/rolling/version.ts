import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../../tools/services/built';

/** A build of Concordat: what is in this folder, or what a commit was. */
export interface Version {
  /** What it is called in what is said, and in file names: `new`, or the commit. */
  readonly name: string;
  readonly root: string;
  built(path: string): string;
  /** Runs one of its commands to the end, `migrate` say. @throws Error with what it wrote */
  command(name: string, env: Readonly<Record<string, string>>): string;
}

const run = (cwd: string, file: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): string =>
  execFileSync(file, args, {
    cwd,
    env,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
  });

/** What stands here, as it is built. */
export const present = (name = 'new'): Version => versionAt(name, ROOT);

/**
 * checkOut makes the tree of a commit in `dir` and builds it by its own means, with its own libraries: those that are installed
 * here when they are the very same, else by `npm ci`. `leave` takes the tree away.
 */
export function checkOut(ref: string, dir: string): Version & { leave(): void } {
  const commit = run(ROOT, 'git', ['rev-parse', '--short', `${ref}^{commit}`]).trim();
  const root = join(dir, commit);
  run(ROOT, 'git', ['worktree', 'add', '--detach', root, commit]);
  try {
    if (sameLibraries(root)) symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
    else run(root, 'npm', ['ci', '--no-audit', '--no-fund']);
    run(root, process.execPath, ['tools/build.mjs']);
  } catch (error) {
    leave(root);
    throw error;
  }
  return { ...versionAt(commit, root), leave: () => leave(root) };
}

const leave = (root: string): void => void run(ROOT, 'git', ['worktree', 'remove', '--force', root]);

function versionAt(name: string, root: string): Version {
  return {
    name,
    root,
    built: (path) => join(root, 'dist', `${path}.js`),
    command: (command, env) =>
      run(root, process.execPath, ['tools/run.mjs', command], {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        ...env,
      }),
  };
}

/** Whether each library that the other tree names is installed here in the version that it names. */
function sameLibraries(root: string): boolean {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  return Object.entries(dependencies).every(([name, wanted]) => {
    const file = join(ROOT, 'node_modules', name, 'package.json');
    return existsSync(file) && (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version === wanted;
  });
}
