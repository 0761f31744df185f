import type { Agreement, ContactPoint, Party } from './agreement';
import { isLive } from './picture';

/** Whom an agreement has to name for each party, so that others know whom to turn to. */
export const liaisonRoles = ['dlo', 'spoc', 'dpo', 'caldicottGuardian'] as const;
export type LiaisonRole = (typeof liaisonRoles)[number];

/** Somebody whom agreements name for one party in one role. */
export interface LiaisonContact {
  readonly role: LiaisonRole;
  readonly contact: ContactPoint;
  /** `id@version` of each agreement that names them so. */
  readonly under: readonly string[];
}
/** What is missing: nobody is named, whoever is cannot be reached, or agreements name different people. */
export interface LiaisonGap {
  readonly code: 'not-named' | 'not-reachable' | 'named-differently';
  readonly role: LiaisonRole;
  readonly under: readonly string[];
}
export interface LiaisonEntry {
  readonly orgId: string;
  readonly contacts: readonly LiaisonContact[];
  readonly gaps: readonly LiaisonGap[];
}

/** Only where patients are cared for. */
const GUARDED: readonly string[] = ['NHS', 'ICB'];
/** A single point of contact is welcome and nobody has to name one. */
const EXPECTED: readonly LiaisonRole[] = ['dlo', 'dpo', 'caldicottGuardian'];

/**
 * liaisonOf tells for each live party of agreements in force at an instant whom they name as designated liaison officer, single
 * point of contact, data protection officer and Caldicott Guardian, and what is missing. Pure. By orgId.
 */
export function liaisonOf(inForce: readonly Agreement[], at: Date): readonly LiaisonEntry[] {
  const places = new Map<string, Place[]>();
  for (const agreement of inForce)
    for (const party of agreement.parties.filter((each) => isLive(each, at.getTime()))) {
      const isa = `${agreement.id}@${agreement.version}`;
      places.set(party.orgId, [...(places.get(party.orgId) ?? []), { isa, party }]);
    }
  return [...places]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([orgId, own]) => ({
      orgId,
      contacts: liaisonRoles.flatMap((role) => contactsIn(own, role)),
      gaps: EXPECTED.flatMap((role) => gapsIn(own, role)),
    }));
}

interface Place {
  readonly isa: string;
  readonly party: Party;
}

function contactsIn(places: readonly Place[], role: LiaisonRole): LiaisonContact[] {
  const found = new Map<string, LiaisonContact>();
  for (const { isa, party } of places) {
    const contact = party[role];
    if (!contact) continue;
    const { name, post, email, telephone } = contact;
    const key = JSON.stringify([name, post, email, telephone]);
    found.set(key, { role, contact, under: [...(found.get(key)?.under ?? []), isa] });
  }
  return [...found.values()];
}

function gapsIn(places: readonly Place[], role: LiaisonRole): LiaisonGap[] {
  const due = role === 'caldicottGuardian' ? places.filter(({ party }) => GUARDED.includes(party.agencyType)) : places;
  const under = (lacking: (party: Party) => boolean): string[] =>
    due.filter(({ party }) => lacking(party)).map(({ isa }) => isa);
  const contacts = contactsIn(due, role);
  const gaps: LiaisonGap[] = [
    { code: 'not-named', role, under: under((party) => party[role] === undefined) },
    { code: 'not-reachable', role, under: under((party) => party[role] !== undefined && !reachable(party[role])) },
    {
      ...{ code: 'named-differently', role },
      under: contacts.length > 1 ? contacts.flatMap((contact) => contact.under) : [],
    },
  ];
  return gaps.filter((gap) => gap.under.length > 0);
}

const reachable = ({ email, telephone }: ContactPoint): boolean => Boolean(email?.trim() || telephone?.trim());
