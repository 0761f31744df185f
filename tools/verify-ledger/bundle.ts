import { unzipSync } from 'fflate';
import { createHash } from 'node:crypto';
import type { Host } from './host';
import { readNote, whoSigned, type SignedCheckpoint } from './note';
import type { Trust } from './policy';
import type { Finding } from './states';
import { base64, canonicalObject, decimal, isObject, Malformed, members, Unusable } from './strict';

/** An evidence bundle, taken apart and not yet believed (FORMAT.md). */
export interface OpenedBundle {
  readonly entries: Buffer;
  readonly files: ReadonlyMap<string, Buffer>;
}

const ENTRIES = 'log.ledger.jsonl';
const FIRST_LINE = 'concordat evidence bundle v1';
/** What an archive may unpack to: it comes from outside. */
const MOST_BYTES = 1 << 30;
const MOST_FILES = 50;

/** openBundle reads the archive at `path`; undefined when it is none. @throws Unusable when it cannot be unpacked. */
export function openBundle(path: string, host: Host): OpenedBundle | undefined {
  const [start] = host.chunks(path);
  if (start?.subarray(0, 4).toString('latin1') !== 'PK\x03\x04') return undefined;
  const files = unpack(host.read(path));
  const entries = files.get(ENTRIES);
  if (entries === undefined) throw new Unusable(`the archive has no ${ENTRIES}`);
  return { entries, files };
}

function unpack(archive: Buffer): Map<string, Buffer> {
  let total = 0;
  let count = 0;
  try {
    const files = unzipSync(archive, {
      filter: ({ originalSize }) => {
        total += originalSize;
        if (total > MOST_BYTES || ++count > MOST_FILES) throw new Unusable('the archive unpacks to too much');
        return true;
      },
    });
    return new Map(Object.entries(files).map(([name, data]) => [name, Buffer.from(data)]));
  } catch (error) {
    if (error instanceof Unusable) throw error;
    throw new Unusable('the archive is cut or damaged');
  }
}

/**
 * examineBundle checks that a trusted log key has signed the manifest, and that every file is there as the manifest says and
 * none besides. What the entries prove is examined apart.
 */
export function examineBundle(
  { files }: OpenedBundle,
  checkpoint: SignedCheckpoint,
  trust: Trust,
): { says: string; findings: Finding[] } {
  const findings: Finding[] = [];
  const find = (code: Finding['code'], message: string): void => void findings.push({ code, message });
  try {
    const manifest = files.get('manifest.json') ?? Buffer.alloc(0);
    const note = readNote(files.get('manifest.note') ?? Buffer.alloc(0));
    const [first, origin, digest, ...rest] = note.text.split('\n');
    if (first !== FIRST_LINE || rest.join() !== '') throw new Malformed('the note does not sign a bundle');
    if (origin !== checkpoint.origin) find('MALFORMED', 'the bundle and its checkpoint name different logs');
    if (digest !== sha256(manifest)) find('MALFORMED', 'manifest.json is not what was signed');
    const signed = whoSigned(note, trust.keys);
    const by = signed?.find((k) => k.role === 'log' && k.name === origin);
    if (by === undefined) find('BAD_SIGNATURE', 'no trusted log key has signed this bundle');
    const listed = readManifest(manifest, checkpoint.origin);
    for (const { name, bytes, digest: promised } of listed) {
      const file = files.get(name);
      if (file === undefined) find('MALFORMED', `${name} is missing from the bundle`);
      else if (BigInt(file.length) !== bytes || sha256(file) !== promised)
        find('MALFORMED', `${name} has changed since the bundle was made`);
    }
    const known = new Set([...listed.map((l) => l.name), 'manifest.json', 'manifest.note']);
    for (const name of files.keys())
      if (!known.has(name)) find('MALFORMED', 'the bundle holds a file that nobody listed');
    if (by === undefined || findings.length > 0) return { says: 'NOT as it was made', findings };
    return { says: `${listed.length} files, as signed by ${by.name} (${by.id})`, findings };
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    find('MALFORMED', `the bundle's manifest: ${error.message}`);
    return { says: 'NOT as it was made', findings };
  }
}

function readManifest(bytes: Buffer, origin: string) {
  if (bytes.at(-1) !== 10) throw new Malformed('it does not end in a line feed');
  const manifest = canonicalObject(bytes.subarray(0, -1), 'manifest');
  members(manifest, ['concordat', 'files', 'id', 'madeAt', 'origin', 'question'], [], 'manifest');
  if (manifest.concordat !== 'evidence-bundle/v1') throw new Malformed('it is not an evidence-bundle/v1');
  if (manifest.origin !== origin) throw new Malformed('it names another log');
  if (!Array.isArray(manifest.files)) throw new Malformed('it lists no files');
  const listed = (manifest.files as unknown[]).map((file) => {
    if (!isObject(file) || typeof file.name !== 'string') throw new Malformed('a file without a name');
    members(file, ['bytes', 'name', 'sha256'], [], 'file');
    return {
      name: file.name,
      bytes: decimal(file.bytes, 'bytes'),
      digest: base64(file.sha256, 'sha256', 32).toString('base64'),
    };
  });
  if (!listed.some((l) => l.name === ENTRIES)) throw new Malformed('the entries are not among the files');
  return listed;
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('base64');
