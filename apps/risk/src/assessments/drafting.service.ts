import { demand } from '@concordat/access';
import { civilDate } from '@concordat/clocks';
import { Forbidden, Invalid, newId, RuleBroken, type Action } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import type { Instrument } from '@concordat/packs';
import { expectVersion, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { EMPTY, impossible } from '../answers';
import { mustBeDraft, mustBeStanding, type Assessment } from '../assessment';
import { demandAssessing, partIn } from '../case-part';
import { peopleInCase } from '../case-people.repository';
import { practiceOf, type Practice } from '../forum-banding';
import { ForumKinds } from '../forum-kinds';
import { allForums } from '../forums.repository';
import { Instruments } from '../instruments';
import { keepInstrument } from '../kept-instruments.repository';
import { CorrectAssessmentDto, SaveAssessmentDto, StartAssessmentDto } from './assessments.dto';
import * as kept from './assessments.repository';
import { contentOf } from './content-of';
import { Texts } from '../texts';
import { wordingInForce } from '../wordings.repository';

/** Drafts: begun, saved as one goes, thrown away. A draft is its author's alone until it is completed. */
@Injectable()
export class DraftingService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly instruments: Instruments,
    private readonly texts: Texts,
    private readonly kinds: ForumKinds,
  ) {}

  async start(call: Call, caseId: string) {
    const act = { action: 'assessment.start', call, objects: [{ t: 'case' as const, id: caseId }] } as const;
    const done = await this.unit.run(act, async (tx) => {
      const part = await partIn(tx, caseId);
      demandAssessing(tx, part, 'assessment.start');
      const { instrument: code, subjectId, forumId } = valid(StartAssessmentDto, call.body);
      if (!(await peopleInCase(tx, caseId)).includes(subjectId))
        throw new Invalid([{ field: 'subjectId', code: 'person.unknown', message: 'Choose somebody of this case' }]);
      const instrument = this.instruments.toAnswer(code, tx.now);
      const practice = forumId === undefined ? null : await this.practice(tx, instrument, forumId);
      const hash = this.instruments.hashOf(instrument);
      await keepInstrument(tx, hash, instrument);
      const wording = await wordingInForce(tx, code, hash);
      const draft = begun(tx, {
        ...{ caseId, subjectId, instrument: code, instrumentVersion: instrument.version, hash },
        ...{
          pack: this.instruments.packs.version,
          rulesOn: civilDate(tx.now),
          practice,
          content: EMPTY,
          wordingId: wording?.id ?? null,
          supersedes: null,
          supersedeReason: null,
        },
      });
      await kept.insertDraft(tx, draft);
      about(tx, draft);
      if (practice) tx.about({ objects: [{ t: 'forum', id: practice.forum.id, ver: String(practice.forum.version) }] });
      return { id: draft.id, version: draft.version };
    });
    return { ...done.value, receipt: done.receipt };
  }

  /** By which thresholds it is made for a forum, kept with it from now on. */
  private async practice(tx: Tx, instrument: Instrument, forumId: string): Promise<Practice> {
    const forum = (await allForums(tx)).find(({ id }) => id === forumId);
    if (!forum) throw new Invalid([{ field: 'forumId', code: 'forum.unknown', message: 'Choose one of the forums' }]);
    const practice = practiceOf(instrument, forum, this.kinds.of(forum.kind, tx.now), civilDate(tx.now));
    if (practice) return practice;
    const message = 'The thresholds that this forum has chosen are not in force. Whoever keeps it has to choose others';
    throw new RuleBroken('forum.thresholds-not-in-force', message);
  }

  /** Everything that the draft says, in the place of what it said. Answers that are still missing may be. */
  async save(call: Call, id: string) {
    const act = { action: 'assessment.save', call, objects: [{ t: 'assessment' as const, id }] } as const;
    const done = await this.unit.run(act, async (tx) => {
      const draft = await this.own(tx, id, 'assessment.save');
      const content = contentOf(valid(SaveAssessmentDto, call.body));
      const problems = impossible(await this.texts.of(tx, draft), content);
      if (problems.length > 0) throw new Invalid(problems);
      mustBeDraft(draft);
      const next = { ...draft, content, version: draft.version + 1, changedAt: tx.now };
      await kept.replaceAssessment(tx, next);
      about(tx, next);
      return { id, version: next.version };
    });
    return { ...done.value, receipt: done.receipt };
  }

  async discard(call: Call, id: string): Promise<void> {
    const act = { action: 'assessment.discard', call, objects: [{ t: 'assessment' as const, id }] } as const;
    await this.unit.run(act, async (tx) => {
      const draft = await this.own(tx, id, 'assessment.discard');
      mustBeDraft(draft);
      await kept.deleteDraft(tx, id);
      about(tx, draft);
    });
  }

  /** A draft that says what a completed assessment says, to be put right. Once completed it takes the other's place. */
  async correct(call: Call, id: string) {
    const act = { action: 'assessment.correct', call, objects: [{ t: 'assessment' as const, id }] } as const;
    const done = await this.unit.run(act, async (tx) => {
      const wrong = await kept.lockedAssessment(tx, id);
      const part = await partIn(tx, wrong.caseId);
      demandAssessing(tx, part, 'assessment.correct');
      if (wrong.orgId !== tx.actor.orgId)
        throw new Forbidden('assessment.forbidden', 'You may not do this', ['organisation.not-author']);
      const { reason } = valid(CorrectAssessmentDto, call.body);
      mustBeStanding(wrong);
      const draft = begun(tx, { ...wrong, supersedes: id, supersedeReason: reason.trim() });
      await kept.insertDraft(tx, draft);
      about(tx, draft);
      return { id: draft.id, version: draft.version };
    });
    return { ...done.value, receipt: done.receipt };
  }

  /** The caller's own assessment, at the version that they saw, in a case in which they may assess. */
  private async own(tx: Tx, id: string, action: Action): Promise<Assessment> {
    const draft = await kept.lockedAssessment(tx, id);
    const part = await partIn(tx, draft.caseId);
    expectVersion(tx.call, 'assessment', draft.version);
    demandAssessing(tx, part, action);
    demand(tx.actor, action, { orgs: [draft.orgId] });
    if (draft.authorId !== tx.actor.id)
      throw new Forbidden('assessment.forbidden', 'You may not do this', ['assessment.not-author']);
    return draft;
  }
}

type Begun = Omit<
  Assessment,
  | 'id'
  | 'orgId'
  | 'authorId'
  | 'status'
  | 'version'
  | 'result'
  | 'startedAt'
  | 'changedAt'
  | 'completedAt'
  | 'supersededBy'
>;

const begun = (tx: Tx, given: Begun): Assessment => ({
  ...given,
  ...{
    id: newId(),
    orgId: tx.actor.orgId ?? '',
    authorId: tx.actor.id,
    status: 'draft' as const,
    version: 1,
    result: null,
  },
  ...{ startedAt: tx.now, changedAt: tx.now, completedAt: null, supersededBy: null },
});

/** What the ledger says of an act on an assessment: whom it is about, in which case, by which instrument. */
export function about(tx: Tx, { id, caseId, subjectId, version, instrument, instrumentVersion }: Assessment): void {
  tx.about({
    subjects: [subjectId],
    objects: [
      { t: 'assessment', id, ver: String(version) },
      { t: 'case', id: caseId },
    ],
    rule: `${instrument}@${instrumentVersion}`,
  });
}
