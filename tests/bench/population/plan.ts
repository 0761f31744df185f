import type { Actor } from '@concordat/platform';
import type { Random } from '../../faults/random';
import { content, familyName, sentence } from './content';
import type { Staff } from './partnership';
import type { Step } from './steps';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A step, and how long after the referral was received it is taken. */
export interface Planned {
  readonly after: number;
  readonly step: Step;
}

/** The shares of referrals that end so. */
const ENDS = { accept: 80, 'no-further-action': 10, signpost: 4, 'step-down': 4, withdraw: 2 };
const COLOURS = { red: 15, amber: 45, green: 40 };
/** Hours within which each colour is to be decided, more or less: some are late, and their clock passes. */
const WITHIN = { red: 4, amber: 24, green: 60 };

/**
 * history plans everything that will happen to one referral: who refers, who rates it with what colour, who is asked for
 * more, how it ends, who looks at it meanwhile and who joins the case. From the seed; nothing in it depends on a clock.
 */
export function history(random: Random, staff: Staff, at: Date): readonly Planned[] {
  const area = staff.area(random);
  const receiving = staff.leads.get(area)!;
  const referrer = staff.referrer(random);
  const lead = staff.lead(random, receiving, area);
  const made = content(random, area, at);
  const steps: Planned[] = [{ after: 0, step: { do: 'submit', by: referrer, content: made } }];
  let after = random.between(5, 90) * MINUTE;
  const then = (minutes: number, step: Step): void => void steps.push({ after: (after += minutes * MINUTE), step });
  if (random.chance(0.4)) then(0, { do: 'list', by: lead });
  then(1, { do: 'view', by: lead });
  const colour = random.weighted(COLOURS);
  const end = random.weighted(ENDS);
  if (end === 'withdraw' && random.chance(0.5)) {
    then(30, {
      do: 'withdraw',
      by: referrer,
      body: { reason: 'made-in-error', rationale: 'It was about somebody else.' },
    });
    return steps;
  }
  then(random.between(2, 40), { do: 'rate', by: lead, body: { colour } });
  if (random.chance(0.7)) then(1, { do: 'assign', by: lead, body: { assignedTo: lead.id } });
  if (random.chance(0.5))
    then(random.between(5, 60), { do: 'note', by: lead, body: { text: sentence(random, 'The person') } });
  if (random.chance(0.15)) {
    then(10, { do: 'request', by: lead, body: { question: 'Who else lives there?', reason: 'evidence-needed' } });
    then(random.between(20, 200), { do: 'answer', by: referrer, body: { answer: 'A sister, on weekdays.' } });
  }
  const decision = after + random.next() * WITHIN[colour] * HOUR * (random.chance(0.08) ? 2.5 : 0.8);
  after = decision;
  if (end === 'withdraw') {
    then(0, {
      do: 'withdraw',
      by: referrer,
      body: { reason: 'made-in-error', rationale: 'It was about somebody else.' },
    });
    return steps;
  }
  then(0, { do: 'decide', by: lead, body: decided(random, end) });
  if (end !== 'accept' && random.chance(0.05)) {
    then(DAY / MINUTE, { do: 'reopen', by: lead, body: { reason: 'new-incident', rationale: 'It happened again.' } });
    then(20, { do: 'rate', by: lead, body: { colour: 'amber', rationale: 'It happened again.' } });
    then(60, { do: 'decide', by: lead, body: { outcome: 'accept' } });
    return steps;
  }
  if (random.chance(0.6)) then(30, { do: 'feedback', by: lead, body: { text: 'Thank you. We have spoken to them.' } });
  if (end === 'accept') inCase(random, staff, { lead, referrer, area }, then);
  return steps;
}

function decided(random: Random, end: Exclude<keyof typeof ENDS, 'withdraw'>): Readonly<Record<string, unknown>> {
  const rationale = 'After speaking to the referrer.';
  switch (end) {
    case 'accept':
      return { outcome: 'accept', ...(random.chance(0.5) ? { rationale } : {}) };
    case 'step-down':
      return { outcome: 'step-down', destination: 'early-help', reason: 'risk-reduced', rationale };
    case 'signpost':
      return { outcome: 'signpost', reason: 'specialist-service', rationale };
    default:
      return { outcome: 'no-further-action', reason: 'no-risk-found', rationale };
  }
}

interface Concerned {
  readonly lead: Actor;
  readonly referrer: Actor;
  readonly area: string;
}

/** What happens in a case soon after it opened: it is looked at, and other agencies come and go. */
function inCase(random: Random, staff: Staff, who: Concerned, then: (minutes: number, step: Step) => void): void {
  then(2, { do: 'view-case', by: who.lead });
  if (random.chance(0.5)) then(60, { do: 'view-case', by: who.referrer });
  if (!random.chance(0.3)) return;
  const org = random.pick(staff.organisations.filter((o) => o !== who.lead.orgId && o !== who.referrer.orgId));
  then(random.between(30, 600), { do: 'join', by: who.lead, org, level: 'contributor' });
  if (random.chance(0.2)) then(random.between(1, 6) * (DAY / MINUTE), { do: 'leave', by: who.lead, org });
}

/** What somebody types into the search. */
export const sought = (random: Random): string => familyName(random);
