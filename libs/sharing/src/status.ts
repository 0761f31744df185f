import { civilDate } from '@concordat/clocks';
import {
  compareVersions,
  type Agreement,
  type AgreementEvent,
  type EventType,
  type Party,
  type Signature,
  type Status,
} from './agreement';
import { contentHashOf } from './content-hash';
import type { Finding } from './checks/finding';
import { SharingError } from './problem';
import { instantOf } from './reading';

/** What may be done to an agreement. `at` is given by the caller and never lies before the last event. */
export type Step =
  | {
      readonly do:
        'submit' | 'return' | 'assure' | 'amend' | 'review' | 'suspend' | 'resume' | 'withdraw' | 'supersede';
    }
  | { readonly do: 'expire' }
  | { readonly do: 'activate'; readonly findings: readonly Finding[] }
  | { readonly do: 'sign'; readonly orgId: string; readonly signature: Signature }
  | { readonly do: 'leave'; readonly orgId: string; readonly from: string };
type Doing = Step['do'];
type Row = Readonly<Partial<Record<Status, Status>>>;

const same = (...at: Status[]): Row => Object.fromEntries(at.map((status) => [status, status]));
const to = (next: Status, ...at: Status[]): Row => Object.fromEntries(at.map((status) => [status, next]));

/** What may be done at which status, and the status that it leads to. `sign` leads on when enough have signed. */
const table: Readonly<Record<Doing, Row>> = {
  submit: to('IN_QA', 'DRAFT'),
  return: to('DRAFT', 'IN_QA', 'ASSURED'),
  assure: to('ASSURED', 'IN_QA'),
  sign: same('ASSURED', 'SIGNED', 'ACTIVE', 'SUSPENDED'),
  activate: to('ACTIVE', 'SIGNED'),
  amend: to('DRAFT', 'DRAFT', 'IN_QA', 'ASSURED', 'SIGNED'),
  review: same('ACTIVE', 'SUSPENDED'),
  suspend: to('SUSPENDED', 'ACTIVE'),
  resume: to('ACTIVE', 'SUSPENDED'),
  leave: same('ASSURED', 'SIGNED', 'ACTIVE', 'SUSPENDED'),
  withdraw: to('WITHDRAWN', 'DRAFT', 'IN_QA', 'ASSURED', 'SIGNED', 'ACTIVE', 'SUSPENDED'),
  supersede: to('SUPERSEDED', 'ACTIVE', 'SUSPENDED'),
  expire: to('EXPIRED', 'ACTIVE', 'SUSPENDED'),
};

const events: Readonly<Partial<Record<Doing, EventType>>> = {
  activate: 'ACTIVATED',
  amend: 'AMENDED',
  review: 'REVIEWED',
  suspend: 'SUSPENDED',
  resume: 'RESUMED',
  leave: 'PARTY_WITHDREW',
  withdraw: 'WITHDRAWN',
  supersede: 'SUPERSEDED',
};

/** What may be done to a version at a status, signing and leaving included. */
export const stepsOpen = (status: Status): readonly Doing[] =>
  (Object.keys(table) as Doing[]).filter((step) => table[step][status] !== undefined);

/** Fewer parties than this have nobody to share with. */
const FEWEST_PARTIES = 2;

/**
 * takeStep gives the agreement after a step by `by` at `at`. Each party signs for itself; two signatures make the agreement
 * SIGNED, and a party that signs later joins then. An amendment makes it a draft again and voids every signature.
 * @throws SharingError `agreement.step-not-open` when its status does not allow the step, and the codes named below
 */
