import { parseArgs } from 'node:util';
import { examineBundle, openBundle } from './bundle';
import { Examination } from './examine';
import type { Earlier } from './examine';
import type { Outcome } from './states';
import { openExport } from './export-file';
import { machine } from './host';
import type { Host } from './host';
import { readCheckpoint, readVkey } from './note';
import type { SignedCheckpoint } from './note';
import { readPolicy, standing, trustFound } from './policy';
import type { Standing, Trust } from './policy';
import { examineRecord } from './receipt';
import { clean, jsonReport, receiptJson, receiptText, textReport } from './report';
import type { Preamble } from './report';
import { Malformed, Unusable } from './strict';
import { LogUrl } from './url';

const USAGE = `Usage:
  verify-ledger <export file, evidence bundle or url> --policy FILE [--earlier CHECKPOINT_FILE]... [--token TOKEN] [--json]
  verify-ledger record <receipt.tlog-proof> --policy FILE [--entry FILE] [--opening FILE] [--json]
Without a policy file: --trust-on-first-use (export or url only).
Exit: 0 nothing failed, 1 something failed, 2 the input cannot be used.`;

const UNPINNED = `UNPINNED: no --policy was given, so nobody says whose signature to believe.
Keys and policy must come from your own pinned file, never from what is being checked. Give --policy FILE, or
--trust-on-first-use to believe the key that comes with the export or the log.`;

const OPTIONS = {
  policy: { type: 'string' },
  earlier: { type: 'string', multiple: true },
  token: { type: 'string' },
  entry: { type: 'string' },
  opening: { type: 'string' },
  json: { type: 'boolean' },
  'trust-on-first-use': { type: 'boolean' },
} as const;

interface Options {
  readonly policy?: string;
  readonly earlier?: string[];
  readonly token?: string;
  readonly entry?: string;
  readonly opening?: string;
  readonly json?: boolean;
  readonly 'trust-on-first-use'?: boolean;
}

/** Turns what breaks its format here into input that cannot be used. */
function usable<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Malformed) throw new Unusable(`${what}: ${error.message}`);
    throw error;
  }
}

function pinned(path: string, host: Host): { trust: Trust; says: string } {
  const trust = usable(path, () => readPolicy(host.read(path)));
  const logs = trust.keys.filter((k) => k.role === 'log').map((k) => `${k.name} (${k.id})`);
  return { trust, says: `pinned policy ${path}: ${logs.join(', ')}` };
}

function found(vkeys: readonly string[]): { trust: Trust; says: string } {
  const trust = usable('keys found', () => trustFound(vkeys));
  if (trust.keys.length === 0) throw new Unusable('no log key came with it: --policy FILE is needed');
  return { trust, says: `on first use: ${vkeys.join(' ')}` };
}

function readEarlier(paths: readonly string[], origin: string, trust: Trust, host: Host): Earlier[] {
  return paths.map((name) => {
    const checkpoint = usable(name, () => readCheckpoint(host.read(name)));
    if (checkpoint.origin !== origin) throw new Unusable(`${name} is a checkpoint of another log`);
    // A pending one will do: a log must not sign two inconsistent checkpoints, cosigned or not.
    const stands = standing(checkpoint, { ...trust, quorum: () => true });
    return { name, checkpoint, refused: stands.good ? undefined : stands.why };
  });
}

interface Examined {
  readonly pre: Preamble;
  readonly checkpoint: SignedCheckpoint;
  readonly stands: Standing;
  readonly outcome: Outcome;
}

