import { provenance } from './rule-shapes';
import { code, distinct, flag, list, record, type Shape, text, whole } from './shapes';
import type { Provenance } from './types';

/** On what ground a part of what is held about somebody may be withheld from them. */
export type Exemption = {
  readonly code: string;
  readonly title: string;
  readonly hint?: string;
  /** Whether it needs somebody's professional opinion, which is kept with it. */
  readonly opinion?: boolean;
};

/** What somebody may ask of what is held about them. */
export type Rights = Provenance & {
  readonly accessRequest: {
    /** Calendar months within which it is answered, and by how many more that may be extended. */
    readonly months: number;
    readonly extendableByMonths: number;
    readonly exemptions: readonly Exemption[];
  };
};

/** The document of kind `rights`. */
export const rights: Shape<Rights> = record({
  ...provenance,
  accessRequest: record({
    months: whole(1, 12),
    extendableByMonths: whole(0, 12),
    exemptions: distinct(list(record({ code, title: text }, { hint: text, opinion: flag }), 1), (each) => each.code),
  }),
});
