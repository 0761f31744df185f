import { execFile } from 'node:child_process';
import { createReadStream, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { isDeepStrictEqual } from 'node:util';
import { actCode, type Action } from '@concordat/contracts';
import type { Client } from 'pg';
import { services } from '../fault';
import type { Line } from '../load/history';
import type { PersonaTokens } from '../load/tokens';
import type { LedgerEvidence } from './evidence';

/** More than this are not all given to the verifier: evenly chosen, the last always among them. */
const MOST_CHECKPOINTS = 200;

/** The policy as an auditor pinned it when the run began: whose signature to believe. */
export async function pinPolicy(auditUrl: string, dir: string): Promise<string> {
  const response = await fetch(`${auditUrl}/api/audit/policy`);
  if (!response.ok) throw new Error(`the audit service gives no policy: ${response.status}`);
  const path = join(dir, 'policy');
  writeFileSync(path, await response.text());
  return path;
}

/**
 * ledgerEvidence asks for the whole log as an auditor would, has it examined by the verifier that shares nothing with the
 * writer, with every checkpoint that was kept, and compares each entry with the act of its producer.
 */
export async function ledgerEvidence(options: {
  readonly auditUrl: string;
  readonly tokens: PersonaTokens;
  readonly database: Client;
  readonly history: readonly Line[];
  readonly policy: string;
  readonly dir: string;
  readonly verifier: string;
}): Promise<LedgerEvidence> {
  const { auditUrl, tokens, database, dir } = options;
  const { rows } = await database.query<{ ms: number }>(
    'SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS ms',
  );
  const file = join(dir, 'export.jsonl');
  await download(`${auditUrl}/api/audit/exports`, (await tokens.of('auditor')).token, file);
  const earlier = keepCheckpoints(options.history, dir);
  const report = await verify(options.verifier, dir, [file, '--policy', options.policy, '--json', ...earlier]);
  const { entries, differing } = await compare(file, database);
  return {
    verifier: { code: report.code, says: report.says },
    askedAt: rows[0]!.ms,
    entries,
    differing,
    lostCheckpoints: report.findings,
  };
}

async function download(url: string, token: string, file: string): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': `export-${Date.now()}`,
    },
    body: '{"all":true}',
    signal: AbortSignal.timeout(300_000),
  });
  if (!response.ok) throw new Error(`no export: ${response.status} ${await response.text()}`);
  writeFileSync(file, Buffer.from(await response.arrayBuffer()));
}

function keepCheckpoints(history: readonly Line[], dir: string): string[] {
  const kept = history.flatMap((l) => (l.what === 'kept' ? [l.checkpoint] : []));
  const step = Math.max(1, Math.ceil(kept.length / MOST_CHECKPOINTS));
  const chosen = kept.filter((_, i) => (kept.length - 1 - i) % step === 0);
  return chosen.flatMap((text, i) => {
    const path = join(dir, `checkpoint-${i}`);
    writeFileSync(path, text);
    return ['--earlier', path];
  });
}

interface Report {
  readonly code: number;
  readonly says: string;
  readonly findings: string[];
}

/** Runs the verifier. Where the files lie is of this machine, and is left out of what it says. */
function verify(verifier: string, dir: string, args: readonly string[]): Promise<Report> {
  return new Promise((done) => {
    execFile(process.execPath, [verifier, ...args], { maxBuffer: 64 << 20, timeout: 300_000 }, (error, out, err) => {
      const code = error ? (typeof error.code === 'number' ? error.code : 2) : 0;
      try {
        const report = JSON.parse(out) as {
          result: string;
          findings?: { code: string; message: string }[];
          states?: Record<string, string>;
          message?: string;
        };
        const findings = (report.findings ?? [])
          .filter((f) => f.code === 'INCONSISTENT' || f.code === 'BAD_SIGNATURE') // what it says of checkpoints
          .map((f) => `${f.code}: ${f.message}`.replaceAll(`${dir}/`, ''));
        const says = `${report.result} ${JSON.stringify(report.states ?? report.message ?? {})}`;
        done({ code, says, findings });
      } catch {
        done({ code: code || 2, says: (err || out).slice(0, 500), findings: [] });
      }
    });
  });
}

/** The acts as their producers stored them, by id, without what is sealed in them. */
async function actsById(database: Client) {
  const acts = new Map<string, { source: string; seq: string; data: Record<string, unknown> }>();
  for (const source of services) {
    const { rows } = await database.query<{ id: string; seq: string; data: Record<string, unknown> }>(
      `SELECT event_id AS id, seq, convert_from(body, 'UTF8')::jsonb -> 'data' AS data FROM ${source}.act`,
    );
    for (const { id, seq, data } of rows) acts.set(id, { source, seq, data });
  }
  return acts;
}

async function compare(file: string, database: Client): Promise<{ entries: string[]; differing: string[] }> {
  const acts = await actsById(database);
  const entries: string[] = [];
  const differing: string[] = [];
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const item = parsed(line);
    if (item?.entry === undefined) continue;
    const leaf = JSON.parse(Buffer.from(item.entry, 'base64').toString('utf8')) as Leaf;
    entries.push(leaf.eventId);
    const act = acts.get(leaf.eventId);
    if (act && !saysTheSame(leaf, item.detail, act)) differing.push(leaf.eventId);
  }
  return { entries, differing };
}

/** A line of an export; undefined for one that was cut, which the verifier will have said. */
function parsed(line: string): { entry?: string; detail?: string } | undefined {
  try {
    return JSON.parse(line) as { entry?: string; detail?: string };
  } catch {
    return undefined;
  }
}

interface Leaf {
  readonly eventId: string;
  readonly src: { readonly id: string; readonly seq: string };
  readonly act: string;
  readonly outcome: string;
}

function saysTheSame(
  leaf: Leaf,
  detail: string | undefined,
  act: { source: string; seq: string; data: Record<string, unknown> },
): boolean {
  const { sealed: _sealed, ...data } = act.data;
  if (leaf.src.id !== act.source || leaf.src.seq !== act.seq) return false;
  if (leaf.act !== actCode(data['action'] as Action) || leaf.outcome !== data['outcome']) return false;
  if (detail === undefined) return false;
  const opened = JSON.parse(Buffer.from(detail, 'base64').toString('utf8')) as { act: unknown };
  return isDeepStrictEqual(opened.act, data);
}
