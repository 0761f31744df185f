import { addDays, startOfDay } from '@concordat/clocks';
import { type Agreement, type BasisLine, type DataItem, type Flow, type Party, named } from '../agreement';
import { contentHashOf } from '../content-hash';
import type { LawTable } from '../law';
import { instantOf } from '../reading';
import {
  CRIMINAL,
  IDENTIFYING,
  PATIENT,
  SPECIAL,
  type CompiledFlow,
  type CompiledItem,
  type CompiledLine,
  type CompiledParty,
  type CompiledPurpose,
  type CompiledVersion,
  type State,
} from './compiled';
import { bit } from './reasons';

/** compileVersion indexes one version of an agreement by a law table. Costs about as much as a thousand decisions. */
export function compileVersion(agreement: Agreement, law: LawTable): CompiledVersion {
  const { id, version, tier, effectiveFrom, expiresOn, reviewBy } = agreement;
  return {
    agreement,
    isa: `${id}@${version}`,
    // Reckoned from the terms and not read, so that a request's hash is compared with what is decided by.
    contentHash: contentHashOf(agreement),
    operative: tier !== 'ACCORD' && tier !== 'OVERARCHING',
    activatedAt: Math.min(...agreement.events.filter(({ type }) => type === 'ACTIVATED').map((e) => instantOf(e.at))),
    begins: startOfDay(effectiveFrom).getTime(),
    ends: startOfDay(addDays(expiresOn, 1)).getTime(),
    overdueFrom: startOfDay(addDays(reviewBy, 1)).getTime(),
    states: statesOf(agreement),
    parties: new Map(agreement.parties.map((party) => [party.orgId, compileParty(party)])),
    items: new Map(agreement.dataItems.map((item) => [item.code, compileItem(item)])),
    purposes: new Map(agreement.purposes.map(({ code }) => [code, compilePurpose(agreement, code, law)])),
    flows: new Map(agreement.flows.map((flow) => [flow.id, flow])),
    uses: new Set(agreement.permittedUses),
    restrictions: agreement.restrictions,
  };
}

const stateAfter: Readonly<Record<string, State>> = {
  ACTIVATED: 'ACTIVE',
  RESUMED: 'ACTIVE',
  SUSPENDED: 'SUSPENDED',
  WITHDRAWN: 'WITHDRAWN',
  SUPERSEDED: 'SUPERSEDED',
};

function statesOf({ events }: Agreement): CompiledVersion['states'] {
  return events.flatMap(({ type, at }) => {
    const state = stateAfter[type];
    return state ? [{ at: instantOf(at), state }] : [];
  });
}

function compileParty(party: Party): CompiledParty {
  const { joinedAt, signedAt, withdrawnAt } = party;
  const from = joinedAt && signedAt ? Math.max(instantOf(joinedAt), instantOf(signedAt)) : Infinity;
  return { party, from, until: withdrawnAt ? instantOf(withdrawnAt) : Infinity };
}

function compileItem({ category, patientInfo, condition }: DataItem): CompiledItem {
  const traits =
    (category === 'SPECIAL' ? SPECIAL : 0) |
    (category === 'CRIMINAL' ? CRIMINAL : 0) |
    (patientInfo ? PATIENT : 0) |
    (category === 'DEPERSONALISED' ? 0 : IDENTIFYING);
  return { traits, condition };
}

function compilePurpose(agreement: Agreement, code: string, law: LawTable): CompiledPurpose {
  const { parties } = agreement;
  const flows = agreement.flows.filter(({ purpose }) => purpose === code).sort(byId);
  const compiled = flows.map((flow) => compileFlow(flow, parties));
  const lines = (direction: BasisLine['direction']): Map<string, readonly CompiledLine[]> =>
    new Map(
      parties.map((party) => [
        party.orgId,
        linesOf(agreement, code, direction, party).map((line) => compileLine(line, party, law)),
      ]),
    );
  return {
    deathReview: agreement.purposes.some((purpose) => purpose.code === code && purpose.deathReview),
    from: new Map(
      parties.map((party) => [party.orgId, compiled.filter(({ flow }) => named(flow.from, party))] as const),
    ),
    send: lines('SEND'),
    receive: lines('RECEIVE'),
  };
}

const byId = (a: { readonly id: string }, b: { readonly id: string }): number =>
  a.id < b.id ? -1 : a.id > b.id ? 1 : 0;

function compileFlow(flow: Flow, parties: readonly Party[]): CompiledFlow {
  return {
    flow,
    id: flow.id,
    to: new Set(parties.filter((party) => named(flow.to, party)).map(({ orgId }) => orgId)),
    items: new Set(flow.items),
    methods: new Set(flow.methods),
  };
}

/** linesOf: lines for the organisation, if any, replace those for its kind. In the order of their ids. */
export function linesOf(
  { basisLines }: Pick<Agreement, 'basisLines'>,
  purpose: string,
  direction: BasisLine['direction'],
  { orgId, agencyType }: Pick<Party, 'orgId' | 'agencyType'>,
): BasisLine[] {
  const fitting = basisLines.filter((line) => line.purpose === purpose && line.direction === direction);
  const own = fitting.filter(({ party }) => party === orgId);
  return (own.length > 0 ? own : fitting.filter(({ party }) => party === agencyType)).sort(byId);
}

/** compileLine finds what R11 to R13 and R17 would find in a line of a party, whatever is asked. */
export function compileLine(
  line: BasisLine,
  party: Pick<Party, 'publicAuthority' | 'competentAuthority'>,
  law: LawTable,
): CompiledLine {
  const { regime, art9, sch1 = [], sch8 = [], art10 = false, gateways } = line;
  const alone = law.art9.some(({ code, alone }) => alone && code === art9);
  const specialMet = regime === 'PART3' ? sch8.length > 0 : art9 !== undefined && (alone || sch1.length > 0);
  const criminalMet = regime === 'PART3' || (art10 && sch1.length > 0);
  return {
    line,
    id: line.id,
    always:
      (line.art6 === law.recognisedInterest && party.publicAuthority ? bit.RLI_PUBLIC_AUTHORITY : 0) |
      (regime === 'PART3' && !party.competentAuthority ? bit.REGIME_MISMATCH : 0),
    needsStatement: law.rliConditions.some(({ code, statement }) => statement && code === line.rliCondition),
    forSpecial: specialMet ? 0 : bit.NO_SPECIAL_CONDITION,
    forCriminal: criminalMet ? 0 : bit.NO_CRIMINAL_CONDITION,
    limits: gateways.map((code) => {
      const gateway = law.gateways.find((each) => each.code === code);
      return gateway?.selectable ? (gateway.limit ?? 'none') : 'never';
    }),
    missingGateway: gateways.length === 0 && party.publicAuthority,
    needsReason: [...sch1, ...sch8].some((code) => law.reasonNeeded.includes(code)),
  };
}
