import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

type Env = Readonly<Record<string, string | undefined>>;

/** What may be given as a file or as a command's output too, and so need not stand in the environment. */
export const SECRETS = [
  'DATABASE_URL',
  'KAFKA_SASL_PASSWORD',
  'OIDC_CLIENT_SECRET',
  'SERVICE_CLIENT_SECRET',
  'SESSION_SECRET',
  'AUDIT_DETAIL_KEY',
  'AUDIT_DETAIL_KEY_ALSO',
  'LEDGER_KEY',
  'LEDGER_WRAP_KEY',
  'LEDGER_WRAP_KEY_ALSO',
  'S3_SECRET_ACCESS_KEY',
] as const;

/** How long a key store may take at the start of a process. */
const COMMAND_MS = 30_000;

/**
 * givenSecrets adds to an environment what stands in the file that `<NAME>_FILE` names, or what the command `<NAME>_COMMAND`
 * prints: `aws kms decrypt …`, `vault kv get …`, `openssl pkeyutl -decrypt …`. The command is run by a shell, once, when the
 * process starts. Problems name the setting, and never what was in it, printed, or complained of.
 */
export function givenSecrets(env: Env): { env: Env; problems: string[] } {
  const found: Record<string, string> = {};
  const problems: string[] = [];
  for (const name of SECRETS) {
    const [file, command] = [env[`${name}_FILE`], env[`${name}_COMMAND`]];
    const ways = [env[name], file, command].filter((way) => way !== undefined && way !== '');
    if (ways.length > 1) problems.push(`${name} is given in more than one way`);
    else if (file) {
      try {
        found[name] = readFileSync(file, 'utf8').trim();
      } catch (error) {
        problems.push(`${name}_FILE cannot be read (${(error as { code?: string }).code ?? 'unknown'})`);
      }
    } else if (command) {
      const { status, stdout } = spawnSync('/bin/sh', ['-c', command], {
        encoding: 'utf8',
        timeout: COMMAND_MS,
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      if (status === 0 && stdout.trim() !== '') found[name] = stdout.trim();
      else problems.push(`${name}_COMMAND ${status === 0 ? 'printed nothing' : `ended with ${status ?? 'no answer'}`}`);
    }
  }
  return { env: { ...env, ...found }, problems };
}
