import { versionsById } from '../agreement';
import { contentHashOf } from '../content-hash';
import { unknownLawCodes } from '../parse-agreement';
import { compareVersions } from '../agreement';
import { leadsBackTo, takesOver } from '../register-problems';
import { each, type Check } from './finding';

/** S10 to S16: references, days, versions, parents, parties, signatures. */
export const registerChecks: readonly Check[] = [
  {
    number: 'S10',
    why: 'Some conditions of Schedule 1 are met only with an appropriate policy document.',
    mend: 'Add the reference of the policy document (apdRefs).',
    *find({ agreement }) {
      if (agreement.apdRefs.length > 0) return;
      for (const [path, line] of each('basisLines', agreement.basisLines)) {
        if (line.apdRequired) yield [`${path}.apdRequired`, `line ${line.id} needs an appropriate policy document`];
      }
    },
  },
  {
    number: 'S11',
    why: 'What refers to nothing is followed by nobody, and what nothing refers to may be a slip.',
    mend: 'Correct the reference, or add or remove what it names.',
    *find(checked) {
      yield* references(checked.agreement);
      for (const { path } of unknownLawCodes(checked.agreement, checked.law)) {
        if (!/^dataItems/.test(path)) yield [path, 'is not a code of the law table, or one that is not in force'];
      }
    },
  },
  {
    number: 'S12',
    why: 'An agreement that must be reviewed after its end, or ends before it begins, means something else than it says.',
    mend: 'Put the days in order: effectiveFrom, reviewBy, expiresOn.',
    *find({ agreement: { effectiveFrom, reviewBy, expiresOn } }) {
      if (effectiveFrom > reviewBy) yield ['reviewBy', 'is before effectiveFrom'];
      if (reviewBy > expiresOn) yield ['expiresOn', 'is before reviewBy'];
    },
  },
  {
    number: 'S13',
    why: 'Two versions of which neither takes over would leave it to chance which one governs.',
    mend: 'Give a new version a higher number and a later first day.',
    *find({ agreement, others }) {
      for (const other of others) {
        if (other.id !== agreement.id || other === agreement || other.events.length === 0) continue;
        const order = compareVersions(agreement.version, other.version);
        if (order === 0) {
          if (contentHashOf(other) !== contentHashOf(agreement))
            yield ['version', `${other.version} exists with other terms`];
        } else if (order < 0) yield ['version', `is lower than ${other.version}, which exists`];
        else if (!takesOver(other, agreement)) yield ['effectiveFrom', `does not come after that of ${other.version}`];
      }
    },
  },
  {
    number: 'S14',
    why: 'An agreement is in force only while its parent is, and binds only who has agreed to the parent.',
    mend: 'Choose the parent that covers these days and parties, or have it renewed and joined.',
    *find({ agreement, others }) {
      const { id, parentId, effectiveFrom, expiresOn, parties } = agreement;
      if (parentId === undefined) return;
      const byId = versionsById(others);
      if (parentId === id || leadsBackTo(id, agreement, byId, new Set())) {
        yield ['parentId', 'leads back to this agreement'];
        return;
      }
      const versions = byId.get(parentId) ?? [];
      if (versions.length === 0) {
        yield ['parentId', 'there is no such agreement'];
        return;
      }
      const first = versions.map((one) => one.effectiveFrom).sort()[0]!;
      const last = versions
        .map((one) => one.expiresOn)
        .sort()
        .at(-1)!;
      if (first > effectiveFrom) yield ['effectiveFrom', `is before the parent begins (${first})`];
      if (last < expiresOn) yield ['expiresOn', `is after the parent ends (${last})`];
      const members = new Set(versions.flatMap((one) => one.parties.map(({ orgId }) => orgId)));
      for (const [path, { orgId }] of each('parties', parties)) {
        if (!members.has(orgId)) yield [path, `${orgId} is no party of the parent`];
      }
    },
  },
  {
    number: 'S15',
    why: 'Each party answers for its part by somebody who signs, a data protection officer and somebody to reach.',
    mend: 'Complete the party.',
    *find({ agreement: { parties } }) {
      if (parties.length < 2) yield ['parties', 'there are fewer than two'];
      for (const [path, party] of each('parties', parties)) {
        const { orgId, signatory, dpo, dlo, spoc, role, actingFor, agencyType, caldicottGuardian } = party;
        if (!signatory) yield [`${path}.signatory`, `${orgId} names nobody who signs`];
        if (!dpo) yield [`${path}.dpo`, `${orgId} names no data protection officer`];
        if (!dlo && !spoc) yield [`${path}.spoc`, `${orgId} names nobody to reach`];
        const controller = parties.find((other) => other.orgId === actingFor && other.role !== 'PROCESSOR');
        if (role === 'PROCESSOR' && !controller)
          yield [`${path}.actingFor`, `${orgId} processes for no controller here`];
        if ((agencyType === 'NHS' || agencyType === 'ICB') && !caldicottGuardian) {
          yield [`${path}.caldicottGuardian`, `${orgId} names no Caldicott Guardian`, 'WARN'];
        }
      }
    },
  },
  {
    number: 'S16',
    why: 'A signature binds to the terms that were signed, to the letter.',
    mend: 'Have the party sign these terms.',
    *find({ agreement }) {
      const hash = contentHashOf(agreement);
      if (agreement.contentHash !== undefined && agreement.contentHash !== hash) {
        yield ['contentHash', 'is not that of these terms'];
      }
      for (const [path, { orgId, signatory, signedAt }] of each('parties', agreement.parties)) {
        const signature = signatory?.signature;
        if (signature && signature.contentHash !== hash)
          yield [`${path}.signatory.signature`, `${orgId} signed other terms`];
        if (signedAt && !signature) yield [`${path}.signedAt`, `${orgId} is said to have signed, without a signature`];
      }
    },
  },
];

