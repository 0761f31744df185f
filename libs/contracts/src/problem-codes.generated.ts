// Made by `npm run generate` from the code that answers with them. Not to be edited.
/* eslint max-lines: off */
export const PROBLEM_CODES = `
404 access-item.not-found There is no such record, or you may not see it
409 access-request.changed Somebody else changed this first
403 access-request.forbidden Somebody who may see this person’s cases must give this
404 access-request.not-found There is no such record, or you may not see it
422 access-request.not-gathered Nothing has been gathered yet
422 access-request.own Somebody else must release what you prepared yourself
409 access-request.state This is not open where the request stands
422 access-request.stopped Something is asked that is not answered yet
422 access-request.undecided Decide about every item first
422 access-request.unproven It is not known yet who asks
403 access.forbidden You may not do this
503 access.stale Who may see what cannot be decided just now. Try again shortly
404 accesses.not-found There is no such record, or you may not see it
429 account.locked This account has failed to sign in too often. Try again in a minute
401 account.refused This account cannot sign in
409 advocate-contact.changed Somebody else changed this first
403 advocate-contact.forbidden You may not do this
404 advocate-contact.not-found There is no such record, or you may not see it
409 agenda-item-notes.changed Somebody else changed this first
409 agenda-item.changed Somebody else changed this first
403 agenda-item.forbidden You may not do this
404 agenda-item.not-found There is no such record, or you may not see it
409 agenda-item.not-open This cannot be done where the case stands now
409 agreement.activated It decides already
409 agreement.already-signed The party has signed this version
409 agreement.already-withdrawn The party has withdrawn
409 agreement.changed Somebody else changed this first
409 agreement.content-mismatch These are not the terms that were signed
409 agreement.event-out-of-order Earlier than the last event
422 agreement.findings-block What was found in it must be put right first
403 agreement.forbidden You may not do this
409 agreement.id-taken There is an agreement with this id and version already
422 agreement.no-signatory The party names nobody who signs
422 agreement.not-a-party No such party
409 agreement.not-assured This version can still be changed
422 agreement.not-expired Its last day is not over
404 agreement.not-found There is no such record, or you may not see it
422 agreement.not-same These are versions of different agreements
409 agreement.step-not-open This is not open where the agreement stands now
422 agreement.time-wrong A party cannot leave in the past
422 agreement.version-not-higher A new version has a higher number
409 amendment.answered This was answered before
422 amendment.nothing The minutes say this already
422 amendment.own Somebody else who chairs answers what you have proposed
409 amendment.waiting Another amendment of this case waits for an answer
409 appeal.none-open There is no appeal to decide
422 appeal.not-taken Reviews of this kind keep no appeals here
409 appeal.not-taken-up The review must take the appeal up first
422 appeal.open Another appeal is not decided yet
422 appeal.own Somebody who had no part in what is appealed against must decide
409 approval.answered This has been answered already
409 approval.changed Somebody else changed this first
403 approval.forbidden Somebody else has to approve this
404 approval.not-found There is no such record, or you may not see it
409 approval.open Approval of this stage has been asked for already
409 area.changed Somebody else changed this first
409 area.closed It is closed already
409 area.code-taken Another area has this code
403 area.forbidden You may not do this
422 area.last Your organisation would lead no area that you cover. See to another one first
422 area.lead-closed The organisation that triages for it is closed. Name another first
409 area.name-taken Another area has this name
404 area.not-found There is no such record, or you may not see it
409 area.open It is open already
409 asb-application.changed Somebody else changed this first
409 asb-application.erased It is erased already
403 asb-application.forbidden You may not do this
422 asb-application.kept It is still to be kept
404 asb-application.not-found There is no such record, or you may not see it
409 asb-application.settled This is settled
422 asb-figures.contradictory The figures contradict each other
403 asb-figures.forbidden You may not do this
409 assessment.changed Somebody else changed this first
409 assessment.completed This is completed. Correct it by another assessment
409 assessment.draft This is not completed yet
403 assessment.forbidden You may not do this
404 assessment.not-found There is no such record, or you may not see it
409 assessment.superseded Another assessment has taken the place of this one
503 audit.unavailable This cannot be put on record now, so it was not done
409 breach.assessed This has been assessed
409 breach.changed Somebody else changed this first
403 breach.forbidden You may not do this
422 breach.late Say why the Commissioner was told late
422 breach.must-notify The Commissioner must be told, unless nobody is likely to be harmed
404 breach.not-found There is no such record, or you may not see it
422 breach.not-then That was before your agency was aware of it, or is still to come
409 breach.not-to-notify The Commissioner is not to be told of this
409 break-glass.changed Somebody else changed this first
404 break-glass.not-found There is no such record, or you may not see it
403 bulk.forbidden You may not do this
404 bulk.not-found There is no such record, or you may not see it
403 calendar-feed.forbidden You may not do this
404 calendar-feed.not-found There is no such record, or you may not see it
404 calendar.not-found There is no such record, or you may not see it
409 case-fact.ended This has ended already
404 case-fact.not-found There is no such record, or you may not see it
404 case-file.not-found There is no such record, or you may not see it
409 case-link.ended This has ended already
409 case-link.known These cases are linked already
404 case-link.not-found There is no such record, or you may not see it
404 case-names.not-found There is no such record, or you may not see it
409 case-person.known They are in this case already
409 case.changed Somebody else changed this first
403 case.emergency An emergency opens the case as it is now, and not as it was
409 case.flagged This flag is on the case already
403 case.forbidden You may not do this
404 case.not-found There is no such record, or you may not see it
409 case.owned-already They own this case already
403 case.preview-only You may see that this case was offered, not what is in it
403 case.reading-only You may read this case and not change it
403 case.restricted This case is open to named staff only
422 case.restricted-not-copied A restricted case is not given to another system as a file
409 chronology-entry.alone This entry stands alone already
409 chronology-entry.changed Somebody else changed this first
404 chronology-entry.not-found There is no such record, or you may not see it
409 chronology-entry.withdrawn This entry has been withdrawn
404 chronology-version.not-found There is no such record, or you may not see it
422 chronology.empty There is nothing in it to freeze
422 chronology.for-a-person Your agency must decide on this first: it was asked
403 chronology.forbidden You may not do this
422 chronology.joined-already They are one event already
422 chronology.not-permitted No agreement permits that this is given to the review
422 chronology.not-taken Reviews of this kind take no evidence here
422 chronology.too-long Choose fewer days: at most … entries are put together
409 client.changed Somebody else changed this first
409 client.ended This client has been ended
403 client.forbidden You may not do this
429 client.locked This client has failed too often. Wait as long as Retry-After says
404 client.not-found There is no such record, or you may not see it
422 client.two-secrets This client has two secrets. End one of them first
409 conference-action.changed Somebody else changed this first
403 conference-action.forbidden Volunteer actions for your own agency
404 conference-action.not-found There is no such record, or you may not see it
409 conference-action.step-not-open This is not open where the action stands
422 conflict.unknown-case This case is not on the agenda, or you have declared this before
403 contact-details.forbidden You may not do this
404 contact-details.not-found There is no such record, or you may not see it
422 contact-details.not-used This installation sends nothing that way
422 contact-details.too-many-codes You have had five codes within an hour. Try again later
503 database.closed The database is not open
503 database.unreachable The database cannot be reached. Nothing was done
422 deadline.acknowledged Somebody sees to this already
409 deadline.changed Somebody else changed this first
409 deadline.ended Nothing is due here any more
403 deadline.forbidden You may not do this
404 deadline.not-found There is no such record, or you may not see it
404 decision-record.not-found There is no such record, or you may not see it
403 decision.forbidden You may not do this
404 decision.not-found There is no such record, or you may not see it
404 delivery.not-found There is no such record, or you may not see it
403 detail.forbidden You may not do this
403 disclosure.forbidden You may not do this
409 document.changed Somebody else changed this first
503 document.damaged The file cannot be read as it was kept. It has been recorded
403 document.forbidden You may not do this
422 document.infected The copy holds malware. It has not been kept
503 document.no-scanner Files cannot be checked for malware here, so none is taken
404 document.not-found There is no such record, or you may not see it
503 document.not-kept The file could not be kept. Try again later
503 document.not-scanned The file could not be checked for malware. Try again later
409 document.version There is a newer version of this document
403 drop.forbidden You may not do this
422 drop.not-owed An organisation of this kind does not share this set
403 emergency.forbidden You may not do this
404 entry.not-found There is no such record, or you may not see it
404 erasure.not-found There is no such record, or you may not see it
404 export-file.not-found There is no such record, or you may not see it
422 export.all-and-some The whole log cannot be narrowed but by dates
403 export.forbidden You may not do this
404 export.not-found There is no such record, or you may not see it
409 export.not-open This step is not open any more
422 export.too-large Choose dates that hold fewer acts
422 export.unbounded Give at least one date, and one user, person, case or agreement
404 family-person.not-found There is no such record, or you may not see it
422 figures.none The forum did not meet in this year
404 figures.not-found There is no such record, or you may not see it
422 figures.quarters-missing Two quarters in a row are missing: the year is not published
422 figures.taken-over Its first quarter takes over figures of the year before: the year is not published
422 figures.too-few Nothing of this year can be shown without telling of few cases
404 flag.not-found There is no such record, or you may not see it
400 form.no-files No file can be sent here
409 forum-flag.changed Somebody else changed this first
403 forum-flag.forbidden You may not do this
404 forum-flag.not-found There is no such record, or you may not see it
409 forum-flag.step-not-open This is not open where the flag stands
409 forum-referral.changed Somebody else changed this first
403 forum-referral.forbidden You may not do this
404 forum-referral.not-found There is no such record, or you may not see it
409 forum-referral.not-waiting It was heard, returned or not accepted. What happened since is referred anew
409 forum-referral.on-agenda It is on an agenda that is issued, or was heard. Put the case off instead
422 forum-referral.stands-for-others The referral of another agency was merged into it, and would be lost. Ask whoever leads the forum
409 forum-referral.step-not-open This is not open where the referral stands
409 forum-stage.not-open The forum does not take this referral
409 forum-stage.not-running No such stage runs beside others
409 forum-stage.runs This stage runs already
403 forum-statistics.forbidden You may not do this
409 forum-transfer.acknowledged It is acknowledged already
409 forum-transfer.changed Somebody else changed this first
403 forum-transfer.forbidden You may not do this
404 forum-transfer.not-found There is no such record, or you may not see it
422 forum-transfer.not-permitted No agreement allows every agency that leads that forum to have this
409 forum.changed Somebody else changed this first
403 forum.forbidden Whoever chairs or coordinates this forum does this
422 forum.kind-unknown The pack in force does not say how such a forum works
422 forum.lead-not-in-case The agencies that chair and coordinate this forum must take part in the case first
404 forum.not-found There is no such record, or you may not see it
422 forum.statistics-unknown The pack in force does not say what such a forum counts
422 forum.thresholds-not-in-force The thresholds that this forum has chosen are not in force
403 glass.forbidden You may not do this
409 glass.not-needed You may see this case without this
422 glass.own Somebody else must review what you opened yourself
409 glass.reviewed This is reviewed already
429 glass.too-many You have tried this too often within the hour
400 header.unreadable The … header must be a code
404 held-about.not-found There is no such record, or you may not see it
403 hold.forbidden You may not do this
404 hold.not-found There is no such record, or you may not see it
409 hold.released This hold was released already
422 home-agency.absent Nobody is there of the agency for the area where the person lives. Without it nobody is discussed
422 home-agency.not-here This forum does not ask for it
422 home-agency.unknown Say first which agency is the one for the area where the person lives
400 idempotency-key.missing Send an Idempotency-Key header of 8 to 128 visible characters with every POST
409 idempotency-key.reused This Idempotency-Key was used for another request
400 if-match.missing Send the version that you changed in the If-Match header
400 if-match.unreadable If-Match must carry the version that you changed
422 import.already-otherwise This person was brought in into another case
409 import.changed Somebody else changed this first
422 import.erased This case was brought in before, and has been erased since
403 import.forbidden You may not do this
422 import.has-errors Put the rows right that are wrong, and check the file again
422 import.no-source It is not known where this comes from
409 import.not-checked This file is being looked at, or has been dealt with
404 import.not-found There is no such record, or you may not see it
422 import.undecided Say of everybody who may be on record whether they are
403 insight.forbidden You may not do this
422 instrument.history-only This instrument is kept for reading and cannot be answered anew
422 instrument.no-thresholds The thresholds of this instrument are not in force
422 instrument.unknown There is no such instrument in force
503 issuer.unavailable The identity provider cannot be reached
403 key.forbidden You may not do this
409 known-question.answered This has been answered
409 known-question.changed Somebody else changed this first
403 known-question.forbidden You may not do this
409 known-question.forgotten Whom it was about is not kept any more. Ask anew
404 known-question.not-found There is no such record, or you may not see it
429 known-question.too-many This has been asked too often within the hour
409 ledger.beaten Another process has just done this
409 ledger.event-id-conflict An act does not fit those that its producer sent before
403 ledger.forbidden You may not do this
503 ledger.moved Another writer has moved the log
503 ledger.no-checkpoint The ledger has not signed anything yet. Try again shortly
503 ledger.not-open The log has not been opened yet
503 ledger.not-witnessed No checkpoint of this log has been cosigned by enough witnesses
409 ledger.sequence-gap An act does not fit those that its producer sent before
503 ledger.stopped The ledger was stopped because it is not as it was left
409 ledger.unsealable An act’s detail is not what its producer sealed
404 letter.not-found There is no such record, or you may not see it
422 letter.not-released A second person must release it first
422 letter.not-written Reviews of this kind have no such letters
422 letter.nothing-to-tell There is nothing to tell of this yet
422 letter.sent-already It is recorded already that it was sent
403 mailbox.forbidden You may not do this
404 mailbox.not-found There is no such record, or you may not see it
409 management-review.move-not-open This cannot be done as it stands now
404 management-review.not-found There is no such record, or you may not see it
422 management-review.own-agency Somebody outside the agency must read it
422 management-review.own-submission Somebody else must read what you have recorded
422 meeting.actions-open Some actions have not come to an end
422 meeting.another-open Another case is open. Record what was decided about it first
409 meeting.called-already An emergency meeting is called for it already
422 meeting.cases-left Some cases are neither heard nor deferred
409 meeting.changed The agenda has changed since you looked at it
422 meeting.emergency-stays An emergency meeting is cancelled, and another is called
403 meeting.forbidden You may not do this
422 meeting.no-cases There is no case on the agenda
422 meeting.no-emergencies The pack in force knows no emergency meetings of such a forum
422 meeting.not-approved A chair has not approved the minutes as they are now
404 meeting.not-found There is no such record, or you may not see it
422 meeting.not-quorate Too few agencies have signed
403 meeting.not-signed Sign the confidentiality statement before you see a case
422 meeting.over This meeting was held or called off
409 meeting.too-early This can be done once the meeting has come further
409 meeting.too-late This could be done until the meeting had come as far as it has
401 member.unknown Whoever asked is not a member any more
409 membership.active This person is a member already
422 membership.area-not-yours You can give and take only areas that you cover yourself
409 membership.changed Somebody else changed this first
403 membership.forbidden You may not do this
404 membership.not-found There is no such record, or you may not see it
422 membership.own You cannot change your own membership. Ask another administrator
409 membership.revoked This membership has been revoked
422 merge.later Another record was merged later. Undo that first
422 merge.nhs-numbers-differ They have different NHS numbers, so they are two people
404 merge.not-found There is no such record, or you may not see it
409 merge.undone This is undone already
403 message.forbidden You may not do this
404 message.not-found There is no such record, or you may not see it
405 method.not-allowed The request cannot be read: this address answers other methods
409 minute-amendment.changed Somebody else changed this first
404 minute-amendment.not-found There is no such record, or you may not see it
404 minutes-paper-file.not-found There is no such record, or you may not see it
403 minutes-paper.forbidden You may not do this
404 minutes-paper.not-found There is no such record, or you may not see it
422 minutes-paper.outdated What may be read of these minutes has changed: ask for them again
409 minutes.changed Somebody else changed this first
403 minutes.forbidden You may not do this
404 minutes.not-found There is no such record, or you may not see it
403 note.forbidden You may not do this
403 notice.forbidden You may not do this
404 notice.not-found There is no such record, or you may not see it
422 observer.member They sit on this forum, and come as a member
404 observer.not-found There is no such record, or you may not see it
422 observer.not-signed They do not observe this meeting, or have not signed
409 organisation.changed Somebody else changed this first
409 organisation.closed It is closed already
409 organisation.code-taken Another organisation has this code
403 organisation.forbidden You may not do this
422 organisation.leads It triages for an open area. Give the area to another organisation first
409 organisation.name-taken Another organisation has this name
404 organisation.not-found There is no such record, or you may not see it
409 organisation.open It is open already
422 organisation.own Whoever closes an organisation must not lose their own access by it
503 outcome.unknown It is not known whether this took effect. Send it again with the same Idempotency-Key
404 pack-document.not-found There is no such record, or you may not see it
403 pack.forbidden You may not do this
404 panel-member.not-found There is no such record, or you may not see it
422 participation.lead-stays The lead agency of a case changes only when the case is transferred
404 participation.not-found There is no such record, or you may not see it
422 participation.one-lead The lead agency of a case changes only when the case is transferred
409 participation.unchanged The agency takes part at this level already
403 partnership-duty.forbidden You may not do this
422 partnership-duty.never-done Nothing is recorded to send a copy of
404 partnership-duty.not-found There is no such record, or you may not see it
403 partnership.forbidden You may not do this
404 pathway.not-found There is no such record, or you may not see it
422 pathway.retired The pack in force has no such pathway any more
409 person.changed Somebody else changed this first
403 person.forbidden You may not do this
404 person.not-found There is no such record, or you may not see it
422 person.same They are one person here
404 planned-meeting.not-found There is no such record, or you may not see it
422 presence.nobody Nobody is marked as present for this case
422 presence.not-admitted They have not signed, have no part in this case, or have declared a conflict
404 protected-person.not-found There is no such record, or you may not see it
422 pseudonym.is-their-name The pseudonym holds a name of theirs
422 pseudonym.not-a-date Birth and death dates are whole days, and nothing else is
422 pseudonym.nothing-known Enter what could identify them
422 pseudonym.too-short Each thing that identifies them has at least two letters or digits
422 publication.family-time The family has asked for time, and publication waits for it
403 publication.forbidden You may not do this
422 publication.no-file No file that is published was released
422 publication.not-decided It is not decided that this is published
404 publication.not-found There is no such record, or you may not see it
422 publication.not-open The review has not come to its publication
422 publication.paused Proceedings hold up publication
404 quarterly-pack-file.not-found There is no such record, or you may not see it
403 quarterly-pack.forbidden You may not do this
404 quarterly-pack.not-found There is no such record, or you may not see it
409 question.answered This has been reviewed already
409 question.changed Somebody else changed this first
409 question.confirmed You have said this already
403 question.forbidden You may not say this
404 question.not-found There is no such record, or you may not see it
422 question.overtaken The agreement has changed since this was asked. It is decided anew when it is asked again
409 rebuild.running The numbers are being counted anew already
403 receipt.forbidden You may not do this
404 receipt.not-found There is no such record, or you may not see it
403 recipient.forbidden You may not do this
422 recommendation.actions-open It has actions that are not ended
409 recommendation.changed Somebody else changed this first
403 recommendation.forbidden You may not do this
422 recommendation.linked-already It is linked already
422 recommendation.national A department is asked elsewhere
422 recommendation.not-accepted The recommendation is not accepted
404 recommendation.not-found There is no such record, or you may not see it
422 recommendation.not-national Only national recommendations are sent to a department
422 recommendation.repeats-this That one is the later of the two
409 record.exists There is a record under this id already
403 record.forbidden You may not do this
404 record.not-found There is no such record, or you may not see it
422 redaction.no-text Only a plain text can be redacted here
422 redaction.too-long This text is too long to be redacted here
409 referral.changed Somebody else changed this first
403 referral.forbidden You may not do this
409 referral.id-taken This id was used for something else
403 referral.not-accepted What is in the case is seen while the referral is accepted
404 referral.not-found There is no such record, or you may not see it
409 referral.not-open This step is not open any more
409 referral.open This case has been referred to them already, and they have not answered
403 referral.outside-view This is not part of what was agreed
409 referral.step-not-open This cannot be done in the present state
403 register.forbidden You may not do this
409 relationship.ended This has ended already
403 relationship.forbidden You may not do this
409 relationship.known This is recorded already
404 relationship.not-found There is no such record, or you may not see it
422 release-file.author Somebody who does not draft the report must look at it
403 release-file.forbidden You may not do this
422 release-file.held Something in it identifies somebody: remove it, or say why it is nothing
422 release-file.nobody-protected First enter who must not be recognised in it
404 release-file.not-found There is no such record, or you may not see it
409 release-file.not-scanned It is released or withdrawn already
422 release-file.own Somebody else must look at a file that you have brought
422 release-file.stale Who is protected has changed since: scan it again
431 request.headers-too-large The request cannot be read: its headers are too large
422 request.invalid Some of what was sent is not right
415 request.media-type The request cannot be read: its body is in a form that is not taken here
406 request.not-acceptable The request cannot be read: nothing here is in the form that is asked for
400 request.refused The request cannot be read
408 request.timed-out The request cannot be read: it did not come to its end
400 request.too-deep The request is nested too deeply to be read
413 request.too-large The request cannot be read: its body is too large
414 request.too-long The request cannot be read: its address is too long
429 request.too-many This was asked too often in a minute. Wait as long as Retry-After says
400 request.unreadable The request cannot be read
409 research.changed Somebody else changed this first
409 restriction.changed Somebody else changed this first
403 restriction.forbidden You may read this and not change it
409 restriction.lifted This restriction has been lifted
404 restriction.not-found There is no such record, or you may not see it
409 retention.changed Somebody else changed this first
403 retention.forbidden You may not do this
409 retention.held This case is on hold and must be kept
409 retention.moratorium Records of this kind are not destroyed for now
409 retention.not-due This case is to be kept for longer
422 retention.own Somebody else must confirm what you proposed yourself
409 retention.state This is not open where the decision to erase the case stands
403 review-action.forbidden You may not do this
409 review-action.move-not-open This cannot be done as the action stands now
404 review-action.not-found There is no such record, or you may not see it
422 review-action.over Nothing more is to be done for this action
422 review-action.own-claim Somebody else must look at what you have done or claimed
422 review-action.own-line Somebody outside the line of whoever did it must look at it
422 review-data.not-asked Nothing is asked of reviews of this kind
422 review-kind.changed This version has another content than it had: its version must be raised
403 review-kind.forbidden You may not do this
404 review-kind.not-found There is no such record, or you may not see it
422 review.asked-already They are asked already
422 review.chaired-already Somebody chairs it already: end that first
409 review.changed Somebody else changed this first
422 review.dates-in-order These dates are in order
403 review.forbidden You may not do this
422 review.guards-missing Something that the step needs is missing: “reasons” says what
422 review.joined-circle The other review is taken in by this one
422 review.kind-does-not-fit The version has no place for something that is recorded
422 review.kind-not-later No later version of its kind is in force
422 review.linked-already This is said already
422 review.member-named They are named already
422 review.member-not-named They are not named
422 review.no-ledger This kind of review counts no complaints
422 review.not-chased-answered They have answered
422 review.not-chased-not-allowed The version of its kind that this review follows waits for every answer
422 review.not-chased-not-escalated Those who lead the agency have not been asked: do that first
422 review.not-chased-not-reminded They have not been reminded: do that first
422 review.not-chased-too-early Their time to answer is not over
422 review.not-decided There is no decision to tell anybody of
422 review.not-extended-done This is done
422 review.not-extended-law A time limit set by law cannot be extended
422 review.not-extended-no-date This has no date to extend
422 review.not-extended-not-from-the-latest-date The date has changed since
404 review.not-found There is no such record, or you may not see it
422 review.not-paused This pause does not run
422 review.over The review has come to its end
422 review.paused-already It is paused for this reason already
422 review.sits-already They sit on the panel already
409 review.step-not-open This is not open where the review stands now
401 route.closed This address answers nobody
404 route.not-found The request cannot be read: nothing answers at this address
403 scope.insufficient The access token does not have a scope that allows this
404 scoping-request.not-found There is no such record, or you may not see it
404 search.not-found There is no such record, or you may not see it
404 secret.not-found There is no such record, or you may not see it
500 server.error Something went wrong. It has been recorded
503 service.answered-… Another part of the system refused to answer
401 service.unknown This service is not known here
503 service.unreachable Another part of the system cannot be reached
403 session.forbidden You may not do this
403 sharing.refused No agreement allows this to be shared
403 sharing.review Somebody must look at this before it is shared
401 sign-in.not-fresh Sign in again to do this
401 sign-in.too-weak Sign in with a second factor, as this installation demands
403 staff.forbidden You may not do this
404 staff.not-found There is no such record, or you may not see it
409 staff.subject-taken Somebody else has this already
409 staff.username-taken Somebody else has this already
404 stage.not-found There is no such record, or you may not see it
409 stand-in.changed Somebody else changed this first
403 stand-in.forbidden You may not do this
404 stand-in.not-found There is no such record, or you may not see it
403 stream.administrators-only Only an administrator may do this
403 stream.forbidden You may not do this
404 stream.not-found There is no such record, or you may not see it
409 stream.open This record is already being written
403 stream.services-only Only services of this installation read streams
422 submission.no-panel Reviews of this kind go to no central quality panel
422 submission.package-open The package cannot be sent yet: a file of it is missing or not released
404 tile.not-found There is no such record, or you may not see it
401 token.expired Your sign-in has expired. Sign in again
401 token.invalid The access token is not accepted
401 token.missing Sign in to do this
401 token.unusable Nobody can be recognised here
403 token.without-claims The access token does not say who you are
403 trail.forbidden You may not do this
422 trail.unbounded Ask by case, person, user, agency or agreement, or say all=true
503 transaction.rolled-back The database did not keep this. Nothing was done
409 transfer.changed Somebody else changed this first
403 transfer.forbidden You may not do this
404 transfer.not-found There is no such record, or you may not see it
409 transfer.not-open This step is not open any more
409 transfer.open This case is on offer already
422 transfer.own-agency Your agency leads this case. Have it assigned to you
422 vote.carried-other The members who are there carried another
422 vote.chair-decides There is no majority: a chair decides
409 vote.changed Something else was put to the vote meanwhile
403 vote.forbidden Vote for your own agency
422 vote.none Put the decision to the vote first
422 vote.not-here This forum does not vote
422 vote.not-there Only members who are there for this case vote on it
409 vote.nothing-put Nothing is put to the vote
422 vote.open Not every member who is there has voted
422 vote.rejected The members who are there rejected it. Put another decision to the vote
409 webhook.changed Somebody else changed this first
403 webhook.forbidden You may not do this
422 webhook.no-secret This webhook has no shared secret
404 webhook.not-found There is no such record, or you may not see it
409 webhook.state This webhook is … already
422 webhook.two-keys Two keys sign already. Wait until the first has ended
422 webhook.two-secrets Two shared secrets sign already. Wait until the first has ended
404 witnessed-checkpoint.not-found There is no such record, or you may not see it
403 wording.forbidden You may not do this
404 wording.not-found There is no such record, or you may not see it
409 wording.removed This was removed already
409 wording.replaced A later version has taken the place of this one
403 work.forbidden You may not do this
`;
