import {
  CaseAccessChanged,
  CaseOpened,
  FeedbackGiven,
  ReferralAccepted,
  ReferralReopened,
  type Received,
} from '@concordat/contracts';
import { On, type Tx } from '@concordat/messaging';
import { Peers } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { openingParticipations, type CaseFile } from '../case';
import { publishRestriction } from '../restricting';
import { openCase, recordOnTimeline } from './case.store';

/** What records does when referrals tells it something. */
@Injectable()
export class CaseHandlers {
  constructor(private readonly peers: Peers) {}

  /** The event carries ids only; who they are is asked of the owner, which checks and audits the asking (events.md P2). */
  askForCaseFile({ data }: Received<ReferralAccepted>): Promise<CaseFile> {
    return this.peers.get<CaseFile>('records', 'referrals', `/${data.referralId}/case-file`, {
      'concordat-purpose': 'case-opening',
    });
  }

  @On(ReferralAccepted, { action: 'case.open', prepare: 'askForCaseFile' })
  async open({ data }: Received<ReferralAccepted>, tx: Tx, prepared: unknown): Promise<void> {
    const file = prepared as CaseFile;
    const participations = openingParticipations(data.leadOrg, data.participants);
    const { restrictions } = await openCase(
      tx,
      { ...file, caseId: data.caseId, leadOrg: data.leadOrg },
      participations,
    );
    const people = file.people.map((p) => p.id);
    const stream = tx.open(data.caseId);
    stream.publish(CaseOpened, {
      caseId: data.caseId,
      referralId: data.referralId,
      leadOrg: data.leadOrg,
      areaId: data.areaId,
      people,
    });
    for (const { orgId, level } of participations) {
      stream.publish(CaseAccessChanged, {
        caseId: data.caseId,
        orgId,
        level,
        restricted: restrictions.length > 0,
        from: tx.now.toISOString(),
      });
    }
    for (const id of restrictions) await publishRestriction(tx, id);
    tx.about({
      subjects: people,
      objects: [
        { t: 'case', id: data.caseId, ver: '1' },
        { t: 'referral', id: data.referralId },
      ],
      recipients: participations.map((p) => ({ org: p.orgId, role: p.level })),
    });
  }

  @On(FeedbackGiven)
  async feedback({ data, time }: Received<FeedbackGiven>, tx: Tx): Promise<void> {
    await recordOnTimeline(tx, data.referralId, { at: time, what: 'feedback-given', orgId: data.receivingOrg });
  }

  @On(ReferralReopened)
  async reopened({ data, time }: Received<ReferralReopened>, tx: Tx): Promise<void> {
    await recordOnTimeline(tx, data.referralId, { at: time, what: 'referral-reopened', orgId: data.receivingOrg });
  }
}
