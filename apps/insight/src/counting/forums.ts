import { count, latest, monthAt, told1, type Counting } from '../count';

/**
 * A referral to a forum counts in the month in which it was made, by kind of forum and agency, as a repeat or as a first one, and as it
 * stands; and once more for each meeting at which it was heard, in the month of that. Pure.
 */
export const ofForumReferral: Counting = (told) => {
  const referred = told1(told, 'case-referred-to-forum');
  if (!referred) return [];
  const { kind = '', orgId = '', repeatOf } = referred.data;
  const place = { day: monthAt(referred.at), kind, agency: orgId };
  const heard = new Map(
    told.flatMap(({ data }) => (data['meetingId'] && data['heardAt'] ? [[data['meetingId'], data['heardAt']]] : [])),
  );
  return [
    count('forum.referred', { ...place, code: repeatOf ? 'repeat' : 'first' }),
    count('forum.standing', { ...place, code: latest(told, 'standing') ?? 'submitted' }),
    ...[...heard.values()].map((at) => count('forum.heard', { kind, agency: orgId, day: monthAt(at) })),
  ];
};

/** A meeting counts once, in the month in which its first case was heard. Pure. */
export const ofMeeting: Counting = (told) => {
  const [first] = told.flatMap(({ data }) => data['heardAt'] ?? []).sort();
  return first ? [count('forum.meeting', { day: monthAt(first) })] : [];
};
