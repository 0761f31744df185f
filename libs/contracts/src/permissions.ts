/**
 * Who may do what. `Action` is the one union of everything that can be done to data in Concordat: nothing is written or
 * disclosed without naming one, each becomes an audit entry, and `tests/architecture` checks that each is audited in a test.
 */

/** What a member of staff may be. A membership gives a person one or more of these within one organisation. */
export const roles = [
  'safeguarding-lead',
  'practitioner',
  'panel-chair',
  'panel-coordinator',
  'agency-representative',
  'review-coordinator',
  'information-governance-lead',
  'auditor',
  'administrator',
  // Of the partnership's board: its numbers, and nothing of anybody.
  'board-member',
  // A qualification beside one of the others: to read restricted records of cases that one's agency takes part in.
  'restricted-records',
  // Beside one of the others, or of a system: webhooks of the agency's own systems.
  'integration',
] as const;
export type Role = (typeof roles)[number];

/** Kinds of processing of the audit ledger (design/ledger.md §3; DPA 2018 s.62 for the first six). */
export type Operation =
  | 'COLLECTION'
  | 'ALTERATION'
  | 'CONSULTATION'
  | 'DISCLOSURE'
  | 'COMBINATION'
  | 'ERASURE'
  | 'DECISION'
  | 'AGREEMENT'
  | 'SYSTEM';

type Who = Role | 'service' | 'system' | 'anyone';
interface Rule {
  readonly op: Operation;
  readonly who: readonly Who[];
}
const rule = (op: Operation, ...who: Who[]): Rule => ({ op, who });

const lead = 'safeguarding-lead';
const staff = [
  lead,
  'practitioner',
  'agency-representative',
  'panel-coordinator',
  'panel-chair',
  'review-coordinator',
] as const;

/** Those to whom the numbers of a partnership are of use, its board, and who account for them. */
const leads = [lead, 'panel-chair', 'panel-coordinator', 'review-coordinator', 'auditor', 'board-member'] as const;

/**
 * The table. A role in a row is *necessary, not sufficient*: the record must also be visible to the caller, by the access
 * rules of its context. 'anyone' is any signed-in member; 'service' another Concordat service; 'system' a clock or an event.
 */
