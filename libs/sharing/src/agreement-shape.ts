import {
  agencyTypes,
  categories,
  classifications,
  eventTypes,
  onwardRules,
  regimes,
  routes,
  statuses,
  subjectKinds,
  tiers,
  type Agreement,
} from './agreement';
import { shortCode } from './law';
import {
  checked,
  day,
  distinct,
  flag,
  instant,
  list,
  matching,
  oneOf,
  record,
  type Shape,
  text,
  whole,
} from './reading';

/** Identifiers and codes travel in audit entries and events, so they are short and plain. */
const name = matching(/^[A-Za-z0-9][A-Za-z0-9._:/-]{0,79}$/, 'letters, digits and . _ : / -, 80 at most');
const lawCode: Shape<string> = (value, spot) => {
  const read = matching(/^[A-Za-z0-9][A-Za-z0-9._/()+-]{0,79}$/, 'a code of the law table')(value, spot);
  return read === undefined ? undefined : shortCode(read);
};
const organisation = checked(name, (id) =>
  (agencyTypes as readonly string[]).includes(id)
    ? ['code-reserved', 'is the name of a kind of agency, not of an organisation']
    : undefined,
);
export const version = matching(/^(?:0|[1-9]\d{0,5})(?:\.(?:0|[1-9]\d{0,5})){2}$/, 'a version such as 1.2.0');
const duration = matching(
  /^P(?=\d)(?:\d{1,3}Y)?(?:\d{1,4}M)?(?:\d{1,4}W)?(?:\d{1,5}D)?$/,
  'an ISO 8601 period such as P7Y',
);
const sha256 = matching(/^[0-9a-f]{64}$/, 'a SHA-256 in small hexadecimal digits');

const contact = record({ name: text }, { post: text, email: text, telephone: text });
const once = <T extends { readonly [K in P]: string }, P extends string>(
  shape: Shape<T>,
  key: P,
): Shape<readonly T[]> => distinct(list(shape), (each) => each[key]);
const names = distinct(list(name), (each) => each);
const lawCodes = distinct(list(lawCode), (each) => each);
const texts = list(text);

const party = record(
  {
    orgId: organisation,
    catalogueIds: texts,
    agencyType: oneOf(agencyTypes),
    role: oneOf(['CONTROLLER', 'JOINT', 'PROCESSOR']),
    publicAuthority: flag,
    competentAuthority: flag,
    healthOrSocialCare: flag,
  },
  {
    actingFor: organisation,
    icoRegNo: text,
    signatory: record(
      { name: text, post: text },
      { signature: record({ contentHash: sha256, by: text }, { reference: text }) },
    ),
    signedAt: instant,
    dlo: contact,
    spoc: contact,
    dpo: contact,
    caldicottGuardian: contact,
    joinedAt: instant,
    withdrawnAt: instant,
    withdrawalNotice: duration,
  },
);

const purpose = record(
  { code: name, description: text, statutoryFunction: text, deathReview: flag },
  { annex2Compat: lawCode },
);

const basisLine = record(
  {
    id: name,
    purpose: name,
    party: name,
    direction: oneOf(['SEND', 'RECEIVE']),
    regime: oneOf(regimes),
    gateways: lawCodes,
    apdRequired: flag,
  },
  {
    art6: lawCode,
    rliCondition: lawCode,
    art9: lawCode,
    sch1: lawCodes,
    art10: flag,
    sch8: lawCodes,
    confidenceRoute: oneOf(routes),
    consentPolicy: text,
  },
);

const dataItem = record(
  { code: name, category: oneOf(categories), about: oneOf(subjectKinds), patientInfo: flag },
  { condition: name, format: text },
);

const flow = record(
  {
    id: name,
    purpose: name,
    from: names,
    to: names,
    items: names,
    methods: names,
    classification: oneOf(classifications),
    maxRecipients: whole(1, 1000),
    onward: oneOf(onwardRules),
    outsideMeetingAllowed: flag,
  },
  { trigger: text, frequency: text, onwardTo: names, minimisationRule: text },
);

const retention = record(
  {
    id: name,
    trigger: oneOf(['CASE_CLOSED', 'LAST_MEETING', 'SUBJECT_DOB', 'DEATH', 'PUBLICATION']),
    period: duration,
    action: oneOf(['DELETE', 'REVIEW', 'ARCHIVE']),
    holds: texts,
    conflict: oneOf(['LONGEST', 'SHORTEST']),
  },
  { partyOverride: name, categories: list(oneOf(categories), 1) },
);

const hours = whole(1, 8760);

/** The shape of one version of an agreement, as JSON. What it says may still be unlawful: see the static checks. */
export const agreement: Shape<Agreement> = checked(
  record(
    {
      id: name,
      version,
      title: text,
      contact: text,
      tier: oneOf(tiers),
      status: oneOf(statuses),
      jurisdiction: oneOf(['ENG', 'WAL', 'SCO', 'NI']),
      effectiveFrom: day,
      reviewBy: day,
      expiresOn: day,
      reviewOverduePolicy: oneOf(['BLOCK', 'WARN']),
      publishableView: texts,
      restrictedView: texts,
      apdRefs: texts,
      ropaRefs: texts,
      permittedUses: names,
      restrictions: once(record({ code: name, action: name, absolute: flag }, { items: names, to: names }), 'code'),
      parties: once(party, 'orgId'),
      purposes: once(purpose, 'code'),
      basisLines: once(basisLine, 'id'),
      dataItems: once(dataItem, 'code'),
      flows: once(flow, 'id'),
      retention: once(retention, 'id'),
      security: record({}, { vetting: text, training: text, encryption: text, location: text }),
      rights: record({ exemptions: texts, notifyOriginatorBeforeDisclosure: flag }, { sarLead: text }),
      breach: record({}, { notifyOriginatorWithinH: hours, icoWithinH: hours, contact: text }),
      terms: record({}, { dispute: text, nonCompliance: text, indemnity: text, complaintAckDays: whole(1, 365) }),
      events: list(record({ type: oneOf(eventTypes), at: instant, by: text }, { orgId: organisation })),
    },
    { parentId: name, contentHash: sha256, dpiaRef: text },
  ) as Shape<Agreement>,
  ({ id, parentId }) => (id === parentId ? ['parent-circular', 'is its own parent'] : undefined),
);
