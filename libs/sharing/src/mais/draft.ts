import { civilDate } from '@concordat/clocks';
import { categories, subjectKinds, type Agreement, type DataItem, type Party } from '../agreement';
import { compareAgreements } from '../comparison';
import { contentHashOf } from '../content-hash';
import type { LawTable } from '../law';
import { parseAgreement } from '../parse-agreement';
import type { Outcome, Problem } from '../problem';
import { parsePolicy, policyOf, type SharingPolicy } from './policy';
import { catalogueIdsOf, heard, organisationOf, ownCatalogueId, readUrn, type MaisTable } from './vocabulary';

/** A party as a policy names it. */
export type NamedParty = SharingPolicy['Party'][number];

/** Which organisation of the partnership a policy means, as its kind usually is; undefined when it is none. */
export type Recognise = (party: NamedParty, orgId: string | undefined) => Party | undefined;

export interface DraftOfPolicy {
  readonly agreement: Agreement;
  /** Places of the draft of which the policy says nothing: what stands there is the strictest, and is for its author to confirm. */
  readonly assumed: readonly string[];
  /** Places of the policy that a draft has no room for: what they say is for its author to write. */
  readonly left: readonly string[];
}

/** What no policy says. Nothing flows and nothing has a basis until its author writes it, so that the draft permits nothing. */
const UNSAID = {
  ...{ tier: 'PURPOSE_SPECIFIC', jurisdiction: 'ENG', reviewOverduePolicy: 'BLOCK', status: 'DRAFT' },
  ...{ publishableView: [], restrictedView: [], apdRefs: [], ropaRefs: [] },
  ...{ basisLines: [], flows: [], retention: [], breach: {}, terms: {}, events: [] },
  rights: { exemptions: [], notifyOriginatorBeforeDisclosure: true },
} as const;
const SECURITY = ['vetting', 'training', 'encryption', 'location'];
const FIRST_VERSION = '1.0.0';

/**
 * draftOf makes a draft of a SharingPolicy, from untrusted JSON: always a draft, which permits nothing before it was completed, checked
 * and signed here. Either the whole draft or everything that is wrong, each problem at its place in the policy. With a law table, facts
 * that it does not have are problems too. Pure.
 */
export function draftOf(
  input: unknown,
  table: MaisTable,
  recognise: Recognise,
  law?: LawTable,
): Outcome<DraftOfPolicy> {
  const read = parsePolicy(input);
  if (!read.ok) return read;
  const policy = read.value;
  const [id = '', version = FIRST_VERSION] = policy.Identifier.value.split('@');
  const expiresOn = dayOf(policy.EndDate);
  const found = policy.Party.map((each) => partyOf(each, table, recognise));
  const strangers = found.flatMap((party, i): Problem[] => (party ? [] : [strange(i)]));
  if (strangers.length > 0) return { ok: false, problems: strangers };
  const items = policy.Data.map(itemOf);
  const security = securityOf(policy.SecurityMeasure ?? []);
  const prohibited = (policy.Restrictions ?? []).filter((said) => !readUrn('restriction', said));
  const document = {
    ...UNSAID,
    ...{ id, version, title: policy.Name, contact: policy.Contact },
    ...{ effectiveFrom: dayOf(policy.StartDate), reviewBy: expiresOn, expiresOn },
    parties: found,
    purposes: policy.Purpose.map((said) => purposeOf(said, table)),
    dataItems: items.map(({ item }) => item),
    permittedUses: policy.PermittedUse.map((said) => heard('action', table.uses, said)),
    restrictions: prohibited.map((said) => {
      const action = heard('action', table.uses, said);
      return { code: action, action, absolute: true };
    }),
    security: security.known,
  };
  const agreement = parseAgreement(document, law);
  if (!agreement.ok) return { ok: false, problems: agreement.problems.map(atItsPlace) };
  const unmapped = policy.Purpose.filter((said) => !table.purposes.some(({ as }) => as === said));
  return {
    ok: true,
    value: {
      agreement: agreement.value,
      assumed: [
        ...['tier', 'jurisdiction', 'reviewBy', 'reviewOverduePolicy', 'flows', 'basisLines', 'retention', 'rights'],
        ...['breach', 'terms', 'parties.role'],
        ...(policy.Identifier.value.includes('@') ? [] : ['version']),
        ...unmapped.map((said) => `purposes.${heard('purpose', table.purposes, said)}`),
        ...items.flatMap(({ item, guessed }) => (guessed ? [`dataItems.${item.code}`] : [])),
      ],
      left: [
        ...(policy.Restrictions ?? []).flatMap((said, i) =>
          readUrn('restriction', said) ? [`Restrictions[${i}]`] : [],
        ),
        ...placesOf('DataRecipientResponsibilities', policy.DataRecipientResponsibilities),
        ...security.left.map((i) => `SecurityMeasure[${i}]`),
        ...placesOf('LegalCompliance', policy.LegalCompliance),
      ],
    },
  };
}

