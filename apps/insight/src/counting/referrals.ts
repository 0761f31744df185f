import { count, latest, monthAt, told1, type Counting } from '../count';
import type { Told } from '../told';

const HOUR = 3_600_000;
/** How long a decision took, in elapsed hours, by the upper end of each band. */
export const waits = [
  ['1-day', 24],
  ['3-days', 72],
  ['5-days', 120],
  ['10-days', 240],
] as const;

const DECIDES = ['referral-accepted', 'referral-decided'];

/**
 * A referral counts in the month in which it was received, by pathway, area and agency that triages; by who made it, its colour and
 * what became of it now; and by how long its first decision took, and whether that was in time by the clock of its colour then. Pure.
 */
export const ofReferral: Counting = (told) => {
  const submitted = told1(told, 'referral-submitted');
  if (!submitted) return [];
  const { receivedAt, areaId, pathway, receivingOrg, referringOrg } = submitted.data as Record<string, string>;
  const place = {
    ...{ day: monthAt(receivedAt!), area: areaId!, kind: pathway!, agency: receivingOrg! },
  };
  const ended = told.find(({ what }) => DECIDES.includes(what) || what === 'referral-withdrawn');
  return [
    count('referral', place),
    count('referral.source', { ...place, code: referringOrg! }),
    count('referral.colour', { ...place, code: latest(told, 'colour') ?? 'unrated' }),
    count('referral.outcome', { ...place, code: outcomeOf(told) }),
    count('referral.clock', { ...place, code: clockOf(told, ended) }),
    count('referral.wait', { ...place, code: waitOf(new Date(receivedAt!), ended) }),
    count('referral.again', { ...place, code: told1(told, 'referral-reopened') ? 'reopened' : 'not-reopened' }),
  ];
};

function outcomeOf(told: readonly Told[]): string {
  let outcome = 'open';
  for (const { what, data } of told) {
    if (what === 'referral-accepted') outcome = 'accepted';
    if (what === 'referral-decided') outcome = data['outcome'] ?? 'open';
    if (what === 'referral-withdrawn') outcome = 'withdrawn';
    if (what === 'referral-reopened') outcome = 'open';
  }
  return outcome;
}

/** By the rating that was in force when it was first decided; while it is open, by the last one. */
function clockOf(told: readonly Told[], ended: Told | undefined): string {
  if (ended?.what === 'referral-withdrawn') return 'withdrawn';
  const rated = told.findLast(({ what, v }) => what === 'referral-rated' && (!ended || v < ended.v));
  const due = rated?.data['dueAt'];
  if (!rated || !due) return ended ? 'no-clock' : 'waiting';
  if (ended) return Date.parse(ended.at) <= Date.parse(due) ? 'in-time' : 'late';
  return told.some(({ what, v }) => what === 'triage-clock-passed' && v > rated.v) ? 'late' : 'waiting';
}

function waitOf(received: Date, ended: Told | undefined): string {
  if (!ended) return 'waiting';
  if (ended.what === 'referral-withdrawn') return 'withdrawn';
  const hours = (Date.parse(ended.at) - received.getTime()) / HOUR;
  return waits.find(([, end]) => hours < end)?.[0] ?? 'longer';
}
