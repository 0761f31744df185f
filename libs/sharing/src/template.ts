import { agencyTypes, type Agreement, type AgencyType } from './agreement';
import type { LawTable } from './law';
import { parseAgreement } from './parse-agreement';
import type { Outcome } from './problem';

/** What a draft says of itself; everything else comes from its template. */
export type Particulars = Pick<
  Agreement,
  'id' | 'version' | 'title' | 'contact' | 'effectiveFrom' | 'reviewBy' | 'expiresOn' | 'parties'
>;

/** The terms that agreements of one kind have in common. Parties are named by their kind of agency, never one by one. */
export type Template = Omit<Agreement, keyof Particulars | 'status' | 'events' | 'contentHash'>;

/** fromTemplate is a draft with the terms of a template. What must be different is for its author to change. */
export const fromTemplate = (template: Template, particulars: Particulars): Agreement => ({
  ...template,
  ...particulars,
  status: 'DRAFT',
  events: [],
});

/**
 * parseTemplate reads the terms of a template from untrusted data, as strictly as an agreement: it is tried with one party of
 * every kind of agency. Problems name their places in the terms.
 */
export function parseTemplate(input: unknown, law?: LawTable): Outcome<Template> {
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    return { ok: false, problems: [{ path: '', code: 'agreement.type-wrong', message: 'must be an object' }] };
  const taken = OURS.filter((name) => name in input);
  if (taken.length > 0)
    return {
      ok: false,
      problems: taken.map((path) => ({ path, code: 'agreement.unknown-member', message: 'is for each draft to say' })),
    };
  const read = parseAgreement({ ...input, ...TRIAL, status: 'DRAFT', events: [] }, law);
  if (!read.ok) return read;
  const terms = Object.entries(read.value).filter(([name]) => !OURS.includes(name));
  return { ok: true, value: Object.fromEntries(terms) as unknown as Template };
}

const trialParty = (agencyType: AgencyType): Agreement['parties'][number] => ({
  ...{ orgId: `trial-${agencyType.toLowerCase()}`, catalogueIds: [], agencyType, role: 'CONTROLLER' },
  ...{ publicAuthority: false, competentAuthority: false, healthOrSocialCare: false },
});
const TRIAL: Particulars = {
  ...{ id: 'trial', version: '1.0.0', title: 'Trial', contact: 'Trial' },
  ...{ effectiveFrom: '2026-01-01', reviewBy: '2026-06-01', expiresOn: '2026-12-31' },
  parties: agencyTypes.map(trialParty),
};
const OURS: readonly string[] = [...Object.keys(TRIAL), 'status', 'events', 'contentHash'];
