import type { Count, Countings } from './count';
import { ofConferenceAction, ofReviewAction } from './counting/actions';
import { ofCase, ofHandOver } from './counting/cases';
import { ofDeadline } from './counting/deadlines';
import { ofForumReferral, ofMeeting } from './counting/forums';
import { ofAgreement, ofAsbApplication, ofReview } from './counting/others';
import { ofReferral } from './counting/referrals';
import { isPlacing, type RecordKind, type Told } from './told';

const COUNTINGS: Countings = {
  ...{ referral: ofReferral, case: ofCase, 'hand-over': ofHandOver },
  ...{ 'forum-referral': ofForumReferral, meeting: ofMeeting },
  ...{ 'conference-action': ofConferenceAction, 'review-action': ofReviewAction },
  ...{ review: ofReview, 'asb-application': ofAsbApplication, agreement: ofAgreement },
  deadline: ofDeadline,
};

/**
 * What a record counts as, by all that was told of it, in the order of its stream; in the area of its case or its review, where it
 * has none of its own. Pure.
 */
export function countsOf(kind: RecordKind, told: readonly Told[]): Count[] {
  const place = told.find(isPlacing);
  if (!place) return COUNTINGS[kind](told);
  return COUNTINGS[kind](told.filter((each) => !isPlacing(each))).map((each) => ({
    ...each,
    area: place.data['areaId']!,
  }));
}
