import { demand, mayNot } from '@concordat/access';
import { civilDate } from '@concordat/clocks';
import { ConferenceActionChanged, Invalid } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { expectVersion, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { advanced, hasEnded, isOverdue, needsWords, stepsOpen } from '../conference-action';
import {
  actionById,
  actionsOwnedBy,
  countActions,
  lockedAction,
  moveAction,
  type ConferenceAction,
} from '../conference-actions.repository';
import { ListActionsDto, StepActionDto } from './actions.dto';

/** Actions after a meeting: each agency's own list, and what became of them. */
@Injectable()
export class ActionsService {
  constructor(private readonly unit: UnitOfWork) {}

  list(call: Call) {
    return this.unit.read({ action: 'conference-action.list', call }, async (tx) => {
      demand(tx.actor, 'conference-action.list');
      const asked = valid(ListActionsDto, call.query);
      const { whose = 'own', only = 'open', forum = null, case: caseId = null, state = null, ids, ...paging } = asked;
      const wanted = {
        ...{ orgId: tx.actor.orgId ?? '', whose, only, forumId: forum, caseId, state },
        ...{ ids: ids?.split(',') ?? null, today: civilDate(tx.now) },
      };
      const { items, next, previous } = await actionsOwnedBy(tx, wanted, paging);
      about(tx, items);
      const count = await countActions(tx, wanted);
      return {
        items: items.map(({ lead, ...action }) => told(tx, action, lead)),
        next,
        previous,
        count,
      };
    });
  }

  view(call: Call, id: string) {
    const objects = [{ t: 'conference-action' as const, id }];
    return this.unit.read({ action: 'conference-action.list', call, objects }, async (tx) => {
      const action = await actionById(tx, id);
      demand(tx.actor, 'conference-action.list');
      about(tx, [action]);
      return told(tx, action, await leadsMeeting(tx, action.meetingId));
    });
  }

  /**
   * Takes one step of one action.
   * @param under the bulk work that it belongs to, named in its act, a refusal included
   */
  async step(call: Call, id: string, under: readonly { t: 'bulk'; id: string }[] = []) {
    const act = {
      action: 'conference-action.advance',
      call,
      objects: [...under, { t: 'conference-action' as const, id }],
    } as const;
    const done = await this.unit.run(act, async (tx) => {
      const action = await lockedAction(tx, id);
      expectVersion(call, 'conference-action', action.version);
      demand(tx.actor, 'conference-action.advance');
      const { do: step, words = '' } = valid(StepActionDto, call.body);
      const as = { owner: action.ownerOrg === tx.actor.orgId, lead: await leadsMeeting(tx, action.meetingId) };
      const state = advanced(action.state, step, as);
      if (needsWords(step) && words.trim() === '')
        throw new Invalid([{ field: 'words', code: 'required', message: 'Say what came of it, or why not' }]);
      const stream = await tx.lock(action.caseId);
      const version = await moveAction(tx, action, state, words.trim());
      const { caseId, meetingId, ownerOrg, dueOn } = action;
      stream.publish(ConferenceActionChanged, { caseId, actionId: id, meetingId, orgId: ownerOrg, state, dueOn });
      about(tx, [{ ...action, version }]);
      tx.about({ decision: state });
      return { id, version, status: state };
    });
    return { ...done.value, receipt: done.receipt };
  }
}

function told(tx: Tx, action: ConferenceAction, lead: boolean) {
  const owner = action.ownerOrg === tx.actor.orgId;
  const entitled = mayNot(tx.actor, 'conference-action.advance') === null;
  return {
    ...action,
    ...{ overdue: isOverdue(action, civilDate(tx.now)), ended: hasEnded(action.state) },
    may: entitled ? stepsOpen(action.state, { owner, lead }) : [],
  };
}

async function leadsMeeting(tx: Tx, meetingId: string): Promise<boolean> {
  const [row] = await tx.query<{ lead: boolean | null }>(
    'SELECT leads_forum(forum_of($1)) AS lead',
    [meetingId],
    'leads-meeting',
  );
  return row?.lead ?? false;
}

function about(tx: Tx, actions: readonly ConferenceAction[]): void {
  tx.about({
    subjects: actions.map((a) => a.subjectId),
    objects: actions.flatMap(({ id, version, caseId }) => [
      { t: 'conference-action' as const, id, ver: String(version) },
      { t: 'case' as const, id: caseId },
    ]),
  });
}