function examineFile(path: string, options: Options, host: Host): Examined {
  const bundle = openBundle(path, host);
  const { header, items } = openExport(bundle ? [bundle.entries] : host.chunks(path));
  usable('header', () => header.vkeys.forEach(readVkey));
  const checkpoint = usable('header', () => readCheckpoint(header.checkpoint));
  const { trust, says } = options.policy === undefined ? found(header.vkeys) : pinned(options.policy, host);
  const stands = standing(checkpoint, trust);
  const earlier = readEarlier(options.earlier ?? [], checkpoint.origin, trust, host);
  const examination = new Examination({ header, checkpoint, standing: stands, earlier, details: true });
  const source = items();
  let step = source.next();
  for (; step.done !== true; step = source.next()) examination.add(step.value);
  const pre = { source: path, trust: says, firstUse: options.policy === undefined, details: true };
  const outcome = examination.finish(step.value);
  if (!bundle) return { pre, checkpoint, stands, outcome };
  const sealed = examineBundle(bundle, checkpoint, trust);
  return {
    pre: { ...pre, bundle: sealed.says },
    checkpoint,
    stands,
    outcome: { ...outcome, findings: [...sealed.findings, ...outcome.findings] },
  };
}

async function examineUrl(url: string, options: Options, host: Host): Promise<Examined> {
  const log = new LogUrl(url, options.token);
  const { trust, says } = options.policy === undefined ? found(await log.vkeys()) : pinned(options.policy, host);
  const note = await log.checkpoint();
  const checkpoint = usable('checkpoint', () => readCheckpoint(note));
  const stands = standing(checkpoint, trust);
  const earlier = readEarlier(options.earlier ?? [], checkpoint.origin, trust, host);
  const header = { origin: checkpoint.origin, from: 0n, to: checkpoint.size, consistency: [] };
  const examination = new Examination({ header, checkpoint, standing: stands, earlier, details: false });
  for await (const item of log.items(checkpoint.size)) examination.add(item);
  const pre = { source: url, trust: says, firstUse: options.policy === undefined, details: false };
  return { pre, checkpoint, stands, outcome: examination.finish(undefined) };
}

function readArguments(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true, strict: true });
  } catch (error) {
    throw new Unusable(`${error instanceof TypeError ? error.message : 'bad arguments'}\n${USAGE}`);
  }
}

async function run(argv: readonly string[], host: Host): Promise<number> {
  const { values, positionals } = readArguments(argv);
  const options: Options = values;
  const [first, second, ...rest] = positionals;
  const record = first === 'record' && second !== undefined;
  const source = record ? second : first;
  if (source === undefined || rest.length > 0 || (!record && second !== undefined)) throw new Unusable(USAGE);
  if (options.policy === undefined && (record || options['trust-on-first-use'] !== true)) throw new Unusable(UNPINNED);
  const show = (lines: string[], json: object): void =>
    host.print(options.json === true ? JSON.stringify(json) : lines.join('\n'));
  if (record) {
    const { trust, says } = pinned(options.policy as string, host);
    const outcome = examineRecord({ receipt: source, entry: options.entry, opening: options.opening }, trust, host);
    const pre = { source, trust: says, firstUse: false, details: options.opening !== undefined };
    show(receiptText(pre, outcome), receiptJson(pre, outcome));
    return outcome.state === 'PROVEN' || outcome.state === 'INCLUDED' ? 0 : 1;
  }
  const { pre, checkpoint, stands, outcome } = /^https?:\/\//.test(source)
    ? await examineUrl(source, options, host)
    : examineFile(source, options, host);
  show(textReport(pre, checkpoint, stands, outcome), jsonReport(pre, checkpoint, stands, outcome));
  return clean(outcome) ? 0 : 1;
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}

/**
 * main verifies an export, a running log or one receipt, offline and sharing no code with the writer.
 * Returns the exit code: 0 nothing failed, 1 something failed, 2 the input cannot be used (design/ledger.md §5).
 */
export async function main(argv: readonly string[], host: Host = machine): Promise<number> {
  try {
    return await run(argv, host);
  } catch (error) {
    const message =
      error instanceof Unusable ? error.message : isSystemError(error) ? `${error.message}\n${USAGE}` : undefined;
    if (message === undefined) throw error;
    host.print(
      argv.includes('--json') ? JSON.stringify({ result: 'UNUSABLE', message }) : `CANNOT BE USED: ${message}`,
    );
    return 2;
  }
}

if (process.argv[1] === __filename) {
  void main(process.argv.slice(2)).then((code) => {
    process.exitCode = code;
  });
}
