import { loadPacks } from '@concordat/packs';
import { join } from 'node:path';
import type { Agreement, BasisLine, Party } from './agreement';
import { contentHashOf } from './content-hash';

export const law = loadPacks(join(__dirname, '../../../packs/england-wales')).sharingLaw();

const contact = { name: 'Information governance', email: 'governance@example.org' };
const party = (orgId: string, more: Partial<Party> & Pick<Party, 'agencyType'>): Party => ({
  orgId,
  catalogueIds: [],
  role: 'CONTROLLER',
  publicAuthority: true,
  competentAuthority: false,
  healthOrSocialCare: false,
  signatory: { name: 'Signatory', post: 'Director' },
  dlo: contact,
  spoc: contact,
  dpo: contact,
  ...more,
});

const special = { art9: '9.2.g', sch1: ['S1.18'], art10: true } as const;
const line = (id: string, party: string, more: Partial<BasisLine>): BasisLine => ({
  id,
  purpose: 'MARAC',
  party,
  direction: 'RECEIVE',
  regime: 'UKGDPR',
  gateways: [],
  apdRequired: false,
  ...more,
});
const send = { direction: 'SEND', gateways: ['CDA98.s115'], confidenceRoute: 'STATUTE' } as const;
const publicTask = { art6: '6.1.e', ...special } as const;

const draft: Agreement = {
  id: 'A1',
  version: '1.2.0',
  title: 'Northbank MARAC',
  contact: 'Northbank community safety partnership',
  tier: 'PURPOSE_SPECIFIC',
  status: 'DRAFT',
  jurisdiction: 'ENG',
  effectiveFrom: '2026-04-01',
  reviewBy: '2027-01-31',
  expiresOn: '2027-03-31',
  reviewOverduePolicy: 'WARN',
  publishableView: ['title', 'purposes', 'flows'],
  restrictedView: ['parties.signatory', 'security'],
  dpiaRef: 'DPIA-7',
  apdRefs: ['APD-1'],
  ropaRefs: [],
  permittedUses: ['READ'],
  restrictions: [],
  parties: [
    party('LA1', { agencyType: 'COUNCIL' }),
    party('POL1', { agencyType: 'POLICE', competentAuthority: true }),
    party('NHS1', { agencyType: 'NHS', healthOrSocialCare: true, caldicottGuardian: contact }),
    party('VCS1', { agencyType: 'VCS', publicAuthority: false, actingFor: 'LA1' }),
  ],
  purposes: [
    { code: 'MARAC', description: 'Risk conference', statutoryFunction: 'Community safety', deathReview: false },
  ],
  basisLines: [
    line('L-POL1-S', 'POL1', { ...send, regime: 'PART3', sch8: ['S8.4'] }),
    line('L-LA1-S', 'LA1', { ...send, ...publicTask }),
    line('L-NHS1-S', 'NHS1', { ...send, ...publicTask }),
    line('L-LA1-R', 'LA1', publicTask),
    line('L-POL1-R', 'POL1', publicTask),
    line('L-NHS1-R', 'NHS1', publicTask),
    line('L-VCS1-R', 'VCS1', { art6: '6.1.ea', rliCondition: 'SAFEGUARDING', ...special }),
  ],
  dataItems: [
    { code: 'NAME', category: 'PERSONAL', about: 'VICTIM', patientInfo: false },
    { code: 'DASH', category: 'PERSONAL', about: 'VICTIM', patientInfo: false },
    { code: 'HEALTH', category: 'SPECIAL', about: 'VICTIM', patientInfo: true },
    { code: 'CONV', category: 'CRIMINAL', about: 'PERP', patientInfo: false },
    { code: 'FIN', category: 'PERSONAL', about: 'VICTIM', patientInfo: false, condition: 'RISK_RELATED' },
  ],
  flows: [
    {
      id: 'F1',
      purpose: 'MARAC',
      from: ['POL1', 'NHS1', 'LA1'],
      to: ['LA1', 'POL1', 'VCS1'],
      items: ['NAME', 'DASH', 'CONV', 'FIN'],
      methods: ['EMAIL'],
      classification: 'OFFICIAL-SENSITIVE',
      maxRecipients: 3,
      onward: 'WITH_ORIGINATOR_CONSENT',
      outsideMeetingAllowed: true,
    },
    {
      id: 'F2',
      purpose: 'MARAC',
      from: ['NHS1'],
      to: ['LA1', 'POL1'],
      items: ['HEALTH', 'NAME'],
      methods: ['EMAIL'],
      classification: 'OFFICIAL-SENSITIVE',
      maxRecipients: 3,
      onward: 'WITH_ORIGINATOR_CONSENT',
      outsideMeetingAllowed: false,
    },
  ],
  retention: [{ id: 'R1', trigger: 'CASE_CLOSED', period: 'P7Y', action: 'REVIEW', holds: [], conflict: 'LONGEST' }],
  security: { vetting: 'BPSS', encryption: 'In transit and at rest' },
  rights: { sarLead: 'LA1', exemptions: [], notifyOriginatorBeforeDisclosure: true },
  breach: { notifyOriginatorWithinH: 24, icoWithinH: 72, contact: 'LA1 data protection officer' },
  terms: { dispute: 'Board', complaintAckDays: 30 },
  events: [],
};

const SIGNED = '2026-03-02T10:00:00Z';

/** A1@1.2.0 of the worked examples before anybody has signed it. */
export const unsignedExample = draft;

/** liveFrom signs an agreement for all its parties and activates it: for tests that are about something else. */
export function live(agreement: Agreement, activatedAt = '2026-03-10T09:00:00Z'): Agreement {
  const contentHash = contentHashOf(agreement);
  return {
    ...agreement,
    contentHash,
    status: 'ACTIVE',
    parties: agreement.parties.map((each) => ({
      ...each,
      signatory: { name: 'Signatory', post: 'Director', signature: { contentHash, by: 'signatory' } },
      signedAt: each.signedAt ?? SIGNED,
      joinedAt: each.joinedAt ?? SIGNED,
    })),
    events: [{ type: 'ACTIVATED', at: activatedAt, by: 'lead' }],
  };
}

/** A1@1.2.0 of the worked examples, in force from 1 April 2026. */
export const example = live(draft);
