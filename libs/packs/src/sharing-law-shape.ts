import { type LawTable, parseLawTable } from '@concordat/sharing';
import { isMap } from 'yaml';
import { provenance } from './rule-shapes';
import { record, type Shape } from './shapes';
import type { Provenance } from './types';

/** The codes of law that sharing agreements cite, with where they come from. */
export type SharingLaw = Provenance & { readonly law: LawTable };

/** The table's own reader says what is wrong with it; here that gets its place in the file. */
const table: Shape<LawTable> = (node, spot) => {
  if (!isMap(node)) return spot.report('must be a mapping of keys to values');
  const read = parseLawTable(node.toJSON());
  if (read.ok) return read.value;
  for (const { path, message } of read.problems) spot.at(node, path).report(message);
  return undefined;
};

/** The document of kind `sharing-law`. */
export const sharingLaw: Shape<SharingLaw> = record({ ...provenance, law: table });
