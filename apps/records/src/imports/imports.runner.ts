import { OnJob, UnitOfWork, type Job } from '@concordat/messaging';
import { Lifecycle, LOGGER, Problem, Sweep, Unavailable } from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { actorNow, bookkeeping, callAbout, callFor } from '../in-their-name';
import { ImportActs, type ReadyRow } from '../import-acts';
import * as store from './imports.repository';
import { Matching } from './matching';

const EVERY_MS = 10_000;
const CLAIM_SECONDS = 120;
/** Rows between two notes of progress. */
const AT_ONCE = 20;
/** Hours after which a file that was checked and not started is forgotten. */
const KEPT_HOURS = 24;

/**
 * Adds what a checked file says, row by row, in the name of whoever started it and by the rights that they have then. It goes on
 * where it stopped: a row that was added before a crash is found to be there.
 */
@Injectable()
export class ImportsRunner {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly acts: ImportActs,
    private readonly matching: Matching,
    lifecycle: Lifecycle,
    @Inject(LOGGER) log: Logger,
  ) {
    lifecycle.add(new Sweep('imports', EVERY_MS, () => this.sweep(), log));
  }

  @OnJob('run-import')
  job({ payload }: Job): Promise<void> {
    return this.run(payload.id);
  }

  async sweep(): Promise<void> {
    await bookkeeping(this.unit, (tx) => store.lapseImports(tx, KEPT_HOURS));
    for (const { id } of await bookkeeping(this.unit, (tx) => store.waitingImports(tx))) await this.run(id);
  }

  private async run(id: string): Promise<void> {
    const work = await bookkeeping(this.unit, (tx) => store.claimImport(tx, id, CLAIM_SECONDS));
    if (!work) return;
    try {
      let more = true;
      while (more)
        more =
          work.state === 'matching' ? await this.matching.some(work, AT_ONCE, CLAIM_SECONDS) : await this.some(work);
    } catch (error) {
      await bookkeeping(this.unit, (tx) => store.releaseImport(tx, id));
      throw error;
    }
  }

  /** The next rows. Whether there may be more. */
  private async some(work: store.ClaimedImport): Promise<boolean> {
    const rows = await bookkeeping(this.unit, (tx) => store.readyRows(tx, work.id, AT_ONCE));
    const outcomes: store.RowOutcome[] = [];
    for (const row of rows) outcomes.push(await this.one(work, row));
    await this.note(work, rows, outcomes);
    return rows.length === AT_ONCE;
  }

  /** One row. A refusal is its outcome; what may pass, such as a database out of reach, is thrown. */
  private async one(work: store.ClaimedImport, row: ReadyRow): Promise<store.RowOutcome> {
    const { number, content: body } = row;
    const actor = await actorNow(this.unit, work);
    if (!actor) return { number, state: 'refused', code: 'member.unknown' };
    try {
      const call = callFor(work, actor, { body, idempotencyKey: `${work.id}-${number}` });
      return { number, ...(await this.acts.of(work.kind).bringIn(call, row, work)) };
    } catch (error) {
      if (!(error instanceof Problem) || error instanceof Unavailable) throw error;
      const code = error.details.errors?.[0]?.code ?? error.details.reasons?.[0] ?? error.code;
      return { number, state: 'refused', code };
    }
  }

  private async note(work: store.ClaimedImport, rows: readonly ReadyRow[], outcomes: readonly store.RowOutcome[]) {
    const cases = new Set(
      [...rows.map((row) => row.caseId), ...outcomes.map((o) => o.caseId)].filter((id) => id != null),
    );
    const objects = [{ t: 'import' as const, id: work.id }, ...[...cases].map((id) => ({ t: 'case' as const, id }))];
    await this.unit.run({ action: 'import.advance', call: callAbout(work), objects }, (tx) =>
      store.noteRows(tx, work.id, outcomes, CLAIM_SECONDS),
    );
  }
}
