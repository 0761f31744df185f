import { newEventId, newId, type Received } from '@concordat/contracts';
import { civilDate } from '@concordat/clocks';

/** Random, by a seed: the same seed tells the same story. */
export function chance(seed: number): (below: number) => number {
  let state = seed >>> 0 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

export interface Story {
  readonly events: Received[];
  /** The numbers, counted while the story was made up: by who made it up, and by nothing of what counts it. */
  readonly numbers: Map<string, number>;
}

const PATHWAYS = ['domestic-abuse', 'prevent', 'hate-crime'];
const COLOURS = ['red', 'amber', 'green'];
const DAY = 86_400_000;

/** Where a story takes place: organisations and areas, by their ids. */
export interface Places {
  readonly orgs: readonly string[];
  readonly areas: readonly string[];
}
const anywhere = (): Places => ({
  orgs: Array.from({ length: 5 }, () => newId()),
  areas: Array.from({ length: 3 }, () => newId()),
});

/** A story of about so many events, of records of every kind, and what it comes to. */
export function storyOf(seed: number, about: number, { orgs, areas }: Places = anywhere()): Story {
  const next = chance(seed);
  const pick = <T>(list: readonly T[]): T => list[next(list.length)]!;
  const events: Received[] = [];
  const numbers = new Map<string, number>();
  const start = Date.parse('2024-01-10T09:00:00Z');
  const moment = (): Date => new Date(start + next(900) * DAY + next(86_400) * 1000);
  const one = (measure: string, day: string, area = '', kind = '', agency = '', code = ''): void => {
    const key = [measure, day, area, kind, agency, code].join('|');
    numbers.set(key, (numbers.get(key) ?? 0) + 1);
  };
  const month = (at: Date | string): string => `${(typeof at === 'string' ? at : civilDate(at)).slice(0, 7)}-01`;
  /** A stream, to which events are added one after another. */
  const stream = (source: Received['source'], streamId: string) => {
    let version = 0n;
    return (type: string, time: Date, data: object): void =>
      void events.push({
        ...{ id: newEventId(), type: `${source}.${type}.v1`, source, streamId, version: ++version, time, data },
        correlationId: newId(),
      });
  };
  const later = (at: Date, hours: number): Date => new Date(at.getTime() + hours * 3_600_000);

  const referral = (): void => {
    const [referralId, areaId, pathway] = [newId(), pick(areas), pick(PATHWAYS)];
    const [referringOrg, receivingOrg, at] = [pick(orgs), pick(orgs), moment()];
    const tell = stream('referrals', referralId);
    const header = { referralId, pathway, areaId, referringOrg, receivingOrg };
    tell('referral-submitted', at, { ...header, receivedAt: at.toISOString(), pack: 'p@1' });
    let [colour, outcome, clock, wait, again] = ['unrated', 'open', 'waiting', 'waiting', 'not-reopened'];
    const isRated = next(10) > 0;
    const due = later(at, 24 * (1 + next(3)));
    const hasClock = next(8) > 0;
    if (isRated) {
      colour = pick(COLOURS);
      tell('referral-rated', later(at, 1), {
        ...header,
        colour,
        pack: 'p@1',
        ...(hasClock ? { dueAt: due.toISOString() } : {}),
      });
    }
    const what = next(6);
    const hours = 2 + next(300);
    const decided = later(at, hours);
    if (what === 0 && isRated && hasClock && next(2) === 0) {
      tell('triage-clock-passed', later(due, 1), { ...header, colour, dueAt: due.toISOString() });
      clock = 'late';
    }
    if (what === 1) {
      tell('referral-withdrawn', decided, { ...header, reason: 'not-needed' });
      [outcome, clock, wait] = ['withdrawn', 'withdrawn', 'withdrawn'];
    }
    if (what > 1) {
      if (what > 3)
        tell('referral-accepted', decided, {
          ...header,
          caseId: newId(),
          leadOrg: receivingOrg,
          decidedBy: newId(),
          participants: [],
        });
      else tell('referral-decided', decided, { ...header, outcome: 'redirected', decidedBy: newId() });
      outcome = what > 3 ? 'accepted' : 'redirected';
      clock = !isRated || !hasClock ? 'no-clock' : decided <= due ? 'in-time' : 'late';
      wait = hours < 24 ? '1-day' : hours < 72 ? '3-days' : hours < 120 ? '5-days' : hours < 240 ? '10-days' : 'longer';
      if (next(5) === 0) {
        tell('referral-reopened', later(decided, 5), { ...header, reason: 'new-incident' });
        [outcome, again] = ['open', 'reopened'];
        if (next(2) === 0) {
          tell('referral-decided', later(decided, 9), { ...header, outcome: 'signposted', decidedBy: newId() });
          outcome = 'signposted';
        }
      }
    }
    const place = [month(at), areaId, pathway, receivingOrg] as const;
    one('referral', ...place);
    one('referral.source', ...place, referringOrg);
    one('referral.colour', ...place, colour);
    one('referral.outcome', ...place, outcome);
    one('referral.clock', ...place, clock);
    one('referral.wait', ...place, wait);
    one('referral.again', ...place, again);
  };

  const conference = (): void => {
    const [caseId, referralId, meetingId, actionId, forumId] = [newId(), newId(), newId(), newId(), newId()];
    const [orgId, kind, at] = [pick(orgs), pick(['marac', 'ccm']), moment()];
    const tell = stream('risk', caseId);
    // Its case is told of by another context, and of some nothing is known.
    const area = next(3) > 0 ? pick(areas) : '';
    if (area) {
      const opened = later(at, -30);
      const leadOrg = pick(orgs);
      stream('records', caseId)('case-opened', opened, {
        ...{ caseId, referralId: newId(), leadOrg, areaId: area, people: [newId()] },
      });
      one('case', month(opened), area, '', leadOrg);
    }
    const repeat = next(3) === 0;
    tell('case-referred-to-forum', at, {
      caseId,
      referralId,
      forumId,
      kind,
      orgId,
      ...(repeat ? { repeatOf: newId() } : {}),
    });
    one('forum.referred', month(at), area, kind, orgId, repeat ? 'repeat' : 'first');
    if (next(4) === 0) {
      tell('forum-referral-changed', later(at, 3), { caseId, referralId, orgId, forumId, standing: 'returned' });
      one('forum.standing', month(at), area, kind, orgId, 'returned');
      return;
    }
    one('forum.standing', month(at), area, kind, orgId, 'submitted');
    const heardAt = later(at, 400);
    tell('case-heard', heardAt, { caseId, referralId, meetingId, forumId, heardAt: heardAt.toISOString() });
    one('forum.heard', month(heardAt), area, kind, orgId);
    one('forum.meeting', month(heardAt));
    const owner = pick(orgs);
    const dueOn = civilDate(later(heardAt, 24 * 14));
    const move = (state: string, hours: number): void =>
      tell('conference-action-changed', later(heardAt, hours), {
        caseId,
        actionId,
        meetingId,
        orgId: owner,
        state,
        dueOn,
      });
    move('proposed', 1);
    const end = next(4);
    if (end === 0) one('action', dueOn, area, 'conference', owner, 'open');
    if (end === 1) {
      move('not-possible', 90);
      one('action', month(dueOn), area, 'conference', owner, 'ended');
    }
    if (end > 1) {
      move('done', end === 2 ? 48 : 24 * 20);
      one('action', month(dueOn), area, 'conference', owner, end === 2 ? 'in-time' : 'late');
    }
  };

  const other = (): void => {
    const [id, org, at] = [newId(), pick(orgs), moment()];
    switch (next(5)) {
      case 0: {
        stream('records', id)('case-opened', at, {
          caseId: id,
          referralId: newId(),
          leadOrg: org,
          areaId: areas[0],
          people: [newId()],
        });
        return one('case', month(at), areas[0], '', org);
      }
      case 1: {
        const tell = stream('records', id);
        const offer = { onwardReferralId: id, caseId: newId() };
        tell('onward-referral-offered', at, {
          ...offer,
          fromOrg: org,
          fromId: newId(),
          toOrg: org,
          toId: newId(),
          outside: false,
          areaId: areas[0],
        });
        if (next(2) === 0) return one('hand-over', month(at), areas[0], '', org, 'offered');
        tell('onward-referral-changed', later(at, 200), { ...offer, state: 'expired' });
        return one('hand-over', month(at), areas[0], '', org, 'expired');
      }
      case 2: {
        const tell = stream('reviews', id);
        const kind = pick(['northbank-asb-case-review', 'rapid-review']);
        const area = next(3) > 0 ? pick(areas) : '';
        const place = area ? { areaId: area } : {};
        tell('review-changed', at, {
          reviewId: id,
          kind,
          kindVersion: 1,
          state: 'NOTIFIED',
          ownerOrg: org,
          what: 'registered',
          ...place,
        });
        tell('review-changed', later(at, 50), {
          reviewId: id,
          kind,
          kindVersion: 1,
          state: 'CLOSED',
          ownerOrg: org,
          what: 'step',
          ...place,
        });
        one('review', month(at), area, kind, org, 'CLOSED');
        if (kind.startsWith('northbank')) one('asb-review', month(at), area, '', org, 'CLOSED');
        // An action of it, which may be told of before it: done within time, as the agency says.
        const [recommendationId, actionId, lead] = [newId(), newId(), pick(orgs)];
        const due = civilDate(later(at, 24 * 60));
        const action = { recommendationId, reviewId: id, ownerOrg: org, level: 'local', actionId, leadOrg: lead, due };
        const act = stream('reviews', recommendationId);
        act('recommendation-changed', later(at, 20), { ...action, what: 'action-added', actionState: 'IN_PROGRESS' });
        act('recommendation-changed', later(at, 40), { ...action, what: 'action-moved', actionState: 'CLAIMED_DONE' });
        one('action', month(due), area, 'review', lead, 'in-time');
        return;
      }
      case 3: {
        const tell = stream('reviews', id);
        tell('asb-application-changed', at, { applicationId: id, ownerOrg: org, what: 'received' });
        if (next(2) === 0) return one('asb-application', month(at), '', '', org, 'received');
        if (next(2) === 0) {
          const settled = { applicationId: id, ownerOrg: org, what: 'registered', areaId: areas[1] };
          tell('asb-application-changed', later(at, 9), settled);
          return one('asb-application', month(at), areas[1], '', org, 'registered');
        }
        tell('asb-application-changed', later(at, 9), { applicationId: id, ownerOrg: org, what: 'set-aside' });
        return one('asb-application', month(at), '', '', org, 'set-aside');
      }
      default: {
        const tell = stream('sharing', id);
        const on = civilDate(later(at, 24 * 90));
        const version = { recordId: id, agreement: 'made-up', number: '1.0.0', ownerOrg: org, parties: [org] };
        tell('agreement-changed', at, { ...version, status: 'ACTIVE' });
        tell('agreement-fell-due', later(at, 10), { ...version, what: 'review', on, lead: 90 });
        if (next(2) === 0) {
          tell('agreement-fell-due', later(at, 20), { ...version, what: 'review-overdue', on, lead: 0 });
          one('agreement.due', on, '', '', org, 'review-overdue');
        } else one('agreement.due', on, '', '', org, 'review');
        return one('agreement', '1970-01-01', '', '', org, 'ACTIVE');
      }
    }
  };

  /** Something that passed its time, once or again after it was moved; of a case, and so in its area, or of none. */
  const passed = (): void => {
    const [deadlineId, orgId, due, caseId] = [newId(), pick(orgs), moment(), newId()];
    const tell = stream('notifications', deadlineId);
    const area = next(2) === 0 ? pick(areas) : '';
    const kind = pick(area ? ['meeting-research', 'forum-flag'] : ['meeting-minutes', 'partnership-duty']);
    if (area) {
      const [leadOrg, opened] = [pick(orgs), later(due, -900)];
      const people = [newId()];
      stream('records', caseId)('case-opened', opened, { caseId, referralId: newId(), leadOrg, areaId: area, people });
      one('case', month(opened), area, '', leadOrg);
    }
    const of = { deadlineId, kind, recordId: newId(), ...(area ? { caseId } : {}), orgId };
    for (const at of next(4) === 0 ? [due, later(due, 24 * 40)] : [due]) {
      tell('deadline-fired', later(at, 1), { ...of, dueAt: at.toISOString() });
      one('deadline', month(at), area, kind, orgId);
    }
  };

  while (events.length < about) pick([referral, referral, conference, other])();
  for (let i = 0; i < about / 20; i++) passed();
  return { events, numbers };
}

/** The same events in any order, some of them twice or more. */
export function disordered(events: readonly Received[], seed: number): Received[] {
  const next = chance(seed);
  const all = [...events, ...events.filter(() => next(5) === 0), ...events.filter(() => next(20) === 0)];
  for (let i = all.length - 1; i > 0; i--) {
    const j = next(i + 1);
    [all[i], all[j]] = [all[j]!, all[i]!];
  }
  return all;
}
