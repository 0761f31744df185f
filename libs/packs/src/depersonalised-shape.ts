import { agencyTypes } from '@concordat/contracts';
import { columnKinds, type DepersonalisedSet, type DropColumn } from '@concordat/sharing';
import { provenance } from './rule-shapes';
import { checked, code, distinct, list, oneOf, record, type Shape, text } from './shapes';
import type { Provenance } from './types';

/** The sets that are shared each quarter without personal data. */
export type DepersonalisedSets = Provenance & { readonly sets: readonly DepersonalisedSet[] };

const column: Shape<DropColumn> = checked(
  record({ name: code, kind: oneOf(columnKinds) }, { values: list(code, 1) }),
  ({ kind, values }) =>
    (kind === 'category') === (values !== undefined) ? undefined : 'has values if it is a category, and only then',
);

/** The document of kind `depersonalised-sets`. */
export const depersonalisedSets: Shape<DepersonalisedSets> = record({
  ...provenance,
  sets: distinct(
    list(
      record({
        code,
        title: text,
        from: list(oneOf(agencyTypes), 1),
        columns: distinct(list(column, 1), (each) => each.name),
      }),
      1,
    ),
    (each) => each.code,
  ),
});
