import type { AgencyType } from '@concordat/contracts';
import { fromTemplate, type Agreement, type Party, type Template } from '@concordat/sharing';
import type { StartAgreementDto } from './agreements.dto';

const PUBLIC: readonly AgencyType[] = ['COUNCIL', 'POLICE', 'NHS', 'ICB', 'PROBATION', 'FIRE', 'PRISON'];

/**
 * A party as its kind of agency usually is, for the author to correct: which bodies are public authorities, competent
 * authorities (Part 3 of the Data Protection Act 2018) and of health or social care. Pure.
 */
export const usualParty = (orgId: string, agencyType: AgencyType): Party => ({
  ...{ orgId, catalogueIds: [], agencyType, role: 'CONTROLLER' },
  publicAuthority: PUBLIC.includes(agencyType),
  competentAuthority: agencyType === 'POLICE',
  healthOrSocialCare: agencyType === 'NHS' || agencyType === 'ICB',
});

/**
 * The first version of an agreement from a template, with what concerns its parties: a template speaks of every kind of agency.
 * Organisations that are not known are left for the check of parties. Pure.
 */
export function begin(
  template: Template,
  { template: _code, parties, ...about }: StartAgreementDto,
  kinds: ReadonlyMap<string, AgencyType>,
): Agreement {
  const members = parties.map((orgId) => usualParty(orgId, kinds.get(orgId) ?? 'VCS'));
  const present = new Set<string>(members.map(({ agencyType }) => agencyType));
  const here = (kinds: readonly string[]): string[] => kinds.filter((kind) => present.has(kind));
  const terms: Template = {
    ...template,
    basisLines: template.basisLines.filter(({ party }) => present.has(party)),
    flows: template.flows
      .map((flow) => ({ ...flow, from: here(flow.from), to: here(flow.to) }))
      .filter(({ from, to }) => from.length > 0 && to.length > 0),
  };
  return fromTemplate(terms, { ...about, version: '1.0.0', parties: members });
}
