import { AssessmentCompleted, Conflict, Forbidden } from '@concordat/contracts';
import { demand } from '@concordat/access';
import { UnitOfWork } from '@concordat/messaging';
import { expectVersion, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { completed } from '../assessment';
import { demandAssessing, partIn } from '../case-part';
import { Instruments } from '../instruments';
import {
  lockedAssessment,
  oneAtATime,
  replaceAssessment,
  supersede,
  visibleAssessment,
} from './assessments.repository';
import { about } from './drafting.service';
import { Texts } from '../texts';

/** Completes a draft: from then on it is seen by every agency in the case, and never changed. */
@Injectable()
export class CompletingService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly instruments: Instruments,
    private readonly texts: Texts,
  ) {}

  async complete(call: Call, id: string) {
    const act = { action: 'assessment.complete', call, objects: [{ t: 'assessment' as const, id }] } as const;
    const done = await this.unit.run(act, async (tx) => {
      const { caseId } = await visibleAssessment(tx, id);
      const part = await partIn(tx, caseId);
      await oneAtATime(tx, caseId);
      const stream = await tx.lock(caseId);
      const draft = await lockedAssessment(tx, id);
      expectVersion(call, 'assessment', draft.version);
      demandAssessing(tx, part, 'assessment.complete');
      demand(tx.actor, 'assessment.complete', { orgs: [draft.orgId] });
      if (draft.authorId !== tx.actor.id)
        throw new Forbidden('assessment.forbidden', 'You may not do this', ['assessment.not-author']);
      const text = await this.texts.of(tx, draft);
      const standing = completed(draft, text, this.instruments.packs, tx.now);
      await replaceAssessment(tx, standing);
      if (draft.supersedes && !(await supersede(tx, draft.supersedes, id)))
        throw new Conflict(
          'assessment.superseded',
          'Another assessment has taken the place of the one that you correct',
        );
      const band = standing.result?.band ?? '';
      stream.publish(AssessmentCompleted, {
        ...{ caseId, assessmentId: id, orgId: draft.orgId, instrument: draft.instrument, band },
        ...{ instrumentVersion: draft.instrumentVersion, completedAt: tx.now.toISOString() },
        ...(draft.supersedes ? { supersedes: draft.supersedes } : {}),
      });
      about(tx, standing);
      tx.about({ decision: band, reasons: standing.result?.reasons.map(({ code }) => code) ?? [] });
      if (draft.supersedes) tx.about({ objects: [{ t: 'assessment', id: draft.supersedes }] });
      return { id, version: standing.version, band };
    });
    return { ...done.value, receipt: done.receipt };
  }
}
