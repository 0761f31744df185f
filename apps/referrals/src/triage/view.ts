import { mayNot } from '@concordat/access';
import type { Action } from '@concordat/contracts';
import type { Actor } from '@concordat/platform';
import { sideOf, standsAs, type Side } from '../grounds';
import { last, thisRound, type Entry } from '../history';
import { isOpen, mayTake, statusOf, type Step } from '../referral';
import type { Received } from '../referrals.repository';

/** Fields that a side does not see, not even as having changed. Triage is between the triaging agency's staff. */
export function hiddenFrom(side: Side): readonly string[] {
  if (side === 'triage') return [];
  const inside = ['notes', 'colour', 'dueAt', 'ratings', 'assignedTo'];
  return side === 'referrer' ? inside : [...inside, 'informationRequests', 'feedback'];
}

/** What happened that each side may know of. */
const TOLD: Readonly<Record<Exclude<Side, 'triage'>, readonly Entry['what'][]>> = {
  referrer: ['information-requested', 'information-returned', 'decided', 'feedback-given', 'reopened', 'withdrawn'],
  participant: ['decided', 'reopened', 'withdrawn'],
};

/** Steps by the name under which a page asks whether to offer them. */
const OFFERED: Readonly<Record<string, readonly [Action, Step, 'triage' | 'referrer']>> = {
  rate: ['referral.rate', 'rate', 'triage'],
  assign: ['referral.assign', 'assign', 'triage'],
  note: ['referral.note', 'note', 'triage'],
  requestInformation: ['referral.request-information', 'request-information', 'triage'],
  returnInformation: ['referral.return-information', 'return-information', 'referrer'],
  decide: ['referral.decide', 'decide', 'triage'],
  reopen: ['referral.reopen', 'reopen', 'triage'],
  giveFeedback: ['referral.give-feedback', 'give-feedback', 'triage'],
  withdraw: ['referral.withdraw', 'withdraw', 'referrer'],
};

/** viewOf shows a referral to one caller, as far as their side may see it. Lists are oldest first, history newest first. Pure. */
export function viewOf(actor: Actor, r: Received & { readonly content: Record<string, unknown> }, now: Date) {
  const side = sideOf(actor, r);
  const inside = side === 'triage';
  const concerned = side !== 'participant';
  const round = thisRound(r.entries);
  const dueAt = inside && r.dueAt instanceof Date ? r.dueAt : null;
  const rated = inside ? last(round, 'rated') : null;
  const told = inside ? r.entries : r.entries.filter((e) => TOLD[side as 'referrer'].includes(e.what));
  return {
    id: r.id,
    reference: r.reference,
    version: r.version,
    status: statusOf(r),
    pathway: r.pathway,
    areaId: r.areaId,
    referringOrg: r.referringOrg,
    receivingOrg: r.receivingOrg,
    referredBy: r.referredBy,
    receivedAt: r.receivedAt,
    side,
    assignedTo: inside ? (last(r.entries, 'assigned')?.to ?? null) : null,
    colour: rated?.colour ?? null,
    scheme: rated?.scheme ?? null,
    /** By when to rate it, or once it is rated to decide about it. */
    dueAt,
    dueFor: dueAt && isOpen(r) ? (rated ? 'decide' : 'rate') : null,
    overdue: dueAt !== null && isOpen(r) && now > dueAt,
    caseId: r.caseId,
    content: concerned ? r.content : withoutConfidential(r.content),
    ratings: inside ? r.entries.filter((e) => e.what === 'rated').map(withoutVersion) : [],
    notes: inside ? r.entries.filter((e) => e.what === 'noted').map(withoutVersion) : [],
    informationRequests: concerned ? informationRequests(r.entries) : [],
    decision: decisionFor(side, round),
    feedback: concerned ? r.entries.filter((e) => e.what === 'feedback-given').map(withoutVersion) : [],
    history: [
      ...[...told].reverse().map(inShort),
      { what: 'received', at: r.receivedAt.toISOString(), by: r.referredBy },
    ],
    may: Object.fromEntries(
      Object.entries(OFFERED).map(([name, [action, step, wanted]]) => [
        name,
        mayTake(r, step) && standsAs(actor, r, wanted) && mayNot(actor, action) === null,
      ]),
    ),
  };
}

/** Of confidential addresses a participant learns that there are some: triage and the referrer know them already. */
function withoutConfidential(content: Record<string, unknown>): Record<string, unknown> {
  interface Person {
    readonly addresses?: readonly { readonly kind?: string; readonly confidential?: boolean }[];
  }
  const people = (content['people'] ?? []) as readonly Person[];
  const bare = people.map((person) => ({
    ...person,
    ...(person.addresses
      ? { addresses: person.addresses.map((a) => (a.confidential ? { kind: a.kind, confidential: true } : a)) }
      : {}),
  }));
  return { ...content, people: bare };
}

function informationRequests(entries: readonly Entry[]) {
  const found: {
    question: string;
    reason?: string;
    askedBy: string;
    askedAt: string;
    answer?: string;
    answeredBy?: string;
    answeredAt?: string;
  }[] = [];
  for (const e of entries) {
    if (e.what === 'information-requested')
      found.push({ question: e.question, ...(e.reason ? { reason: e.reason } : {}), askedBy: e.by, askedAt: e.at });
    const open = found.at(-1);
    if (e.what === 'information-returned' && open)
      Object.assign(open, { answer: e.answer, answeredBy: e.by, answeredAt: e.at });
  }
  return found;
}

/** The referrer is told the outcome, where it goes and why in code; triage's own words reach them as feedback. */
function decisionFor(side: Side, round: readonly Entry[]) {
  const decided = last(round, 'decided');
  if (!decided) return null;
  const { outcome, destination, reason, rationale, result, by, at, pack } = decided;
  return {
    outcome,
    destination: destination ?? null,
    reason: reason ?? null,
    result: result ?? null,
    by,
    at,
    ...(side === 'triage' ? { rationale: rationale ?? null, pack } : {}),
  };
}

function withoutVersion<E extends Entry>({ version: _version, what: _what, ...rest }: E) {
  return rest;
}

/** A line of the history: what, when and by whom; from and to where something changed hands or colour. */
function inShort(e: Entry): {
  what: string;
  at: string;
  by: string;
  from?: string | null;
  to?: string | null;
  reason?: string;
  rationale?: string;
} {
  const line = { what: e.what, at: e.at, by: e.by };
  switch (e.what) {
    case 'rated':
      return { ...line, from: e.previous ?? null, to: e.colour, ...(e.rationale ? { rationale: e.rationale } : {}) };
    case 'assigned':
      return { ...line, from: e.from, to: e.to };
    case 'decided':
      return { ...line, to: e.outcome, ...(e.reason ? { reason: e.reason } : {}) };
    case 'reopened':
    case 'withdrawn':
    case 'information-requested':
      return { ...line, ...(e.reason ? { reason: e.reason } : {}) };
    case 'clock-passed':
      return { ...line, to: e.colour };
    default:
      return line;
  }
}