export function takeStep(agreement: Agreement, step: Step, by: string, at: string): Agreement {
  const next = table[step.do][agreement.status];
  if (!next) throw new SharingError('agreement.step-not-open', `${step.do} is not open when ${agreement.status}`);
  const now = instantOf(at);
  if (Number.isNaN(now)) throw new SharingError('agreement.time-wrong', 'not a time with its offset');
  const last = agreement.events.at(-1);
  // Decisions are replayed as of a moment, so nothing may be slipped in before what has been decided already.
  if (last && instantOf(last.at) > now)
    throw new SharingError('agreement.event-out-of-order', 'earlier than the last event');
  const event = (type: EventType, orgId?: string): AgreementEvent => ({ type, at, by, ...(orgId ? { orgId } : {}) });
  const after = (changes: Partial<Agreement>, ...more: AgreementEvent[]): Agreement => ({
    ...agreement,
    status: next,
    ...changes,
    events: [...agreement.events, ...more],
  });
  switch (step.do) {
    case 'sign':
      return signed(agreement, step, at, event, after);
    case 'leave':
      return after(
        { parties: withoutParty(agreement, step.orgId, step.from, now) },
        event('PARTY_WITHDREW', step.orgId),
      );
    case 'activate': {
      const blocking = step.findings.filter(({ level }) => level === 'BLOCK');
      if (blocking.length === 0) return after({}, event('ACTIVATED'));
      throw new SharingError('agreement.findings-block', blocking.map(({ check }) => check).join(', '));
    }
    case 'amend':
      return after({ parties: agreement.parties.map(unsigned) }, event('AMENDED'));
    case 'expire':
      if (civilDate(new Date(now)) > agreement.expiresOn) return after({});
      throw new SharingError('agreement.not-expired', 'its last day is not over');
    default: {
      const type = events[step.do];
      return type ? after({}, event(type)) : after({});
    }
  }
}

function signed(
  agreement: Agreement,
  { orgId, signature }: Extract<Step, { do: 'sign' }>,
  at: string,
  event: (type: EventType, orgId?: string) => AgreementEvent,
  after: (changes: Partial<Agreement>, ...more: AgreementEvent[]) => Agreement,
): Agreement {
  const party = partyOf(agreement, orgId);
  if (!party.signatory) throw new SharingError('agreement.no-signatory', 'the party names nobody who signs');
  if (party.signedAt) throw new SharingError('agreement.already-signed', 'the party has signed this version');
  const contentHash = contentHashOf(agreement);
  if (signature.contentHash !== contentHash) {
    throw new SharingError('agreement.content-mismatch', 'these are not the terms that were signed');
  }
  const signatory = { ...party.signatory, signature };
  const parties = agreement.parties.map((each) =>
    each === party ? { ...party, signatory, signedAt: at, joinedAt: party.joinedAt ?? at } : each,
  );
  const enough = parties.filter(({ signedAt, withdrawnAt }) => signedAt && !withdrawnAt).length >= FEWEST_PARTIES;
  const late = agreement.status === 'ACTIVE' || agreement.status === 'SUSPENDED';
  return after(
    { parties, contentHash, ...(agreement.status === 'ASSURED' && enough ? { status: 'SIGNED' } : {}) },
    event('SIGNED', orgId),
    ...(late ? [event('PARTY_JOINED', orgId)] : []),
  );
}

/** A party leaves from a moment on, now or at the end of its notice; what was shared before stays shared. */
function withoutParty(agreement: Agreement, orgId: string, from: string, now: number): Party[] {
  const party = partyOf(agreement, orgId);
  if (party.withdrawnAt) throw new SharingError('agreement.already-withdrawn', 'the party has withdrawn');
  if (!(instantOf(from) >= now)) throw new SharingError('agreement.time-wrong', 'a party cannot leave in the past');
  return agreement.parties.map((each) => (each === party ? { ...party, withdrawnAt: from } : each));
}

function partyOf(agreement: Agreement, orgId: string): Party {
  const party = agreement.parties.find((each) => each.orgId === orgId);
  if (!party) throw new SharingError('agreement.not-a-party', 'no such party');
  return party;
}

function unsigned({ signedAt, joinedAt, signatory, ...party }: Party): Party {
  return signatory ? { ...party, signatory: { name: signatory.name, post: signatory.post } } : party;
}

/**
 * successorOf is a draft of the next version: the same terms, without signatures, dates and events. Once activated it takes
 * over at the start of its first day.
 * @throws SharingError `agreement.version-not-higher`
 */
export function successorOf(agreement: Agreement, version: string): Agreement {
  if (compareVersions(version, agreement.version) <= 0) {
    throw new SharingError('agreement.version-not-higher', 'a new version has a higher number');
  }
  return { ...asDraft(agreement), version };
}

/** asDraft is a version with its terms alone: whatever was sent of signatures, dates, events and status is nobody's to claim. */
export function asDraft(agreement: Agreement): Agreement {
  const { contentHash, ...terms } = agreement;
  const parties = agreement.parties.map(({ withdrawnAt, ...party }) => unsigned(party));
  return { ...terms, status: 'DRAFT', parties, events: [] };
}
