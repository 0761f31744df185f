import { newId } from '@concordat/contracts';
import { makingsOf } from './deadline';

const [id, org, other, caseId, user] = [newId(), newId(), newId(), newId(), newId()];
const of = (type: string, data: object) => makingsOf({ type, data });
const referral = { referralId: id, pathway: 'prevent', areaId: newId(), referringOrg: other, receivingOrg: org };

describe('what an event makes of the register of deadlines', () => {
  it('keeps the triage clock of a rated referral, and ends it when triage does', () => {
    const dueAt = '2026-11-29T14:00:00.000Z';
    expect(of('referrals.referral-rated.v1', { ...referral, colour: 'red', dueAt, pack: 'x@1' })).toEqual([
      { do: 'keep', kind: 'triage', recordId: id, caseId: null, orgId: org, dueAt: new Date(dueAt) },
    ]);
    const end = (as: string) => [{ do: 'end', kinds: ['triage'], recordId: id, as }];
    expect(of('referrals.referral-rated.v1', { ...referral, colour: 'green', pack: 'x@1' })).toEqual(end('cancelled'));
    expect(of('referrals.referral-accepted.v1', referral)).toEqual(end('met'));
    expect(of('referrals.referral-decided.v1', referral)).toEqual(end('met'));
    expect(of('referrals.referral-withdrawn.v1', referral)).toEqual(end('cancelled'));
    expect(of('referrals.note-added.v1', referral)).toEqual([]);
  });

  it('keeps the review of an emergency opening, of no case, until somebody has reviewed it', () => {
    const use = {
      useId: id,
      caseId,
      leadOrg: org,
      areaId: newId(),
      userId: user,
      orgId: other,
      ground: 'life-at-risk',
    };
    const broken = { ...use, until: '2026-11-28T11:00:00.000Z', reviewBy: '2026-11-30T10:00:00.000Z' };
    expect(of('records.glass-broken.v1', broken)).toEqual([
      {
        ...{ do: 'keep', kind: 'glass-review', recordId: id, caseId: null, orgId: org },
        dueAt: new Date(broken.reviewBy),
      },
    ]);
    expect(of('records.glass-broken.v1', { ...broken, reviewBy: undefined })).toEqual([]);
    const reviewed = { useId: id, caseId, reviewedBy: newId(), outcome: 'justified' };
    expect(of('records.glass-reviewed.v1', reviewed)).toEqual([
      { do: 'end', kinds: ['glass-review'], recordId: id, as: 'met' },
    ]);
  });

  it('keeps the review of what was shared in an emergency until it is done, and a breach until the Commissioner need not be told', () => {
    const question = { recordId: id, decisionId: newId(), senderOrg: org, askedBy: user };
    const reviewBy = '2026-11-30T23:59:59.999Z';
    expect(of('sharing.question-changed.v1', { ...question, state: 'open', reviewBy })).toEqual([
      {
        ...{ do: 'keep', kind: 'emergency-review', recordId: id, caseId: null, orgId: org },
        dueAt: new Date(reviewBy),
      },
    ]);
    expect(of('sharing.question-changed.v1', { ...question, state: 'open' })).toEqual([]);
    expect(of('sharing.question-changed.v1', { ...question, state: 'refused', reviewBy })).toEqual([
      { do: 'end', kinds: ['emergency-review'], recordId: id, as: 'met' },
    ]);
    const breach = (state: string) =>
      of('sharing.breach-changed.v1', { breachId: id, orgId: org, notifyBy: reviewBy, state })[0];
    expect([breach('open'), breach('to-notify'), breach('closed')]).toMatchObject([
      { do: 'keep', kind: 'breach-assessment', orgId: org, dueAt: new Date(reviewBy) },
      { do: 'keep', kind: 'breach-assessment' },
      { do: 'end', kinds: ['breach-assessment'], as: 'met' },
    ]);
  });

  it('knows who owns a referral or a case, and that nobody does', () => {
    expect(of('referrals.referral-assigned.v1', { ...referral, assignedTo: user })).toEqual([
      { do: 'own', recordId: id, orgId: org, userId: user },
    ]);
    expect(of('referrals.referral-assigned.v1', referral)).toEqual([
      { do: 'own', recordId: id, orgId: org, userId: null },
    ]);
    const moved = { caseId, ownerId: user, orgId: org, previousOwnerId: newId(), previousOrg: other, byId: user };
    expect(of('records.case-owner-changed.v1', moved)).toEqual([
      { do: 'own', recordId: caseId, orgId: other, userId: null },
      { do: 'own', recordId: caseId, orgId: org, userId: user },
    ]);
  });

  it.each([
    ['proposed', 'keep'],
    ['accepted', 'keep'],
    ['in-progress', 'keep'],
    ['not-done', 'keep'],
    ['done', 'met'],
    ['not-possible', 'cancelled'],
    ['escalated', 'cancelled'],
  ])('takes an action of a conference that is %s for %s', (state, becomes) => {
    const action = { caseId, actionId: id, meetingId: newId(), orgId: org, state, dueOn: '2026-12-01' };
    const [making] = of('risk.conference-action-changed.v1', action);
    if (becomes !== 'keep') expect(making).toMatchObject({ do: 'end', kinds: ['conference-action'], as: becomes });
    else expect(making).toMatchObject({ do: 'keep', caseId, orgId: org, dueAt: new Date('2026-12-01T23:59:59.999Z') });
  });

  it.each([
    ['asked', 'keep'],
    ['returned', 'met'],
    ['ended', 'cancelled'],
  ])(
    'takes research before a meeting that is %s for %s, of whoever is named first for the agency',
    (state, becomes) => {
      const call = { caseId, callId: id, meetingId: newId(), forumId: newId(), orgId: org, personId: user, state };
      const made = of('risk.research-call-changed.v1', { ...call, dueOn: '2026-12-01' });
      if (becomes !== 'keep')
        expect(made).toEqual([{ do: 'end', kinds: ['meeting-research'], recordId: id, as: becomes }]);
      else
        expect(made).toEqual([
          {
            ...{ do: 'keep', kind: 'meeting-research', recordId: id, caseId, orgId: org },
            dueAt: new Date('2026-12-01T23:59:59.999Z'),
          },
          { do: 'own', recordId: id, orgId: org, userId: user },
        ]);
    },
  );

  it.each([
    ['due', 'keep'],
    ['issued', 'met'],
    ['ended', 'cancelled'],
  ])('takes minutes that are %s for %s, of no case', (state, becomes) => {
    const [making] = of('risk.minutes-due-changed.v1', {
      ...{ meetingId: id, forumId: newId(), orgId: org, state, dueOn: '2026-12-04' },
    });
    if (becomes !== 'keep') expect(making).toMatchObject({ do: 'end', kinds: ['meeting-minutes'], as: becomes });
    else expect(making).toMatchObject({ do: 'keep', kind: 'meeting-minutes', recordId: id, caseId: null, orgId: org });
  });

  it.each([
    ['requested', []],
    ['confirmed', ['keep']],
    ['to-remove', ['keep']],
    ['removed', ['end']],
    ['lapsed', ['end']],
  ])('takes a flag that is %s', (state, what) => {
    const flag = { caseId, flagId: id, forumId: newId(), orgId: org, state, expiresOn: '2027-07-01' };
    const made = of('risk.forum-flag-changed.v1', flag);
    expect(made.map((m) => m.do)).toEqual(what);
    // A day of summer ends an hour earlier by the world's time.
    if (what[0] === 'keep') expect(made[0]).toMatchObject({ dueAt: new Date('2027-07-01T22:59:59.999Z') });
  });

  it('keeps the action of a review for the agency that leads it, and ends it once it is claimed done', () => {
    const base = {
      recommendationId: newId(),
      reviewId: newId(),
      ownerOrg: other,
      level: 'local',
      what: 'action-moved',
    };
    const action = { ...base, actionId: id, leadOrg: org, due: '2026-12-24' };
    const state = (actionState: string) => of('reviews.recommendation-changed.v1', { ...action, actionState })[0];
    expect(state('RETURNED')).toMatchObject({ do: 'keep', kind: 'review-action', orgId: org });
    expect(state('CLAIMED_DONE')).toMatchObject({ do: 'end', as: 'met' });
    expect(state('NOT_PURSUED')).toMatchObject({ do: 'end', as: 'cancelled' });
    expect(of('reviews.recommendation-changed.v1', base)).toEqual([]);
  });

  it('keeps what a review has to do first for its coordinators, moves it, and ends it when nothing is due', () => {
    const review = { reviewId: id, kind: 'k', kindVersion: 1, state: 'OPEN', ownerOrg: org };
    const changed = (what: string, due: object = {}) => of('reviews.review-changed.v1', { ...review, what, ...due })[0];
    expect(changed('state', { clock: 'decide', dueOn: '2027-01-31' })).toMatchObject({
      ...{ do: 'keep', kind: 'review-clock', recordId: id, caseId: null, orgId: org },
      dueAt: new Date('2027-01-31T23:59:59.999Z'),
    });
    expect([changed('state'), changed('pause')]).toMatchObject([
      { do: 'end', as: 'met' },
      { do: 'end', as: 'cancelled' },
    ]);
  });

  it('keeps the days of an agreement in force, moved with its review, and ends both with it', () => {
    const agreement = { recordId: id, agreement: 'a', number: '1.0.0', ownerOrg: org, parties: [org, other] };
    const changed = (status: string, days: object = {}) =>
      of('sharing.agreement-changed.v1', { ...agreement, status, ...days });
    expect(changed('ACTIVE', { reviewBy: '2027-01-31', expiresOn: '2027-12-31' })).toMatchObject([
      { do: 'keep', kind: 'agreement-review', dueAt: new Date('2027-01-31T23:59:59.999Z') },
      { do: 'keep', kind: 'agreement-expiry', dueAt: new Date('2027-12-31T23:59:59.999Z') },
    ]);
    expect(changed('DRAFT')).toMatchObject([{ do: 'end', as: 'cancelled' }]);
    expect(changed('SUPERSEDED')).toMatchObject([{ do: 'end', as: 'met' }]);
    expect(changed('ACTIVE')).toEqual([]); // told before events had days
    const due = { ...agreement, what: 'review-overdue', on: '2027-01-31', lead: 0 };
    expect(of('sharing.agreement-fell-due.v1', due)).toMatchObject([{ do: 'keep', kind: 'agreement-review' }]);
  });

  it('keeps the day by which an offer is to be answered, for whom it was made to; not outside the partnership', () => {
    const offer = { onwardReferralId: id, caseId, fromOrg: other, fromId: newId(), outside: false };
    const inside = { ...offer, toOrg: org, toId: user, respondBy: '2026-12-02T12:00:00.000Z' };
    expect(of('records.onward-referral-offered.v1', inside)).toMatchObject([
      { do: 'keep', kind: 'onward-referral', orgId: org, caseId },
      { do: 'own', recordId: id, orgId: org, userId: user },
    ]);
    expect(of('records.onward-referral-offered.v1', { ...offer, outside: true })).toEqual([]);
    const state = (s: string) =>
      of('records.onward-referral-changed.v1', { onwardReferralId: id, caseId, state: s })[0];
    expect(state('declined')).toMatchObject({ do: 'end', as: 'met' });
    expect(state('expired')).toMatchObject({ do: 'end', as: 'cancelled' });
  });
});
