import { formatVkey, parsePolicy, witnessSigner, type NoteSigner } from '@concordat/ledger';
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { serveWitness, Witness } from './server';
import { WitnessStore } from './store';

const USAGE = `npm run witness -- key --name NAME --key FILE       makes a key, and prints what the log's policy file needs
npm run witness -- serve --name NAME --key FILE --policy FILE --state FOLDER [--port 3100] [--host 127.0.0.1]

  --name    who cosigns, such as police.example/concordat-witness: no space, no plus sign
  --key     an Ed25519 key in PEM, readable by this program only
  --policy  whose checkpoints are cosigned: lines "log <verifier key>" (C2SP tlog-policy)
  --state   where it remembers what it cosigned last; never restore it from an older copy`;

/**
 * `npm run witness`: a party to the agreement other than the log's keeper watches that the log only ever grows, and says so
 * with its own signature. It sees an origin, a size and a hash, and nothing of what is in the log.
 */
function main(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      name: { type: 'string' },
      key: { type: 'string' },
      policy: { type: 'string' },
      state: { type: 'string' },
      port: { type: 'string', default: '3100' },
      host: { type: 'string', default: '127.0.0.1' },
    },
  });
  const { name, key, policy, state, port, host } = values;
  if (positionals[0] === 'key' && name && key) return makeKey(name, key);
  if (positionals[0] !== 'serve' || !name || !key || !policy || !state) throw new Error(USAGE);
  const { logs } = parsePolicy(readFileSync(policy));
  if (logs.length === 0) throw new Error(`${policy} names no log`);
  const signer = signerOf(name, readFileSync(key, 'utf8'));
  const store = new WitnessStore(state);
  const server = serveWitness(new Witness(signer, logs, store, (line) => console.log(line)));
  server.listen(Number(port), host, () => {
    console.log(`Witness ${name} at http://${host}:${port}, of ${logs.map((l) => l.key.name).join(', ')}`);
    console.log(`witness <name> ${formatVkey(signer.key)} http://${host}:${port}`);
  });
  server.on('error', (error) => {
    console.error(error.message);
    process.exit(1);
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      server.close(() => store.close());
      server.closeIdleConnections();
    });
}

/** Never over an existing key: what it has cosigned would no longer be anybody's. */
function makeKey(name: string, file: string): void {
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
  writeFileSync(file, pem, { mode: 0o600, flag: 'wx' });
  console.log(`witness <name> ${formatVkey(signerOf(name, pem).key)} <url>`);
}

const signerOf = (name: string, pem: string): NoteSigner =>
  witnessSigner(name, createPrivateKey(pem), () => BigInt(Math.floor(Date.now() / 1000)));

try {
  main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
