import { readSettings } from '@concordat/platform';
import { keysInUse, resealAll } from './keys/keys';

const USAGE = `npm run keys [-- reseal]   which keys are still in use; with reseal, what is under an older key is sealed anew
Read from the environment, each also as <NAME>_FILE or <NAME>_COMMAND (docs/how-to/keys.md):
  DATABASE_ADMIN_URL                           the database's superuser
  AUDIT_DETAIL_KEY, AUDIT_DETAIL_KEY_ALSO      the key of today, and those that are being left
  LEDGER_WRAP_KEY, LEDGER_WRAP_KEY_ALSO        the same
It may be stopped at any time, and goes on with what is left when it is run again; the services run meanwhile.
Exit: 0 only the keys of today are in use, 1 an older one is, or something opens under none, 2 it cannot be looked.`;

/** `npm run keys`. */
async function main([what, ...more]: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const given = env['DATABASE_ADMIN_URL'];
  if (more.length > 0 || (what !== undefined && what !== 'reseal') || !given || !URL.canParse(given)) {
    console.error(USAGE);
    return 2;
  }
  const settings = readSettings('keys', { ...env, NODE_ENV: 'development' });
  const url = new URL(given);
  if (url.pathname === '/' || url.pathname === '/postgres') url.pathname = '/concordat';
  if (what) await resealAll(url.href, settings, (line) => console.log(line));
  const { found, passing } = await keysInUse(url.href, settings);
  for (const { key, place, standing } of found)
    console.log(
      standing
        ? `${key} ${place}: ${standing.total} rows, ${standing.older} under an older key, ${standing.lost} under none that was given`
        : `${key} ${place}: not looked at, as the key was not given`,
    );
  console.log(`AUDIT_DETAIL_KEY on their way: ${passing} acts and exports`);
  return found.some(({ standing }) => standing && standing.older + standing.lost > 0) ? 1 : 0;
}

main(process.argv.slice(2), process.env).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  },
);
