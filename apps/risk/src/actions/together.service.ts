import { demand } from '@concordat/access';
import { newId, Problem, Unavailable, type ActionState, type FieldProblem } from '@concordat/contracts';
import { UnitOfWork } from '@concordat/messaging';
import { valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { StepActionsDto } from './actions.dto';
import { ActionsService } from './actions.service';

/** What became of one of several actions. One that was refused is as it was before. */
export type Outcome =
  | { readonly id: string; readonly outcome: 'done'; readonly status: ActionState; readonly version: number }
  | {
      readonly id: string;
      readonly outcome: 'refused';
      readonly code: string;
      readonly message: string;
      readonly errors?: readonly FieldProblem[];
    };

/**
 * One step of several actions before the next meeting. Each is taken for itself, by the rules by which it is taken of one alone and
 * with words of its own, in a unit of work of its own under one bulk id: one that is refused holds up no other, and nothing ends in
 * silence. The caller learns what became of each.
 */
@Injectable()
export class TogetherService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly actions: ActionsService,
  ) {}

  /** Throws what may pass, such as a database out of reach: the same key then goes on where this stopped. */
  async step(call: Call) {
    const begun = await this.unit.run({ action: 'conference-action.advance-together', call }, async (tx) => {
      demand(tx.actor, 'conference-action.advance-together');
      demand(tx.actor, 'conference-action.advance');
      const { do: step, items } = valid(StepActionsDto, call.body);
      const id = newId();
      const actions = items.map((item) => ({ t: 'conference-action' as const, id: item.id }));
      tx.about({ objects: [{ t: 'bulk', id }, ...actions], items: [step] });
      // Not what was said: the reply is kept under the caller's key.
      return id;
    });
    const bulkId = begun.value;
    const { do: step, items } = valid(StepActionsDto, call.body);
    const outcomes: Outcome[] = [];
    for (const { id, version, words } of items) {
      const own = { idempotencyKey: `${bulkId}-${id}`, expectedVersion: version, body: { do: step, words } };
      // The answer's header names the act of the whole; a receipt of each goes with its outcome.
      outcomes.push(await this.one({ ...call, ...own, answered: () => undefined }, id, bulkId));
    }
    return { id: bulkId, items: outcomes, receipt: begun.receipt };
  }

  private async one(call: Call, id: string, bulkId: string): Promise<Outcome> {
    try {
      return { ...(await this.actions.step(call, id, [{ t: 'bulk', id: bulkId }])), outcome: 'done' };
    } catch (error) {
      if (!(error instanceof Problem) || error instanceof Unavailable) throw error;
      const { errors } = error.details;
      return { id, outcome: 'refused', code: error.code, message: error.message, ...(errors ? { errors } : {}) };
    }
  }
}
