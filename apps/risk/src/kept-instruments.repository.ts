import type { Tx } from '@concordat/messaging';
import type { Instrument } from '@concordat/packs';

/** Keeps the text of an instrument for as long as anything was assessed with it. */
export async function keepInstrument(tx: Tx, hash: string, instrument: Instrument): Promise<void> {
  await tx.execute(
    `INSERT INTO instrument_kept (hash, code, version, document, kept_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
    [hash, instrument.code, instrument.version, JSON.stringify(instrument), tx.now],
    'keep-instrument',
  );
}

/** Texts of instruments that were kept, by their hashes. */
export async function keptInstruments(tx: Tx, hashes: readonly string[]): Promise<Map<string, Instrument>> {
  const rows = await tx.query<{ hash: string; document: Instrument }>(
    'SELECT hash, document FROM instrument_kept WHERE hash = ANY ($1)',
    [hashes],
    'kept-instruments',
  );
  return new Map(rows.map(({ hash, document }) => [hash, document]));
}