/** S11: every purpose, item and party that is referred to exists, and what nothing refers to is warned of. */
function* references(
  agreement: Parameters<Check['find']>[0]['agreement'],
): Generator<readonly [string, string, 'WARN'?]> {
  const { parties, purposes, dataItems, flows, basisLines, restrictions, retention } = agreement;
  const codes = new Set(purposes.map(({ code }) => code));
  const items = new Set(dataItems.map(({ code }) => code));
  const names = new Set(parties.flatMap(({ orgId, agencyType }) => [orgId, agencyType as string]));
  const used = new Set<string>();
  for (const [path, flow] of each('flows', flows)) {
    if (!codes.has(flow.purpose)) yield [`${path}.purpose`, `there is no purpose ${flow.purpose}`];
    for (const end of ['from', 'to'] as const) {
      for (const [at, name] of each(`${path}.${end}`, flow[end])) if (!names.has(name)) yield [at, `nobody is ${name}`];
    }
    for (const [at, item] of each(`${path}.items`, flow.items)) {
      used.add(item);
      if (!items.has(item)) yield [at, `there is no item ${item}`];
    }
  }
  for (const [path, { purpose, party }] of each('basisLines', basisLines)) {
    if (!codes.has(purpose)) yield [`${path}.purpose`, `there is no purpose ${purpose}`];
    if (!names.has(party)) yield [`${path}.party`, `nobody is ${party}`];
  }
  for (const [path, restriction] of each('restrictions', restrictions)) {
    for (const [at, item] of each(`${path}.items`, restriction.items))
      if (!items.has(item)) yield [at, `there is no item ${item}`];
  }
  for (const [path, { partyOverride }] of each('retention', retention)) {
    if (partyOverride !== undefined && !names.has(partyOverride))
      yield [`${path}.partyOverride`, `nobody is ${partyOverride}`];
  }
  for (const [path, { actingFor }] of each('parties', parties)) {
    if (actingFor !== undefined && !names.has(actingFor))
      yield [`${path}.actingFor`, `${actingFor} is no party`, 'WARN'];
  }
  for (const [path, { code }] of each('dataItems', dataItems))
    if (!used.has(code)) yield [path, `no flow carries ${code}`, 'WARN'];
  for (const [path, { code }] of each('purposes', purposes)) {
    if (!flows.some(({ purpose }) => purpose === code)) yield [path, `no flow is for ${code}`, 'WARN'];
  }
}
