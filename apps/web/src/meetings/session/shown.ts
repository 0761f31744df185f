import type { ItemView } from '../../apis/meetings';
import type { Names } from '../../apis/directory';
import { divertedShown } from '../diverted';
import { namesIn, type KnownCase } from '../people';
import {
  ABUSE,
  actionShown,
  ANSWERS,
  choicesOf,
  CONSENTED,
  CONTACT_OUTCOMES,
  CONTACT_STATES,
  CONTACT_WAYS,
  DECIDED,
  ITEM_STATES,
  VOTE_OUTCOMES,
  VOTES,
} from '../words';

const SHARED = {
  PERMIT: 'May see it',
  DENY: 'No agreement allows it',
  REVIEW: 'Somebody must look at it first',
} as const;

/** An agreement may allow one thing and not another: then less would be allowed. */
const NOT_TOGETHER = 'No agreement allows all that it tells of';

/** Something that was put to the vote: how each member that is there voted, and what it comes to. */
function ballotShown(ballot: NonNullable<ItemView['votes']>['ballots'][number], view: ItemView, names: Names) {
  const there = ballot.present ?? [...new Set(view.presence.filter((p) => p.present).map((p) => p.orgId))];
  return {
    ...ballot,
    title: view.document.decisions.find((d) => d.code === ballot.decision)?.title ?? ballot.decision,
    text: ballot.result ? VOTE_OUTCOMES[ballot.result] : `Still to vote: ${ballot.count.missing}`,
    members: there.map((orgId) => {
      const choice = ballot.votes.find((vote) => vote.orgId === orgId)?.choice;
      const may = ballot.outcome === null && view.votes?.may.voteFor.includes(orgId);
      return {
        ...{ orgId, name: names.organisation(orgId), said: choice ? VOTES[choice] : 'Has not voted' },
        choices: may ? choicesOf(VOTES) : [],
      };
    }),
  };
}

/** When a case is looked at again where no day is named, as a hint; null where nothing that is decided brings one back. */
function comingBack(decisions: ItemView['document']['decisions']): string | null {
  const back = decisions.filter(({ again }) => again);
  if (back.length === 0) return null;
  const later = back.flatMap(({ title, after }) => (after ? [`after ${after.months} months if “${title}”`] : []));
  const next = later.length === back.length ? [] : [`${later.length > 0 ? 'otherwise ' : ''}at the next meeting`];
  return `Only where it comes back. If you leave it empty: ${[...later, ...next].join('; ')}.`;
}

/** A case in session, with names and titles for what it holds. Pure. */
export function shown(view: ItemView, known: KnownCase | undefined, names: Names, ownOrg: string) {
  const { item, document, research, returned, members, presence, signatures, conflicts } = view;
  const titleOf = (code: string): string => document.criteria.find((c) => c.code === code)?.title ?? code;
  const inCase = members.filter((m) => m.inCase);
  const away = new Set(conflicts.map((c) => c.userId));
  return {
    ...{ view, item, meeting: view.meeting, document, who: namesIn(item, known), tag: ITEM_STATES[item.state] },
    diverted: divertedShown(item.diverts, document),
    referredBy: names.organisation(item.referredBy),
    answered: returned.some((r) => r.orgId === ownOrg),
    criteria: item.criteria.map((c) => ({ title: titleOf(c.code), evidence: c.evidence })),
    incident: item.incident && { text: ABUSE[item.incident.kind], on: item.incident.on },
    /** The summary as it is kept: a script joins what is typed with it. */
    kept: {
      ...{ harm: view.notes?.harm ?? '', contributory: view.notes?.contributory ?? '' },
      protective: view.notes?.protective ?? '',
    },
    decided: document.decisions.find((d) => d.code === view.notes?.decision)?.title ?? null,
    /** Everybody who signed and may be there, with whether they are. */
    room: signatures
      .filter((s) => inCase.some((m) => m.orgId === s.orgId) && !away.has(s.userId))
      .map((s) => ({
        ...{ userId: s.userId, name: names.person(s.userId), org: names.organisation(s.orgId) },
        present: presence.find((p) => p.userId === s.userId)?.present ?? false,
      })),
    observers: view.observers.map((o) => ({
      ...{ userId: o.userId, name: names.person(o.userId), org: names.organisation(o.orgId), present: o.present },
    })),
    out: [
      ...conflicts.map((c) => `${names.person(c.userId)}: conflict of interest`),
      ...signatures
        .filter((s) => !inCase.some((m) => m.orgId === s.orgId))
        .map((s) => `${names.person(s.userId)}: ${names.organisation(s.orgId)} has no part in this case`),
    ],
    holds: inCase.map(({ orgId }) => {
      const told = research.find((r) => r.orgId === orgId);
      const answered = returned.find((r) => r.orgId === orgId);
      return {
        ...{ org: names.organisation(orgId), own: orgId === ownOrg, late: answered?.late ?? false },
        answer: told
          ? ANSWERS[told.answer]
          : answered
            ? `Has answered. You may not see what${view.may.signed ? '' : ', or not before you have signed'}`
            : 'Has not answered',
        words: told?.words ?? '',
        informs: (told?.informs ?? []).map((code) => document.informs.find((i) => i.code === code)?.title ?? code),
      };
    }),
    merged: view.merged.map(({ orgId, evidence }) => ({ org: names.organisation(orgId), evidence })),
    shares: view.shares.map(
      (s) =>
        `${names.organisation(s.toOrg)}: ${s.reasons.includes('ITEM_NOT_IN_SCOPE') ? NOT_TOGETHER : SHARED[s.outcome]}`,
    ),
    contact: view.contact && {
      ...view.contact,
      ...{ org: names.organisation(view.contact.orgId), tag: CONTACT_STATES[view.contact.state] },
      attempts: view.contact.attempts.map((each) => ({
        ...{ ...each, way: CONTACT_WAYS[each.way], outcome: CONTACT_OUTCOMES[each.outcome] },
      })),
    },
    actions: view.actions.map((action) => actionShown(action, names)),
    owners: inCase
      .filter((m) => view.may.lead || m.orgId === ownOrg)
      .map((m) => ({ value: m.orgId, text: names.organisation(m.orgId) })),
    decisions: document.decisions.map((d) => ({ ...d, value: d.code, text: d.title })),
    home: item.homeOrg && names.organisation(item.homeOrg),
    homes: view.homes.map((id) => ({ value: id, text: names.organisation(id) })),
    consenting: choicesOf(CONSENTED),
    comesBack: comingBack(document.decisions),
    decidedHow: view.notes?.decidedHow && DECIDED[view.notes.decidedHow],
    consented: view.notes?.consentBy && CONSENTED[view.notes.consentBy],
    recordTitle: document.decisions.find((d) => d.code === view.notes?.decision)?.record?.title,
    ballots: view.votes?.ballots.map((ballot) => ballotShown(ballot, view, names)) ?? [],
    back: { text: 'Back to the meeting', href: `/meetings/${view.meeting.id}` },
  };
}
