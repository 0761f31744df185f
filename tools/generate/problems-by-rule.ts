/**
 * Codes that no source spells out where it throws them, each as `status code words`: `npm run generate` stops at a file that
 * makes up codes and is not here, and at one here that makes up none.
 */
export const OF_FILES: Readonly<Record<string, readonly string[]>> = {
  'apps/audit/src/ledger/sequencer.ts': [
    '409 ledger.event-id-conflict An act does not fit those that its producer sent before',
    '409 ledger.sequence-gap An act does not fit those that its producer sent before',
  ],
  'apps/identity/src/memberships/memberships.service.ts': [
    '409 staff.subject-taken Somebody else has this already',
    '409 staff.username-taken Somebody else has this already',
  ],
  'apps/identity/src/register/current.ts': [
    '409 area.changed Somebody else changed this first',
    '409 organisation.changed Somebody else changed this first',
  ],
  'apps/records/src/cases/look-back/look-back.service.ts': [],
  'apps/records/src/cases/participation.service.ts': [
    '422 participation.lead-stays The lead agency of a case changes only when the case is transferred',
    '422 participation.one-lead The lead agency of a case changes only when the case is transferred',
  ],
  'apps/records/src/cases/restrictions/restrictions.service.ts': [],
  'apps/records/src/cases/transfers/offers.service.ts': [],
  'apps/records/src/imports/case-rows.ts': [
    '422 import.erased This case was brought in before, and has been erased since',
  ],
  'apps/reviews/src/reviews/pausing.service.ts': [
    '422 review.not-extended-done This is done',
    '422 review.not-extended-law A time limit set by law cannot be extended',
    '422 review.not-extended-no-date This has no date to extend',
    '422 review.not-extended-not-from-the-latest-date The date has changed since',
  ],
  'apps/reviews/src/reviews/scoping.service.ts': [
    '422 review.not-chased-answered They have answered',
    '422 review.not-chased-not-allowed The version of its kind that this review follows waits for every answer',
    '422 review.not-chased-not-escalated Those who lead the agency have not been asked: do that first',
    '422 review.not-chased-not-reminded They have not been reminded: do that first',
    '422 review.not-chased-too-early Their time to answer is not over',
  ],
  'apps/risk/src/meeting.ts': [
    '422 meeting.actions-open Some actions have not come to an end',
    '422 meeting.cases-left Some cases are neither heard nor deferred',
    '422 meeting.no-cases There is no case on the agenda',
    '422 meeting.not-approved A chair has not approved the minutes as they are now',
    '409 meeting.too-early This can be done once the meeting has come further',
    '409 meeting.too-late This could be done until the meeting had come as far as it has',
  ],
  'apps/sharing/src/agreements/reading-terms.ts': [
    '409 agreement.already-signed The party has signed this version',
    '409 agreement.already-withdrawn The party has withdrawn',
    '409 agreement.content-mismatch These are not the terms that were signed',
    '409 agreement.event-out-of-order Earlier than the last event',
    '422 agreement.findings-block What was found in it must be put right first',
    '422 agreement.no-signatory The party names nobody who signs',
    '422 agreement.not-a-party No such party',
    '422 agreement.not-expired Its last day is not over',
    '422 agreement.time-wrong A party cannot leave in the past',
    '422 agreement.version-not-higher A new version has a higher number',
  ],
  // `<noun>.forbidden`, of every noun of which there are actions.
  'libs/access/src/decide.ts': [],
  'libs/messaging/src/failures.ts': ['503 audit.unavailable This cannot be put on record now, so it was not done'],
  'libs/messaging/src/file-rows.ts': [
    '404 minutes-paper-file.not-found There is no such record, or you may not see it',
    '404 minutes-paper.not-found There is no such record, or you may not see it',
    '404 quarterly-pack-file.not-found There is no such record, or you may not see it',
    '404 quarterly-pack.not-found There is no such record, or you may not see it',
  ],
  // `<noun>.changed`, of every noun that a version is expected of.
  'libs/platform/src/expected-version.ts': [],
  'libs/platform/src/fetch-json.ts': ['503 service.answered-… Another part of the system refused to answer'],
  // What Unauthenticated says unless told otherwise.
  'libs/platform/src/gatekeeper.ts': [],
};

/**
 * What every service answers with, from libs/contracts/src/problems.ts and libs/platform/src/http.ts; and what the pages, where they
 * are in the same process, say of a form with files that is sent to the API.
 */
export const OF_THE_PLATFORM: readonly string[] = [
  '401 token.missing Sign in to do this',
  '401 sign-in.not-fresh Sign in again to do this',
  '403 sharing.refused No agreement allows this to be shared',
  '403 sharing.review Somebody must look at this before it is shared',
  '422 request.invalid Some of what was sent is not right',
  '400 request.unreadable The request cannot be read',
  '400 form.no-files No file can be sent here',
  '404 route.not-found The request cannot be read: nothing answers at this address',
  '405 method.not-allowed The request cannot be read: this address answers other methods',
  '406 request.not-acceptable The request cannot be read: nothing here is in the form that is asked for',
  '408 request.timed-out The request cannot be read: it did not come to its end',
  '413 request.too-large The request cannot be read: its body is too large',
  '414 request.too-long The request cannot be read: its address is too long',
  '415 request.media-type The request cannot be read: its body is in a form that is not taken here',
  '431 request.headers-too-large The request cannot be read: its headers are too large',
  '400 request.refused The request cannot be read',
  '500 server.error Something went wrong. It has been recorded',
];

/** Of codes whose words are made where they are thrown: what they come to. */
export const OTHER_WORDS: Readonly<Record<string, string>> = {
  'access-request.state': 'This is not open where the request stands',
  'export.all-and-some': 'The whole log cannot be narrowed but by dates',
  'export.too-large': 'Choose dates that hold fewer acts',
  'export.unbounded': 'Give at least one date, and one user, person, case or agreement',
  'forum.thresholds-not-in-force': 'The thresholds that this forum has chosen are not in force',
  'home-agency.absent':
    'Nobody is there of the agency for the area where the person lives. Without it nobody is discussed',
  'home-agency.unknown': 'Say first which agency is the one for the area where the person lives',
  'meeting.not-quorate': 'Too few agencies have signed',
  'retention.state': 'This is not open where the decision to erase the case stands',
  'review.guards-missing': 'Something that the step needs is missing: “reasons” says what',
  'submission.package-open': 'The package cannot be sent yet: a file of it is missing or not released',
  'trail.unbounded': 'Ask by case, person, user, agency or agreement, or say all=true',
};

/**
 * Codes that are answered with two statuses, which none may be that comes new: a room that nobody has signed for is refused by
 * a rule (422), and what was said in it by who may see it (403). The catalogue tells the first that is found.
 */
export const TWO_STATUSES: readonly string[] = ['meeting.not-signed'];
