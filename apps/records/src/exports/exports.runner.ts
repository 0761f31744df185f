import { demand } from '@concordat/access';
import { OnJob, unseal, UnitOfWork, type Job, type Tx } from '@concordat/messaging';
import {
  Forbidden,
  Lifecycle,
  LOGGER,
  Peers,
  PROCESS,
  Sweep,
  systemCall,
  serviceActorId,
  Unauthenticated,
  type ProcessInfo,
} from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { EXPORTS } from '../export';
import { HandOverPractices } from '../hand-over-practice';
import { Looks } from '../looks';
import { actorNow, bookkeeping, callAbout, callFor } from '../in-their-name';
import { namesAsked, type NameOf } from '../named';
import {
  casesAfter,
  claimExport,
  endExport,
  finishExport,
  keepPiece,
  lockOverdueExport,
  overdueExports,
  peopleOfCases,
  releaseExport,
  waitingExports,
  type ClaimedExport,
  type ExportedCase,
  type ExportedPerson,
} from './exports.repository';
import { CASE_COLUMNS, caseRow, headOf, leftOut, linesOf, nobodyRow, ownRow, PERSON_COLUMNS, personRow } from './rows';
import { SealedZip } from './sealed-zip';

const EVERY_MS = 10_000;
const CLAIM_SECONDS = 120;
/** Cases at a time: what bounds the memory of an export of any length (EXP-7). */
const AT_ONCE = 500;
const SYSTEM = serviceActorId('records');

/** Somebody stopped the export, or removed it: what is under way ends without a trace of its own. */
class Stopped extends Error {}

/**
 * Writes exports, a page of cases at a time. Each page is read in the name of whoever asked, by the rights that they have at
 * that moment and what is closed to them then, and leaves an entry that names each case and person on it (EXP-6, EXP-8).
 */
