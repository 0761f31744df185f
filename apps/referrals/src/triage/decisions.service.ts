import {
  FeedbackGiven,
  Invalid,
  newId,
  ReferralAccepted,
  ReferralDecided,
  ReferralReopened,
  ReferralWithdrawn,
} from '@concordat/contracts';
import type { Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { Practice } from '../practice';
import * as referral from '../referral';
import { Changes } from './changes';
import { decisionProblems, reasonProblems, resultOf } from './decision-rules';
import { CHANGES } from './pipeline';

/** The end of triage, what the referrer is told of it, and the ways back. */
@Injectable()
export class DecisionsService {
  constructor(
    private readonly changes: Changes,
    private readonly practice: Practice,
  ) {}

  decide(call: Call, id: string) {
    return this.changes.make(call, id, CHANGES.decide, (tx, r, asked, doing) => {
      const { packs, stamp } = this.practice;
      const wrong = decisionProblems(packs, this.practice.pathwayOf(r), asked);
      if (wrong.length > 0) throw new Invalid(wrong);
      const { outcome, destination, reason } = asked;
      const result = resultOf(packs, asked);
      const caseId = outcome === 'accept' ? newId() : undefined;
      const entry = referral.decide(
        r,
        { ...asked, pack: stamp, ...(result ? { result } : {}), ...(caseId ? { caseId } : {}) },
        doing,
      );
      tx.about({
        decision: outcome,
        reasons: reason ? [reason] : [],
        objects: caseId ? [{ t: 'case', id: caseId }] : [],
      });
      const decidedBy = tx.actor.id;
      return {
        entry,
        publish: (stream, header) =>
          caseId
            ? stream.publish(ReferralAccepted, {
                ...header,
                caseId,
                leadOrg: r.receivingOrg,
                decidedBy,
                participants: [...new Set([r.receivingOrg, r.referringOrg])],
              })
            : stream.publish(ReferralDecided, {
                ...header,
                outcome: referral.statusOf({ ...r, entries: [entry] }) as ReferralDecided['outcome'],
                decidedBy,
                ...(destination === undefined ? {} : { destination }),
                ...(reason === undefined ? {} : { reason }),
              }),
      };
    });
  }

  reopen(call: Call, id: string) {
    return this.changes.make(call, id, CHANGES.reopen, (tx, r, asked, doing) => {
      const wrong = reasonProblems(this.practice.packs, 'reopen', asked.reason, asked.rationale);
      if (wrong.length > 0) throw new Invalid(wrong);
      const dueAt = this.practice.rateBy(this.practice.pathwayOf(r), doing.at)?.dueAt.toISOString() ?? null;
      const entry = referral.reopen(r, { ...asked, dueAt }, doing);
      tx.about({ reasons: [asked.reason] });
      return {
        entry,
        publish: (stream, header) => stream.publish(ReferralReopened, { ...header, reason: asked.reason }),
      };
    });
  }

  giveFeedback(call: Call, id: string) {
    return this.changes.make(call, id, CHANGES.feedback, (tx, r, { text }, doing) => {
      const entry = referral.giveFeedback(r, text, doing);
      tx.about({ recipients: [{ org: r.referringOrg }] });
      return { entry, publish: (stream, header) => stream.publish(FeedbackGiven, header) };
    });
  }

  withdraw(call: Call, id: string) {
    return this.changes.make(call, id, CHANGES.withdraw, (tx, r, asked, doing) => {
      const wrong = reasonProblems(this.practice.packs, 'withdraw', asked.reason, asked.rationale);
      if (wrong.length > 0) throw new Invalid(wrong);
      const entry = referral.withdraw(r, { ...asked }, doing);
      tx.about({ reasons: [asked.reason] });
      return {
        entry,
        publish: (stream, header) => stream.publish(ReferralWithdrawn, { ...header, reason: asked.reason }),
      };
    });
  }
}
