import { demand, mayNot } from '@concordat/access';
import { civilDate } from '@concordat/clocks';
import { ForumFlagChanged } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { expectVersion, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { flagState, flagStep, flagTaken, mustBeFlagStep } from '../flag';
import { flagsOf, lockedFlag, stepFlag, type Flag } from '../flags.repository';
import { allForums } from '../forums.repository';
import { StepFlagDto } from './flags.dto';

/** Flags of an agency: what it is asked to mark, what is marked, and what is to be unmarked because twelve months have passed. */
@Injectable()
export class FlagsService {
  constructor(private readonly unit: UnitOfWork) {}

  list(call: Call) {
    return this.unit.read({ action: 'forum-flag.list', call }, async (tx) => {
      demand(tx.actor, 'forum-flag.list');
      const today = civilDate(tx.now);
      const flags = await flagsOf(tx, tx.actor.orgId ?? '', today);
      const titles = new Map((await allForums(tx)).map(({ id, title }) => [id, title]));
      about(tx, flags);
      const entitled = mayNot(tx.actor, 'forum-flag.keep') === null;
      return {
        items: flags.map((flag) => {
          const state = flagState(flag, today);
          return { ...flag, forum: titles.get(flag.forumId), state, step: entitled ? flagStep(state) : null };
        }),
      };
    });
  }

  /** Says that one's agency has marked its file, or has unmarked it. */
  async step(call: Call, id: string) {
    const objects = [{ t: 'forum-flag' as const, id }];
    const done = await this.unit.run({ action: 'forum-flag.keep', call, objects }, async (tx) => {
      const today = civilDate(tx.now);
      const flag = await lockedFlag(tx, id, today);
      expectVersion(call, 'forum-flag', flag.version);
      demand(tx.actor, 'forum-flag.keep', { orgs: [flag.orgId] });
      const { do: step } = valid(StepFlagDto, call.body);
      mustBeFlagStep(flagState(flag, today), step);
      const stream = await tx.lock(flag.caseId);
      const version = await stepFlag(tx, flag, step);
      const state = flagTaken(step);
      const { caseId, forumId, orgId, expiresOn } = flag;
      stream.publish(ForumFlagChanged, { caseId, flagId: id, forumId, orgId, state, expiresOn });
      about(tx, [{ ...flag, version }]);
      tx.about({ decision: state });
      return { id, version, status: state };
    });
    return { ...done.value, receipt: done.receipt };
  }
}

function about(tx: Tx, flags: readonly Flag[]): void {
  tx.about({
    subjects: flags.map((flag) => flag.subjectId),
    objects: flags.flatMap(({ id, version, caseId }) => [
      { t: 'forum-flag' as const, id, ver: String(version) },
      { t: 'case' as const, id: caseId },
    ]),
  });
}
