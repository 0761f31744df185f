import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from './cache';

const POM = join(__dirname, 'kafka', 'pom.xml');

/** The version of Kafka that tests run against, from the pom. */
export function kafkaVersion(): string {
  const version = /<kafka\.version>([^<]+)</.exec(readFileSync(POM, 'utf8'))?.[1];
  if (version === undefined) throw new Error(`no kafka.version in ${POM}`);
  return version;
}

/** Where the jars are, or would be. */
export const kafkaJarsFolder = (): string => cacheFolder(`kafka-${kafkaVersion()}`);

/** Whether Maven is needed no more. */
export const hasKafkaJars = (): boolean => existsSync(kafkaJarsFolder());

/**
 * Resolves Kafka's broker and what it needs (43 MB of jars) with Maven, once per version, and answers with the folder.
 * The folder appears complete or not at all.
 */
export async function kafkaJars(): Promise<string> {
  const dir = kafkaJarsFolder();
  if (existsSync(dir)) return dir;
  const making = `${dir}.${process.pid}`;
  mkdirSync(making, { recursive: true });
  try {
    // A copy: Maven likes to write beside the pom, and dist is not its place.
    cpSync(POM, join(making, 'pom.xml'));
    const goal = [
      'dependency:copy-dependencies',
      '-DincludeScope=runtime',
      `-DoutputDirectory=${join(making, 'jars')}`,
    ];
    await promisify(execFile)('mvn', ['-q', '-B', '-f', join(making, 'pom.xml'), ...goal], { timeout: 600_000 });
    renameSync(join(making, 'jars'), dir);
  } catch (error) {
    if (existsSync(dir)) return dir;
    const output = (error as { stdout?: string }).stdout ?? '';
    throw new Error(`Maven could not resolve Kafka ${kafkaVersion()}: ${output || String(error)}`, { cause: error });
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
  return dir;
}
