import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { hasKafkaJars } from './kafka-jars';

/** Whether something can run on this machine; when not, why not and what would change that. */
export type Availability =
  { readonly ok: true; readonly path: string } | { readonly ok: false; readonly reason: string };

export interface Available {
  /** As child processes, from the Maven jars. */
  readonly kafka: Availability;
  /** As a child process. */
  readonly redis: Availability;
  readonly chromium: Availability;
}

/** Looks at this machine. Takes some 100 ms, most of it Java saying its version. */
export async function available(): Promise<Available> {
  const [kafka, redis] = await Promise.all([kafkaHere(), redisHere()]);
  return { kafka, redis, chromium: chromiumHere() };
}

async function kafkaHere(): Promise<Availability> {
  const java = onPath('java');
  const install = 'apt-get install default-jre-headless maven';
  if (java === undefined) return { ok: false, reason: `there is no java on the PATH (${install})` };
  const version = await firstNumber(java, ['-version']);
  if (version === undefined || version < 17) {
    return { ok: false, reason: `Kafka 4 needs Java 17 or later, and ${java} is ${version ?? 'silent'} (${install})` };
  }
  if (!hasKafkaJars() && onPath('mvn') === undefined) {
    return { ok: false, reason: `there is no mvn on the PATH to fetch Kafka with, once (${install})` };
  }
  return { ok: true, path: java };
}

async function redisHere(): Promise<Availability> {
  const path = onPath('redis-server');
  if (path === undefined) {
    return { ok: false, reason: 'there is no redis-server on the PATH (apt-get install redis-server)' };
  }
  const version = await firstNumber(path, ['--version']);
  if (version !== undefined && version < 7)
    return { ok: false, reason: `Redis 7 is needed, and ${path} is ${version}` };
  return { ok: true, path };
}

/**
 * CONCORDAT_CHROMIUM names one; else those of Linux distributions, and Chrome. The shell first: it draws pages with the
 * same engine and without a window, and takes two thirds of the processor time.
 */
export function chromiumHere(): Availability {
  const named = process.env['CONCORDAT_CHROMIUM'];
  if (named) return existsSync(named) ? { ok: true, path: named } : { ok: false, reason: `${named} does not exist` };
  const names = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
  const mac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
  const path = names.map(onPath).find((found) => found !== undefined) ?? (existsSync(mac) ? mac : undefined);
  if (path !== undefined) return { ok: true, path };
  return { ok: false, reason: 'there is no Chromium or Chrome on the PATH (apt-get install chromium)' };
}

function onPath(name: string): string | undefined {
  for (const dir of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(dir, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      continue;
    }
  }
  return undefined;
}

/** The major version in what a program says of itself, on whichever stream (java uses the other one). */
async function firstNumber(file: string, args: string[]): Promise<number | undefined> {
  try {
    const { stdout, stderr } = await promisify(execFile)(file, args, { timeout: 20_000 });
    const found = /(?:version "|v=)(\d+)/.exec(stdout + stderr)?.[1];
    return found === undefined ? undefined : Number(found);
  } catch {
    return undefined;
  }
}
