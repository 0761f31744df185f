import { canonicalJson, signNote, type NoteSigner } from '@concordat/ledger';
import { zipOf, type Written, type ZipEntry } from '@concordat/platform';
import { createHash } from 'node:crypto';
import type { ExportFile } from '../exports/export-file';
import type { Report } from './report';
import { reportHtml } from './report-html';
import { reportPdf } from './report-pdf';

/** The first line of the note that signs a bundle; no origin can look like it, so no bundle is taken for a checkpoint. */
export const BUNDLE_NOTE = 'concordat evidence bundle v1';

/** What an evidence bundle is made of. */
export interface Bundle {
  readonly id: string;
  readonly origin: string;
  readonly at: Date;
  readonly export: ExportFile;
  readonly checkpoint: string;
  readonly policy: string;
  readonly question: Readonly<Record<string, string>>;
  /** Made once the entries have been written: it tells of them. */
  readonly report: () => Promise<Report>;
  readonly signer: NoteSigner;
}

/**
 * bundleOf writes a ZIP that proves itself without this system: the entries with their proofs, the signed checkpoint, keys to
 * compare, a report for reading, and a manifest over all of it that the log's key has signed (tools/verify-ledger/FORMAT.md).
 */
export function bundleOf(bundle: Bundle): AsyncGenerator<Uint8Array> {
  const written: Written[] = [];
  return zipOf(entries(bundle, written), bundle.at, (file) => written.push(file));
}

async function* entries(bundle: Bundle, written: readonly Written[]): AsyncGenerator<ZipEntry> {
  yield { name: 'log.ledger.jsonl', pieces: bundle.export.pieces() };
  yield { name: 'checkpoint', pieces: [bundle.checkpoint] };
  yield { name: 'policy.txt', pieces: [bundle.policy] };
  const report = await bundle.report();
  yield { name: 'report.html', pieces: reportHtml(report) };
  yield { name: 'report.pdf', pieces: reportPdf(report, bundle.at) };
  const manifest = `${canonicalJson({
    concordat: 'evidence-bundle/v1',
    id: bundle.id,
    origin: bundle.origin,
    madeAt: bundle.at.toISOString(),
    question: { ...bundle.question },
    files: written.map(({ name, bytes, sha256 }) => ({ name, bytes: String(bytes), sha256 })),
  })}\n`;
  yield { name: 'manifest.json', pieces: [manifest] };
  const digest = createHash('sha256').update(manifest).digest('base64');
  const note = await signNote(`${BUNDLE_NOTE}\n${bundle.origin}\n${digest}\n`, [bundle.signer]);
  yield { name: 'manifest.note', pieces: [note] };
}
