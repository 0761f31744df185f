import { parseTemplate, type Template } from '@concordat/sharing';
import { isMap } from 'yaml';
import { provenance } from './rule-shapes';
import { code, record, type Shape, text } from './shapes';
import type { Provenance } from './types';

/** Terms from which a sharing agreement may begin. */
export type AgreementTemplate = Provenance & {
  readonly code: string;
  readonly title: string;
  readonly description: string;
  readonly terms: Template;
};

/** The terms' own reader says what is wrong with them; here that gets its place in the file. */
const terms: Shape<Template> = (node, spot) => {
  if (!isMap(node)) return spot.report('must be a mapping of keys to values');
  const read = parseTemplate(node.toJSON());
  if (read.ok) return read.value;
  for (const { path, message } of read.problems) spot.at(node, path).report(message);
  return undefined;
};

/** A document of kind `agreement-template`. */
export const agreementTemplate: Shape<AgreementTemplate> = record({
  ...provenance,
  code,
  title: text,
  description: text,
  terms,
});
