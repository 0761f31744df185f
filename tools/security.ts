import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { askRegistry } from './security/ask-registry';
import { licenceProblems } from './security/licences';
import { unpinned, type LockFile, type Manifest } from './security/lock-file';
import { secretsIn } from './security/secrets';
import { ROOT } from './services/built';

const USAGE = `npm run security [-- FILE]   what Concordat is made of: pinned, licensed, without secrets, without known holes
FILE: where to write the list of what production runs (CycloneDX, JSON); sbom.json unless given.
Exit: 0 nothing found, 1 something found, 2 it could not be looked.`;

const npm = (...args: string[]) => spawnSync('npm', args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });

/** `npm run security`: everything that can be said of the supply chain on this machine. */
function main([file = 'sbom.json', ...more]: readonly string[]): number {
  if (more.length > 0 || file.startsWith('-')) {
    console.error(USAGE);
    return 2;
  }
  const read = (name: string): unknown => JSON.parse(readFileSync(join(ROOT, name), 'utf8'));
  const lock = read('package-lock.json') as LockFile;
  const tracked = spawnSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' })
    .stdout.split('\0')
    .filter(Boolean);
  const found = [
    say('pinned', unpinned(read('package.json') as Manifest, lock)),
    say('licences', licenceProblems(lock)),
    say(
      'secrets',
      tracked.flatMap((path) => secretsOf(path)),
    ),
    say('known holes', holes()),
  ].flat();
  const made = npm('sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev');
  if (made.status !== 0) throw new Error(`npm cannot list what is installed: ${made.stderr.slice(0, 500)}`);
  writeFileSync(file, made.stdout);
  const { components } = JSON.parse(made.stdout) as { components: unknown[] };
  console.log(`✓ ${components.length} packages of production are listed in ${file}`);
  return found.length > 0 ? 1 : 0;
}

function say(about: string, problems: readonly string[]): readonly string[] {
  console.log(problems.length > 0 ? problems.map((p) => `✗ ${about}: ${p}`).join('\n') : `✓ ${about}: nothing found`);
  return problems;
}

function secretsOf(path: string): string[] {
  const text = readFileSync(join(ROOT, path), 'utf8');
  return text.includes('\0') ? [] : secretsIn(path, text);
}

/** A registry that does not answer is said, and is not taken for a clean answer; either way, which data was used. */
function holes(): readonly string[] {
  const { holes, data } = askRegistry(ROOT, ['--omit', 'dev', '--audit-level', 'high']);
  console.log(`  known holes: ${data}`);
  return 'found' in holes ? holes.found : [`${holes.unanswered}, so nobody has looked`];
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