@Injectable()
export class ExportsRunner {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly practice: HandOverPractices,
    private readonly looks: Looks,
    private readonly peers: Peers,
    @Inject(PROCESS) private readonly process: ProcessInfo,
    lifecycle: Lifecycle,
    @Inject(LOGGER) log: Logger,
  ) {
    lifecycle.add(new Sweep('exports', EVERY_MS, () => this.sweep(), log));
  }

  @OnJob('run-export')
  job({ payload }: Job): Promise<void> {
    return this.run(payload.id);
  }

  async sweep(): Promise<void> {
    for (const { id } of await bookkeeping(this.unit, (tx) => waitingExports(tx))) await this.run(id);
    for (const { id } of await bookkeeping(this.unit, (tx) => overdueExports(tx))) await this.expire(id);
  }

  private async run(id: string): Promise<void> {
    const work = await bookkeeping(this.unit, (tx) => claimExport(tx, id, CLAIM_SECONDS));
    if (!work) return;
    try {
      await this.write(work);
    } catch (error) {
      if (error instanceof Stopped) return;
      // Who asked has left, or may not any more: that does not pass. Anything else may, and is tried again.
      if (error instanceof Forbidden || error instanceof Unauthenticated)
        return await this.end(work, 'failed', error.details.reasons?.[0] ?? error.code);
      await bookkeeping(this.unit, (tx) => releaseExport(tx, id));
      throw error;
    }
  }

  private async write(work: ClaimedExport): Promise<void> {
    const name = await namesAsked(this.peers);
    const columns = work.type === 'people' ? PERSON_COLUMNS : CASE_COLUMNS;
    const zip = new SealedZip(
      `${work.type}.${work.format === 'json' ? 'jsonl' : 'csv'}`,
      this.lockOf(work),
      work.requestedAt,
    );
    let place = 0;
    const put = async (bytes: Buffer, rows: number, withheld = 0): Promise<void> => {
      const piece = { place: place++, bytes, rows, withheld };
      if (!(await bookkeeping(this.unit, (tx) => keepPiece(tx, work.id, piece, CLAIM_SECONDS)))) throw new Stopped();
    };
    await put(Buffer.concat([zip.begin(), zip.write(headOf(work.format, columns))]), 0);
    let after: string | null = null;
    for (;;) {
      const page = await this.page(work, after);
      if (page.last === undefined) break;
      const refused = page.cases.filter(({ why }) => why !== '').length;
      await put(zip.write(linesOf(work.format, columns, rowsOf(work, page, name))), page.cases.length, refused);
      after = page.last;
    }
    await put(zip.end(), 0);
    await bookkeeping(this.unit, (tx) => finishExport(tx, work.id, this.practice.handOver.exportKeptHours));
  }

  /** The next page, on record as taken out by whoever asked. Throws Unauthenticated when they have left. */
  private async page(work: ClaimedExport, after: string | null): Promise<Page> {
    const actor = await actorNow(this.unit, work);
    if (!actor) throw new Unauthenticated('member.unknown', 'Whoever asked is not a member any more');
    const act = {
      action: EXPORTS[work.type],
      call: callFor(work, actor),
      objects: [{ t: 'export' as const, id: work.id }],
    };
    return this.unit.read(act, async (tx: Tx) => {
      demand(tx.actor, EXPORTS[work.type]);
      const found = await casesAfter(tx, work, after, AT_ONCE);
      // What its agency takes part in under an agreement leaves with the file only while one allows it, but for what is its own.
      const cases: Taken[] = [];
      for (const c of found) cases.push({ ...c, why: leftOut(await this.looks.extent(tx, { ...c, ground: 'part' })) });
      const people =
        work.type === 'people'
          ? await peopleOfCases(
              tx,
              cases.filter(({ why }) => why === '').map((c) => c.id),
            )
          : [];
      tx.about({
        subjects: people.map((p) => p.id),
        objects: cases.map((c) => ({ t: 'case', id: c.id, ver: String(c.version) })),
        ...{ items: [work.type, work.format], rule: work.pack },
      });
      return { cases, people, last: found.at(-1)?.id };
    });
  }

  private lockOf({ id, lock }: ClaimedExport) {
    const { salt, keys } = unseal(id, lock, this.process.detailKeys) as { salt: string; keys: string };
    return { salt: Buffer.from(salt, 'base64'), keys: Buffer.from(keys, 'base64') };
  }

  private async end(work: ClaimedExport, state: 'failed', code: string): Promise<void> {
    const act = {
      action: 'export.end' as const,
      call: callAbout(work),
      objects: [{ t: 'export' as const, id: work.id }],
    };
    await this.unit.run(act, async (tx) => {
      await endExport(tx, work.id, state, code);
      tx.about({ items: [state], reasons: [code] });
    });
  }

  /** Removes a file that has been kept long enough. */
  private async expire(id: string): Promise<void> {
    const objects = [{ t: 'export' as const, id }];
    await this.unit.run({ action: 'export.end', call: systemCall(SYSTEM, 'operation'), objects }, async (tx) => {
      if (!(await lockOverdueExport(tx, id))) return;
      await endExport(tx, id, 'expired');
      tx.about({ items: ['expired'] });
    });
  }
}

/** A case, and why of it nothing but the agency's own leaves; empty when all of it does. */
type Taken = ExportedCase & { readonly why: string };
interface Page {
  readonly cases: readonly Taken[];
  readonly people: readonly ExportedPerson[];
  /** The last case that was looked at, taken out or not; undefined when there was none. */
  readonly last: string | undefined;
}

function rowsOf(work: ClaimedExport, { cases, people }: Page, name: NameOf) {
  if (work.type === 'cases') return cases.map((c) => (c.why ? ownRow(c, c.why) : caseRow(c, name)));
  const inCase = new Map<string, ExportedPerson[]>(cases.map((c) => [c.id, []]));
  for (const p of people) inCase.get(p.caseId)?.push(p);
  return cases.flatMap((c) =>
    c.why ? [nobodyRow(c, c.why)] : inCase.get(c.id)!.map((p) => personRow(p, c, work.orgId)),
  );
}