export const permissions = {
  // identity
  'session.start': rule('SYSTEM', 'anyone'),
  'session.refuse': rule('SYSTEM', 'service', 'system'),
  'session.end': rule('SYSTEM', 'anyone'),
  'session.view': rule('SYSTEM', 'anyone'),
  'organisation.list': rule('SYSTEM', 'anyone', 'service'),
  'staff.list': rule('SYSTEM', 'anyone', 'service'),
  'partnership.load': rule('SYSTEM', 'system'),
  // The registers of agencies and areas, kept by administrators of the agencies that lead (docs/decisions/0047).
  'register.view': rule('SYSTEM', 'administrator'),
  'organisation.add': rule('SYSTEM', 'administrator'),
  'organisation.change': rule('SYSTEM', 'administrator'),
  'organisation.close': rule('SYSTEM', 'administrator'),
  'organisation.reopen': rule('SYSTEM', 'administrator'),
  'area.add': rule('SYSTEM', 'administrator'),
  'area.change': rule('SYSTEM', 'administrator'),
  'area.close': rule('SYSTEM', 'administrator'),
  'area.reopen': rule('SYSTEM', 'administrator'),
  'membership.list': rule('SYSTEM', 'administrator'),
  'membership.grant': rule('SYSTEM', 'administrator', 'system'),
  'membership.change': rule('SYSTEM', 'administrator', 'system'),
  'membership.revoke': rule('SYSTEM', 'administrator', 'system'),
  // Systems of agencies that use the API in the name of their agency (docs/decisions/0037).
  'client.list': rule('SYSTEM', 'administrator'),
  'client.register': rule('SYSTEM', 'administrator'),
  'client.add-secret': rule('SYSTEM', 'administrator'),
  'client.end-secret': rule('SYSTEM', 'administrator'),
  'client.end': rule('SYSTEM', 'administrator'),
  'client.issue-token': rule('SYSTEM', 'system'),
  'client.refuse-token': rule('SYSTEM', 'system'),
  'client.change-key': rule('SYSTEM', 'system'),
  // Any context: what is kept sealed is sealed anew under the key of today (docs/decisions/0050).
  'key.reseal': rule('SYSTEM', 'system'),

  // referrals
  'referral.draft': rule('COLLECTION', ...staff),
  'referral.discard': rule('ERASURE', ...staff),
  'referral.submit': rule('DISCLOSURE', ...staff),
  'referral.view': rule('CONSULTATION', ...staff, 'service'),
  'referral.list': rule('CONSULTATION', ...staff),
  'referral.search': rule('CONSULTATION', ...staff),
  'referral.rate': rule('DECISION', lead),
  'referral.assign': rule('ALTERATION', lead),
  'referral.note': rule('COLLECTION', lead, 'practitioner'),
  'referral.request-information': rule('ALTERATION', lead),
  'referral.return-information': rule('DISCLOSURE', ...staff),
  'referral.decide': rule('DECISION', lead),
  'referral.reopen': rule('DECISION', lead),
  'referral.give-feedback': rule('DISCLOSURE', lead),
  'referral.withdraw': rule('ALTERATION', ...staff),
  'referral.pass-clock': rule('SYSTEM', 'system'),
  // Law and local practice: which version was taken up when, and what it holds.
  'pack.take-up': rule('SYSTEM', 'system'),
  'pack.view': rule('SYSTEM', 'administrator', 'auditor'),

  // records
  'case.open': rule('COLLECTION', 'system'),
  // With everything that a case shows at a look: its timeline, flags, key facts, links, owners and restrictions are parts of
  // the answer, and their routes page or narrow it. Who may see the one may see the other (docs/decisions/0039).
  'case.view': rule('CONSULTATION', ...staff),
  'case.list': rule('CONSULTATION', ...staff),
  // Beside reading the case: who has looked at it (AUD-6, docs/decisions/0059).
  'case.view-access-log': rule('CONSULTATION', lead, 'service'),
  'case.change-participation': rule('ALTERATION', lead),
  'case.keep-facts': rule('ALTERATION', ...staff),
  'case.add-person': rule('COLLECTION', lead, 'practitioner'),
  'case.link': rule('ALTERATION', ...staff),
  'note.list': rule('CONSULTATION', ...staff),
  'note.add': rule('COLLECTION', ...staff),
  'document.list': rule('CONSULTATION', ...staff),
  'document.open': rule('CONSULTATION', ...staff),
  'document.upload': rule('COLLECTION', ...staff),
  'document.keep': rule('COLLECTION', ...staff),
  'chronology.view': rule('CONSULTATION', ...staff),
  'chronology.search': rule('CONSULTATION', ...staff),
  'chronology.export': rule('DISCLOSURE', ...staff),
  'case.give-records': rule('DISCLOSURE', lead, 'practitioner'),
  'chronology.record': rule('COLLECTION', ...staff),
  'chronology.import': rule('COLLECTION', lead),
  'chronology.correct': rule('ALTERATION', ...staff),
  'restriction.make': rule('ALTERATION', lead),
  'restriction.change': rule('ALTERATION', lead),
  'restriction.lift': rule('ALTERATION', lead),
  'referral.offer': rule('DISCLOSURE', lead, 'practitioner'),
  'referral.offer-for-action': rule('DISCLOSURE', lead, 'practitioner', 'panel-coordinator'),
  'referral.record-outside': rule('DISCLOSURE', lead, 'practitioner'),
  'referral.accept': rule('COLLECTION', ...staff),
  'referral.decline': rule('DECISION', ...staff),
  'referral.complete': rule('ALTERATION', ...staff),
  'referral.expire': rule('SYSTEM', 'system'),
  'transfer.list': rule('CONSULTATION', ...staff),
  'transfer.view': rule('CONSULTATION', ...staff),
  'transfer.offer': rule('DISCLOSURE', lead, 'practitioner'),
  'transfer.record-outside': rule('DISCLOSURE', lead, 'practitioner'),
  'transfer.request': rule('ALTERATION', lead, 'practitioner'),
  'transfer.refuse': rule('DECISION', lead, 'practitioner'),
  'transfer.accept': rule('COLLECTION', lead, 'practitioner'),
  'transfer.decline': rule('DECISION', ...staff),
  'transfer.withdraw': rule('ALTERATION', lead, 'practitioner'),
  'case.assign': rule('ALTERATION', lead, 'practitioner'),
  'record.search': rule('CONSULTATION', ...staff),
  'case.flag': rule('ALTERATION', lead, 'practitioner', 'panel-coordinator'),
  'case.flag-in-bulk': rule('ALTERATION', lead),
  'approval.list': rule('CONSULTATION', ...staff),
  'approval.request': rule('ALTERATION', lead, 'practitioner'),
  'approval.answer': rule('DECISION', lead),
  'export.request': rule('DISCLOSURE', lead, 'practitioner', 'panel-coordinator', 'review-coordinator'),
  'export.as-json': rule('DISCLOSURE', lead),
  'export.cases': rule('DISCLOSURE', lead, 'practitioner', 'panel-coordinator', 'review-coordinator'),
  'export.people': rule('DISCLOSURE', lead),
  'export.view': rule('CONSULTATION', ...staff),
  'export.download': rule('DISCLOSURE', ...staff),
  'export.cancel': rule('ALTERATION', ...staff),
  'export.remove': rule('ERASURE', ...staff),
  'export.end': rule('SYSTEM', 'system'),
  'recipient.list': rule('SYSTEM', ...staff),
  'bulk.start': rule('ALTERATION', lead, 'practitioner'),
  'bulk.view': rule('CONSULTATION', lead, 'practitioner'),
  'bulk.advance': rule('SYSTEM', 'system'),

  'import.check': rule('COLLECTION', lead),
  'import.view': rule('CONSULTATION', lead),
  'import.start': rule('COLLECTION', lead),
  // That somebody in a file is, or is not, somebody who is on record: nothing is matched but by a person (DUP-2).
  'import.decide': rule('DECISION', lead),
  'import.advance': rule('SYSTEM', 'system'),
  'case.bring-in': rule('COLLECTION', lead),
  'case.correct-origin': rule('ALTERATION', lead),
  'person.bring-in': rule('COLLECTION', lead),
  'relationship.bring-in': rule('COLLECTION', lead),
  'person.view': rule('CONSULTATION', ...staff),
  // What was known before, beside reading the record: whoever only sits at conferences needs what is known now.
  'person.view-history': rule('CONSULTATION', lead, 'practitioner'),
  'person.correct': rule('ALTERATION', lead, 'practitioner'),
  // Another agency is asked whether somebody is known to it. The answer is put on record at that agency as well.
  'person.ask-known': rule('CONSULTATION', lead, 'practitioner'),
  'person.tell-known': rule('DISCLOSURE', 'system'),
  'known-question.list': rule('CONSULTATION', lead, 'practitioner', 'information-governance-lead', 'auditor'),
  'known-question.view': rule('CONSULTATION', lead, 'practitioner', 'information-governance-lead', 'auditor'),
  'known-question.export': rule('DISCLOSURE', lead, 'practitioner'),
  'person.relate': rule('ALTERATION', lead, 'practitioner'),
  'person.match': rule('CONSULTATION', ...staff),
  'person.distinguish': rule('DECISION', lead),
  'person.merge': rule('COMBINATION', lead),
  'person.separate': rule('ALTERATION', lead),

  // emergency access, and who could see
  'glass.break': rule(
    'CONSULTATION',
    lead,
    'practitioner',
    'panel-coordinator',
    'panel-chair',
    'agency-representative',
  ),
  'glass.end': rule('SYSTEM', 'system'),
  'glass.report-attempt': rule('SYSTEM', 'anyone'),
  'glass.list': rule('CONSULTATION', lead, 'information-governance-lead', 'auditor'),
  'glass.review': rule('DECISION', 'information-governance-lead'),
  'access.look-back': rule('CONSULTATION', 'auditor'),

  // sharing
  'agreement.list': rule('AGREEMENT', 'information-governance-lead', 'auditor', ...staff),
  'agreement.view': rule('AGREEMENT', 'information-governance-lead', 'auditor', ...staff),
  'agreement.preview': rule('CONSULTATION', 'information-governance-lead'),
  'agreement.draft': rule('AGREEMENT', 'information-governance-lead'),
  'agreement.save': rule('AGREEMENT', 'information-governance-lead'),
  'agreement.discard': rule('AGREEMENT', 'information-governance-lead'),
  'agreement.advance': rule('AGREEMENT', 'information-governance-lead'),
  'agreement.sign': rule('AGREEMENT', 'information-governance-lead'),
  'agreement.leave': rule('AGREEMENT', 'information-governance-lead'),
  'agreement.expire': rule('SYSTEM', 'system'),
  'agreement.supersede': rule('SYSTEM', 'system'),
  'agreement.remind': rule('SYSTEM', 'system'),
  'agreement.publish': rule('DISCLOSURE', 'system'),
  'drop.check': rule('COLLECTION', 'information-governance-lead'),
  'drop.list': rule('CONSULTATION', 'information-governance-lead', 'auditor'),
  'agreement.take-copy': rule('AGREEMENT', 'information-governance-lead', 'auditor', ...staff),
  'disclosure.decide': rule('DECISION', ...staff, 'service'),
  'decision.view': rule('CONSULTATION', 'information-governance-lead', 'auditor', ...staff),
  // What the rules leave to a person: asked by whoever wanted to share, answered by governance where it would come from.
  'question.list': rule('CONSULTATION', 'information-governance-lead', ...staff),
  'question.view': rule('CONSULTATION', 'information-governance-lead', ...staff),
  'question.answer': rule('DECISION', 'information-governance-lead'),
  // What was shared in an emergency, and what follows where that was not right.
  'emergency.list': rule('CONSULTATION', 'information-governance-lead', 'auditor', ...staff),
  'emergency.confirm': rule('DECISION', lead, 'information-governance-lead'),
  'breach.list': rule('CONSULTATION', 'information-governance-lead', 'auditor'),
  'breach.view': rule('CONSULTATION', 'information-governance-lead', 'auditor'),
  'breach.open': rule('COLLECTION', 'information-governance-lead'),
  'breach.assess': rule('DECISION', 'information-governance-lead'),
  'breach.notify': rule('DECISION', 'information-governance-lead'),
  'decision.list': rule('CONSULTATION', 'information-governance-lead', 'auditor', ...staff),

  // risk
  'assessment.list': rule('CONSULTATION', ...staff),
  'assessment.view': rule('CONSULTATION', ...staff),
  'assessment.compare': rule('CONSULTATION', ...staff),
  'assessment.start': rule('COLLECTION', ...staff),
  'assessment.save': rule('COLLECTION', ...staff),
  'assessment.discard': rule('ERASURE', ...staff),
  'assessment.complete': rule('DECISION', ...staff),
  'assessment.correct': rule('ALTERATION', ...staff),
  'assessment.erase': rule('ERASURE', 'system'),
  // An agency's own licensed wording of an instrument (docs/decisions/0058): its property, and shown to nobody else.
  'wording.view': rule('SYSTEM', 'administrator', 'panel-coordinator'),
  'wording.load': rule('SYSTEM', 'administrator', 'panel-coordinator'),
  'wording.remove': rule('SYSTEM', 'administrator', 'panel-coordinator'),

  // risk: forums, their meetings and the actions that follow
  'forum.list': rule('SYSTEM', 'administrator', 'auditor', ...staff),
  'forum.set-up': rule('ALTERATION', 'panel-coordinator'),
  'forum.change': rule('ALTERATION', 'panel-coordinator'),
  'forum-referral.list': rule('CONSULTATION', ...staff),
  'forum-referral.make': rule('DISCLOSURE', ...staff),
  'forum-referral.screen': rule('DECISION', ...staff),
  'forum-referral.begin-stage': rule('ALTERATION', ...staff),
  // Who chairs and who coordinates a forum is named in it, whatever else they are.
  'meeting.plan': rule('ALTERATION', ...staff),
  'meeting.call-emergency': rule('DECISION', ...staff),
  'meeting.cancel': rule('DECISION', ...staff),
  'meeting.rearrange': rule('DECISION', ...staff),
  'meeting.keep-observers': rule('ALTERATION', ...staff),
  'meeting.view': rule('CONSULTATION', ...staff),
  'meeting.advance': rule('DECISION', ...staff),
  'meeting.sign': rule('ALTERATION', ...staff),
  'meeting.order': rule('ALTERATION', ...staff),
  'meeting.read-minutes': rule('CONSULTATION', ...staff),
  'minutes-paper.request': rule('DISCLOSURE', ...staff),
  'minutes-paper.view': rule('CONSULTATION', ...staff),
  'minutes-paper.download': rule('DISCLOSURE', ...staff),
  'minutes-paper.end': rule('SYSTEM', 'system'),
  'meeting.approve-minutes': rule('DECISION', ...staff),
  'minutes.propose-amendment': rule('ALTERATION', ...staff),
  'minutes.answer-amendment': rule('DECISION', ...staff),
  'agenda-item.view': rule('CONSULTATION', ...staff),
  'agenda-item.defer': rule('DECISION', ...staff),
  'agenda-item.research': rule('DISCLOSURE', ...staff),
  'agenda-item.open': rule('DISCLOSURE', ...staff),
  'agenda-item.keep-presence': rule('ALTERATION', ...staff),
  'agenda-item.note': rule('COLLECTION', ...staff),
  'agenda-item.hear': rule('DECISION', ...staff),
  'agenda-item.name-home-agency': rule('ALTERATION', ...staff),
  'agenda-item.admit-observer': rule('DECISION', ...staff),
  'agenda-item.put-to-vote': rule('ALTERATION', ...staff),
  'agenda-item.vote': rule('ALTERATION', ...staff),
  // Whoever leads a forum counts, and publishes what tells of nobody; what is published is for every member of staff.
  'forum-statistics.view': rule('CONSULTATION', ...staff),
  'forum-statistics.export': rule('DISCLOSURE', ...staff),
  'forum-statistics.publish': rule('DISCLOSURE', ...staff),
  'forum-statistics.show': rule('SYSTEM', 'administrator', 'auditor', ...staff),
  'forum-transfer.send': rule('DISCLOSURE', ...staff),
  'forum-transfer.view': rule('CONSULTATION', ...staff),
  'forum-transfer.acknowledge': rule('DECISION', ...staff),
  'advocate-contact.list': rule('CONSULTATION', ...staff),
  'advocate-contact.record': rule('COLLECTION', ...staff),
  'forum-flag.list': rule('CONSULTATION', ...staff),
  'forum-flag.keep': rule('ALTERATION', ...staff),
  'conference-action.propose': rule('COLLECTION', ...staff),
  'conference-action.list': rule('CONSULTATION', ...staff),
  'conference-action.advance': rule('ALTERATION', ...staff),
  'conference-action.advance-together': rule('ALTERATION', ...staff),

  // reviews
  'review-kind.view': rule('SYSTEM', 'administrator', 'auditor', ...staff),
  'review-kind.test': rule('SYSTEM', ...staff),
  'review.list': rule('CONSULTATION', ...staff),
  'review.view': rule('CONSULTATION', ...staff),
  'review.export-board': rule('DISCLOSURE', 'review-coordinator'),
  'review.export-register': rule('DISCLOSURE', 'review-coordinator'),
  // The auditors of the agency that coordinates a review see dates, codes and numbers of it, and no words (decision 35).
  'review.audit': rule('CONSULTATION', 'auditor', 'review-coordinator'),
  'review.register': rule('COLLECTION', 'review-coordinator'),
  'review.keep-date': rule('ALTERATION', 'review-coordinator'),
  'review.allow-dates': rule('DECISION', 'review-coordinator'),
  'review.keep-notice': rule('ALTERATION', 'review-coordinator'),
  // Whoever takes part may confirm: what needs a second person is never confirmed by the one who takes the step.
  'review.confirm': rule('DECISION', ...staff),
  'review.decide': rule('DECISION', 'review-coordinator'),
  'review.advance': rule('DECISION', 'review-coordinator'),
  'review.pause': rule('ALTERATION', 'review-coordinator'),
  'review.resume': rule('ALTERATION', 'review-coordinator'),
  'review.extend': rule('DECISION', 'review-coordinator'),
  'review.name-member': rule('ALTERATION', 'review-coordinator'),
  'review.release-member': rule('ALTERATION', 'review-coordinator'),
  'review.appoint': rule('ALTERATION', 'review-coordinator'),
  // Whoever sits on the panel declares for themselves.
  'review.declare-independence': rule('DECISION', ...staff),
  'review.end-appointment': rule('ALTERATION', 'review-coordinator'),
  'review.plan-meeting': rule('ALTERATION', 'review-coordinator'),
  // Whoever sits on the panel says for themselves that they cannot come.
  'review.send-apology': rule('ALTERATION', ...staff),
  'review.keep-meeting': rule('DECISION', 'review-coordinator'),
  'review.draft-terms': rule('ALTERATION', 'review-coordinator'),
  'review.ask-agencies': rule('DISCLOSURE', 'review-coordinator'),
  // Whoever is named for an agency answers for it.
  'review.return-scoping': rule('COLLECTION', ...staff),
  // Reminds, escalates, and at last goes on without an answer.
  'review.chase-agency': rule('DECISION', 'review-coordinator'),
  'review.ask-management-review': rule('DISCLOSURE', 'review-coordinator'),
  // Somebody named for the agency; and whoever takes part in the review outside of it reads what it says.
  'review.submit-management-review': rule('COLLECTION', ...staff),
  'review.judge-management-review': rule('DECISION', ...staff),
  'review.keep-complaint': rule('COLLECTION', 'review-coordinator'),
  // An appeal is decided by somebody who had no part in what it is against (decision 45).
  'review.keep-appeal': rule('COLLECTION', 'review-coordinator'),
  'review.decide-appeal': rule('DECISION', ...staff),
  'review.write-letter': rule('ALTERATION', ...staff),
  'review.view-letter': rule('CONSULTATION', ...staff),
  'review.send-letter': rule('DISCLOSURE', 'review-coordinator'),
  'review.test-kinds': rule('DECISION', 'review-coordinator'),
  'review.link': rule('ALTERATION', 'review-coordinator'),
  'review.move-kind': rule('DECISION', 'review-coordinator'),
  // Who is protected in a review, and its files before they leave it: for coordinators and for those who draft it.
  'review.map-person': rule('COLLECTION', 'review-coordinator'),
  'review.view-release': rule('CONSULTATION', ...staff),
  'release-file.upload': rule('COLLECTION', ...staff),
  'release-file.scan': rule('COLLECTION', ...staff),
  'release-file.open': rule('CONSULTATION', ...staff),
  // By a second person: never by whoever brought the file, nor by the author of the report.
  'release-file.clear-hit': rule('DECISION', ...staff),
  'release-file.release': rule('DECISION', ...staff),
  'release-file.withdraw': rule('ALTERATION', ...staff),
  // The family log: narrower than the review, for its coordinators, chair, deputies and author (decision 42).
  'review.view-family': rule('CONSULTATION', ...staff),
  'review.keep-family-person': rule('COLLECTION', ...staff),
  'review.keep-family-contact': rule('COLLECTION', ...staff),
  // Evidence: an agency gives it, when sharing permits it; each reader is asked about at each look.
  'review.give-evidence': rule('DISCLOSURE', ...staff),
  'review.view-chronology': rule('CONSULTATION', ...staff),
  'review.export-chronology': rule('DISCLOSURE', ...staff),
  'review.link-entries': rule('DECISION', ...staff),
  'review.freeze-chronology': rule('DECISION', 'review-coordinator'),
  'review.keep-submission': rule('ALTERATION', 'review-coordinator'),
  'review.keep-quality-letter': rule('COLLECTION', 'review-coordinator'),
  'review.answer-quality-point': rule('ALTERATION', 'review-coordinator'),
  'review.decide-publication': rule('DECISION', 'review-coordinator'),
  'review.keep-central-copy': rule('ALTERATION', 'review-coordinator'),
  'review.acknowledge-copy': rule('ALTERATION', 'review-coordinator'),
  'review.publish': rule('DISCLOSURE', 'review-coordinator'),
  'publication.show': rule('DISCLOSURE', 'system'),
  'publication.open': rule('DISCLOSURE', 'system'),
  // What a central body asks of each review: for those who draft it.
  'review.view-data': rule('CONSULTATION', ...staff),
  'review.keep-data': rule('COLLECTION', ...staff),
  'review.export-data': rule('DISCLOSURE', ...staff),
  // Duties of the partnership, by the agency that coordinates for it.
  'partnership-duty.list': rule('CONSULTATION', 'review-coordinator', 'auditor'),
  'partnership-duty.record': rule('ALTERATION', 'review-coordinator'),
  'partnership-duty.send-copy': rule('ALTERATION', 'review-coordinator'),
  'asb-figures.count': rule('CONSULTATION', 'review-coordinator'),
  'asb-figures.publish': rule('DISCLOSURE', 'review-coordinator'),
  'asb-figures.show': rule('DISCLOSURE', 'system'),
  'asb-application.offer': rule('SYSTEM', 'service'),
  // By the public form, which is the front end’s, or by a coordinator to whom it is told.
  'asb-application.receive': rule('COLLECTION', 'service', 'review-coordinator'),
  'asb-application.list': rule('CONSULTATION', 'review-coordinator'),
  'asb-application.register': rule('COLLECTION', 'review-coordinator'),
  'asb-application.set-aside': rule('DECISION', 'review-coordinator'),
  'asb-application.list-kept': rule('CONSULTATION', 'review-coordinator'),
  'asb-application.erase': rule('ERASURE', 'review-coordinator'),
  'recommendation.list': rule('CONSULTATION', ...staff),
  'recommendation.view': rule('CONSULTATION', ...staff),
  'recommendation.export': rule('DISCLOSURE', ...staff),
  'recommendation.propose': rule('COLLECTION', 'review-coordinator'),
  'recommendation.ask-owner': rule('DISCLOSURE', 'review-coordinator'),
  // For the agency that owns it, its safeguarding leads; or a coordinator of the review, for what came otherwise.
  'recommendation.answer': rule('DECISION', 'review-coordinator', lead),
  'recommendation.link-repeat': rule('ALTERATION', 'review-coordinator'),
  'recommendation.note-central': rule('ALTERATION', 'review-coordinator'),
  'review-action.add': rule('COLLECTION', 'review-coordinator'),
  'review-action.retarget': rule('DECISION', 'review-coordinator'),
  // Whoever leads an action takes it on, wherever they work.
  'review-action.progress': rule('ALTERATION', ...staff),
  // Whoever takes part in the review verifies, when they are outside the line of whoever did it.
  'review-action.verify': rule('DECISION', ...staff),
  'review-action.end': rule('DECISION', 'review-coordinator'),

  // insight: numbers of the whole partnership for those who lead it, without what tells of few (decision 38)
  'insight.read': rule('CONSULTATION', ...leads),
  'insight.export': rule('DISCLOSURE', ...leads),
  'quarterly-pack.request': rule('DISCLOSURE', ...leads),
  'quarterly-pack.view': rule('CONSULTATION', ...leads),
  'quarterly-pack.download': rule('DISCLOSURE', ...leads),
  'quarterly-pack.end': rule('SYSTEM', 'system'),
  'insight.rebuild': rule('SYSTEM', 'administrator', 'system'),
  // what is due, and who hears of it
  'deadline.list': rule('CONSULTATION', 'administrator', 'information-governance-lead', ...staff),
  // How many are due and late, by agency and kind, without one of them.
  'deadline.oversee': rule(
    'CONSULTATION',
    ...(['administrator', 'panel-chair', 'panel-coordinator', 'review-coordinator', 'board-member'] as const),
  ),
  'deadline.acknowledge': rule('ALTERATION', 'information-governance-lead', ...staff),
  'deadline.fire': rule('SYSTEM', 'system'),
  'deadline.escalate': rule('SYSTEM', 'system'),
  'stand-in.view': rule('SYSTEM', 'anyone'),
  'stand-in.name': rule('ALTERATION', 'information-governance-lead', ...staff),
  'stand-in.end': rule('ALTERATION', 'information-governance-lead', ...staff),
  // A calendar that one's own software reads, by a secret address.
  'calendar-feed.make': rule('SYSTEM', 'anyone'),
  'calendar-feed.revoke': rule('SYSTEM', 'anyone'),
  'calendar-feed.read': rule('CONSULTATION', 'administrator', 'information-governance-lead', ...staff),
  'message.list': rule('SYSTEM', 'anyone'),
  'message.read': rule('SYSTEM', 'anyone'),
  // Where one is reached outside of the pages, of what one is told there, and what goes out (docs/decisions/0044).
  'contact-details.view': rule('SYSTEM', 'anyone'),
  'contact-details.give': rule('SYSTEM', 'anyone'),
  'contact-details.send-code': rule('SYSTEM', 'anyone'),
  'contact-details.confirm': rule('SYSTEM', 'anyone'),
  'contact-details.remove': rule('SYSTEM', 'anyone'),
  'contact-details.forget': rule('SYSTEM', 'system'),
  'message.view-choices': rule('SYSTEM', 'anyone'),
  'message.choose': rule('SYSTEM', 'anyone'),
  'notice.send': rule('SYSTEM', 'system'),
  'notice.record-outcome': rule('SYSTEM', 'system'),
  'notice.list-failures': rule('SYSTEM', 'administrator'),
  'notice.retry': rule('SYSTEM', 'administrator'),
  // Only where nothing is sent: what would have been.
  'mailbox.view': rule('SYSTEM', 'anyone'),

  // retention and erasure
  'retention.list': rule('CONSULTATION', 'information-governance-lead', 'auditor'),
  'retention.keep': rule('DECISION', 'information-governance-lead'),
  'retention.propose-erasure': rule('DECISION', 'information-governance-lead'),
  'retention.refuse-erasure': rule('DECISION', 'information-governance-lead'),
  'retention.confirm-erasure': rule('DECISION', 'information-governance-lead'),
  'hold.place': rule('DECISION', 'information-governance-lead'),
  'hold.release': rule('DECISION', 'information-governance-lead'),
  'case.erase': rule('ERASURE', 'system'),
  'referral.erase': rule('ERASURE', 'system'),
  'detail.erase': rule('ERASURE', 'system'),

  // what somebody asks of what is held about them
  'access-request.list': rule('CONSULTATION', 'information-governance-lead'),
  'access-request.find-person': rule('CONSULTATION', 'information-governance-lead'),
  'access-request.record': rule('COLLECTION', 'information-governance-lead'),
  'access-request.gather': rule('CONSULTATION', 'information-governance-lead', 'service'),
  'access-request.view': rule('CONSULTATION', 'information-governance-lead'),
  'access-request.open-file': rule('CONSULTATION', 'information-governance-lead'),
  'access-request.take-step': rule('ALTERATION', 'information-governance-lead'),
  'access-request.decide-item': rule('DECISION', 'information-governance-lead'),
  'access-request.release': rule('DECISION', 'information-governance-lead'),
  'access-request.download': rule('DISCLOSURE', 'information-governance-lead'),

  // notifications: systems of agencies that are told of what happens (docs/decisions/0037)
  'webhook.list': rule('SYSTEM', 'administrator', 'integration'),
  'webhook.view': rule('SYSTEM', 'administrator', 'integration'),
  'webhook.register': rule('SYSTEM', 'administrator', 'integration'),
  'webhook.change': rule('SYSTEM', 'administrator', 'integration'),
  'webhook.switch': rule('SYSTEM', 'administrator', 'integration'),
  'webhook.change-key': rule('SYSTEM', 'administrator', 'integration'),
  'webhook.change-secret': rule('SYSTEM', 'administrator', 'integration'),
  'webhook.test': rule('SYSTEM', 'administrator', 'integration'),
  'webhook.replay': rule('SYSTEM', 'administrator', 'integration'),
  'webhook.deliver': rule('DISCLOSURE', 'system'),
  'webhook.record-outcome': rule('SYSTEM', 'system'),

  // audit
  'trail.read': rule('CONSULTATION', 'auditor'),
  // What administrators did with the partnership, its members and its services, and nothing of what anybody did with a case.
  'trail.read-administration': rule('CONSULTATION', 'auditor', 'administrator'),
  'trail.verify': rule('CONSULTATION', 'auditor'),
  'trail.export': rule('DISCLOSURE', 'auditor'),
  'ledger.read': rule('CONSULTATION', 'auditor', 'service'),
  'receipt.read': rule('CONSULTATION', 'anyone'),
  'ledger.heartbeat': rule('SYSTEM', 'system'),
  'ledger.change-key': rule('SYSTEM', 'system'),
  'ledger.change-policy': rule('SYSTEM', 'system'),

  // Long work of agencies, in every context that has some: how far it has come, and nothing of what is in it.
  'work.oversee': rule('SYSTEM', 'administrator'),

  // the waist itself
  'stream.park': rule('SYSTEM', 'system'),
  'stream.release': rule('SYSTEM', 'administrator', 'system'),
  'stream.read': rule('SYSTEM', 'service'),
} as const satisfies Record<string, Rule>;

export type Action = keyof typeof permissions;
export const actions = Object.keys(permissions) as readonly Action[];

/** Who administers, and who else may do what only administrators and the system do. */
const ADMINISTERING: readonly Who[] = ['administrator', 'integration', 'auditor', 'system'];
/** Acts of administration: of the system's own kind, open to administrators and to nobody who works with records. */
export const actsOfAdministration = actions.filter((action) => {
  const { op, who }: Rule = permissions[action];
  return op === 'SYSTEM' && who.includes('administrator') && who.every((w) => ADMINISTERING.includes(w));
});

/** Whether any of `held` may do `action`. `held` also names 'service' or 'system' for machines. */
export function mayDo(held: readonly string[], action: Action): boolean {
  const who: readonly string[] = permissions[action].who;
  return who.some((w) => held.includes(w) || (w === 'anyone' && !held.includes('service') && !held.includes('system')));
}

/** The ledger's name of an action: `referral.request-information` is REQUEST_INFORMATION_REFERRAL (VERB_RESOURCE). */
export function actCode(action: Action): string {
  const [noun = '', verb = ''] = action.split('.');
  return `${verb}_${noun}`.toUpperCase().replaceAll('-', '_');
}