/**
 * lossesOf lists the places of an agreement that its policy does not say: where the draft that the policy makes differs from it. Found
 * by making that draft, so that nothing can be dropped without standing here. No values. `usual` is what an installation knows of a
 * party without the agreement. Pure.
 */
export function lossesOf(agreement: Agreement, table: MaisTable, usual: (party: Party) => Party): readonly string[] {
  const told = { organisation: (orgId: string) => orgId, published: 'urn:concordat:published' };
  const parties = new Map(agreement.parties.map((party) => [party.orgId, party]));
  const back = draftOf(policyOf(agreement, table, told), table, ({ Name }) => {
    const party = parties.get(Name);
    return party && usual(party);
  });
  // An agreement without data or purposes is no policy at all.
  if (!back.ok) return back.problems.map(({ path }) => path || 'effectiveFrom');
  const places = compareAgreements(agreement, back.value.agreement).flatMap(({ section, rows, changes }) => [
    ...rows.flatMap(({ row, what, changes: within }) =>
      what === 'changed' ? within.map(({ path }) => `${section}.${row}.${path}`) : [`${section}.${row}`],
    ),
    ...changes.map(({ path }) => (section === 'about' ? path : `${section}.${path}`)),
  ]);
  if (places.length > 0) return places;
  return contentHashOf(agreement) === contentHashOf(back.value.agreement) ? [] : ['order'];
}

const dayOf = (stamp: string): string => (stamp.length === 10 ? stamp : civilDate(new Date(stamp)));
const placesOf = (name: string, codes: readonly string[] = []): string[] => codes.map((_, i) => `${name}[${i}]`);

function partyOf(named: NamedParty, table: MaisTable, recognise: Recognise): Party | undefined {
  const known = named.CatalogueID.flatMap((id) => organisationOf(table, id) ?? []);
  // Ids of two organisations name nobody.
  if (new Set(known).size > 1) return undefined;
  const party = recognise(named, known[0]);
  if (!party) return undefined;
  const ours = [...catalogueIdsOf(table, party.orgId), ownCatalogueId(party.orgId)];
  return { ...party, catalogueIds: named.CatalogueID.filter((id) => !ours.includes(id)) };
}

const strange = (i: number): Problem => ({
  path: `Party[${i}].CatalogueID`,
  code: 'policy.party-unknown',
  message: 'names no one organisation of the partnership',
});

function purposeOf(said: string, table: MaisTable): Agreement['purposes'][number] {
  const known = table.purposes.find(({ as }) => as === said);
  if (known) {
    const { code, description, statutoryFunction, deathReview } = known;
    return { code, description, statutoryFunction, deathReview };
  }
  const code = heard('purpose', table.purposes, said);
  return { code, description: code, statutoryFunction: 'To be completed', deathReview: false };
}

/** A kind of data. Of what is only described, the strictest is taken: somebody's health. */
function itemOf(said: string, index: number): { item: DataItem; guessed: boolean } {
  const urn = readUrn('item', said);
  const [category, about] = [urn?.said.get('category'), urn?.said.get('about')];
  const isKnown = categories.some((each) => each === category) && subjectKinds.some((each) => each === about);
  if (!urn || !isKnown) {
    const code = urn ? urn.code : `DATA-${index + 1}`;
    return { item: { code, category: 'SPECIAL', about: 'OTHER', patientInfo: true, format: said }, guessed: true };
  }
  const [condition, format] = [urn.said.get('condition'), urn.said.get('format')];
  const item = {
    ...{ code: urn.code, category, about, patientInfo: urn.said.get('patientInfo') !== 'false' },
    ...(condition ? { condition } : {}),
    ...(format ? { format } : {}),
  } as DataItem;
  return { item, guessed: false };
}

function securityOf(measures: readonly string[]): { known: Record<string, string>; left: number[] } {
  const known: Record<string, string> = {};
  const left: number[] = [];
  measures.forEach((measure, i) => {
    const [, of, what] = /^([a-z]+): ([^]*\S[^]*)$/.exec(measure) ?? [];
    if (of && what && SECURITY.includes(of) && !(of in known)) known[of] = what;
    else left.push(i);
  });
  return { known, left };
}

const PLACES: Readonly<Record<string, string>> = {
  ...{ id: 'Identifier.value', version: 'Identifier.value', title: 'Name', contact: 'Contact', parties: 'Party' },
  ...{ dataItems: 'Data', purposes: 'Purpose', permittedUses: 'PermittedUse', restrictions: 'Restrictions' },
  ...{ effectiveFrom: 'StartDate', expiresOn: 'EndDate', reviewBy: 'EndDate', security: 'SecurityMeasure' },
};

/** What is wrong with a draft, where the policy said it. */
function atItsPlace({ path, code, message }: Problem): Problem {
  const [, name = '', index = ''] = /^([A-Za-z]+)(\[\d+\])?/.exec(path) ?? [];
  return { path: `${PLACES[name] ?? name}${index}`, code: code.replace(/^agreement\./, 'policy.'), message };
}
