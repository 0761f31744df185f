import { agencyTypes } from '@concordat/contracts';
import type { MaisTable } from '@concordat/sharing';
import { provenance } from './rule-shapes';
import { distinct, flag, list, matching, oneOf, record, type Shape, text } from './shapes';
import type { Provenance } from './types';

/** How what is shared is said in the draft vocabulary of Social Care Data (MAIS). */
export type MaisWords = Provenance & MaisTable;

const code = matching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/, 'a code of letters, digits, dots and hyphens');
const uri = matching(/^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"]{1,1000}$/, 'a URI');
/** Each of ours is said in one way; that two of ours are said alike would make one of them when they come back. */
const apart = <T extends { readonly code: string; readonly as: string }>(shape: Shape<T>): Shape<readonly T[]> =>
  distinct(
    distinct(list(shape, 0), (each) => each.code),
    (each) => each.as,
  );
const codes = distinct(list(text, 1), (each) => each);
const spoken = apart(record({ code, as: text }));

/** The document of kind `mais`. */
export const mais: Shape<MaisWords> = record({
  ...provenance,
  systems: record({ agreement: uri, request: uri, organisation: uri, record: uri, nhsNumber: uri }),
  purposes: apart(record({ code, as: text, description: text, statutoryFunction: text, deathReview: flag })),
  uses: spoken,
  duties: record({ DELETE: text, ARCHIVE: text, REVIEW: text, INFORM: text, CONSENT: text }),
  catalogue: distinct(list(record({ id: text, organisation: code }), 0), (each) => each.id),
  organisationTypes: distinct(list(record({ agencyType: oneOf(agencyTypes), as: text }), 0), (each) => each.agencyType),
  episodes: distinct(list(record({ code, as: text }), 0), (each) => each.code),
  events: spoken,
  heardAs: distinct(list(record({ code, as: text }), 0), (each) => each.as),
  codes: record({
    organisationTypes: codes,
    serviceTypes: codes,
    costFrequencies: codes,
    episodeTypes: codes,
    episodeOutcomes: codes,
    eventTypes: codes,
    units: codes,
    measurementTypes: codes,
  }),
});
