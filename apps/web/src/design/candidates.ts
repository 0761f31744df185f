import type { Candidate } from '../apis/people';
import { partText } from './person-parts';
import { nameOf } from './referral-sections';

/** The words of a band, and its tag's colour. */
export const BANDS = {
  'near-certain': { text: 'Almost certainly the same', tag: 'purple' },
  likely: { text: 'Likely the same', tag: 'blue' },
  possible: { text: 'Possibly the same', tag: 'grey' },
} as const;

/** Somebody who may be the same person, as a card shows them: why, and why not. */
export const candidateShown = (candidate: Candidate) => ({
  ...candidate,
  title: nameOf(candidate.name ? { name: candidate.name } : undefined),
  born: partText('datesOfBirth', candidate.datesOfBirth),
  bandShown: BANDS[candidate.band],
  for: candidate.reasons.filter((r) => r.bits > 0),
  against: candidate.reasons.filter((r) => r.bits < 0),
});
