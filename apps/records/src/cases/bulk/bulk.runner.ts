import { OnJob, UnitOfWork, type Job } from '@concordat/messaging';
import { Lifecycle, LOGGER, Problem, Sweep, Unavailable } from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { BulkActs, underBulk } from '../../bulk-acts';
import { actorNow, bookkeeping, callAbout, callFor } from '../../in-their-name';
import {
  claimWork,
  noteOutcomes,
  releaseWork,
  waitingRows,
  waitingWorks,
  type Claimed,
  type Outcome,
  type WaitingRow,
} from './bulk.repository';

const EVERY_MS = 10_000;
const CLAIM_SECONDS = 120;
/** Rows between two notes of progress. */
const AT_ONCE = 10;

/**
 * Does what was asked for in bulk, case by case, each in a unit of work of its own in the name of whoever asked, by the rights
 * that they have at that moment. A row carries a key of its own, so that one which was done before a crash is not done again.
 */
@Injectable()
export class BulkRunner {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly acts: BulkActs,
    lifecycle: Lifecycle,
    @Inject(LOGGER) log: Logger,
  ) {
    lifecycle.add(new Sweep('bulk work', EVERY_MS, () => this.sweep(), log));
  }

  @OnJob('run-bulk-work')
  job({ payload }: Job): Promise<void> {
    return this.run(payload.id);
  }

  async sweep(): Promise<void> {
    for (const { id } of await bookkeeping(this.unit, (tx) => waitingWorks(tx))) await this.run(id);
  }

  private async run(id: string): Promise<void> {
    const work = await bookkeeping(this.unit, (tx) => claimWork(tx, id, CLAIM_SECONDS));
    if (!work) return;
    try {
      for (;;) {
        const rows = await bookkeeping(this.unit, (tx) => waitingRows(tx, id, AT_ONCE));
        if (rows.length === 0) return;
        const outcomes: Outcome[] = [];
        for (const row of rows) outcomes.push(await this.one(work, row));
        await this.note(work, rows, outcomes);
      }
    } catch (error) {
      await bookkeeping(this.unit, (tx) => releaseWork(tx, id));
      throw error;
    }
  }

  /** One case. A refusal is its outcome; what may pass, such as a database out of reach, is thrown. */
  private async one(work: Claimed, { place, caseId, version }: WaitingRow): Promise<Outcome> {
    const actor = await actorNow(this.unit, work);
    if (!actor) return { place, state: 'refused', code: 'member.unknown', resultId: null };
    try {
      const own = { body: work.body, idempotencyKey: `${work.id}-${place}`, expectedVersion: version };
      const call = callFor(work, actor, own);
      const { id } = await this.acts.of(work.kind).do(call, caseId, work.id);
      return { place, state: 'done', code: null, resultId: id };
    } catch (error) {
      if (!(error instanceof Problem) || error instanceof Unavailable) throw error;
      return { place, state: 'refused', code: error.details.reasons?.[0] ?? error.code, resultId: null };
    }
  }

  private async note(work: Claimed, rows: readonly WaitingRow[], outcomes: readonly Outcome[]): Promise<void> {
    const call = callAbout(work);
    const objects = [...underBulk(work.id), ...rows.map((row) => ({ t: 'case' as const, id: row.caseId }))];
    await this.unit.run({ action: 'bulk.advance', call, objects }, (tx) =>
      noteOutcomes(tx, work.id, outcomes, CLAIM_SECONDS),
    );
  }
}
