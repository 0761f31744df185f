import { demand } from '@concordat/access';
import { addDays, civilDate } from '@concordat/clocks';
import { NotFound, type Action } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { inForce, type RetentionPractice } from '@concordat/packs';
import { Lifecycle, LOGGER, serviceActorId, Sweep, systemCall, type Call, expectVersion } from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { Practice } from '../practice';
import { endsOf, type End } from '../retention';
import {
  dueCases,
  FIRST_CASE,
  FIRST_DUE,
  keepCalculated,
  newCases,
  outdatedCases,
  recalculate,
  type Calculated,
  type Passed,
} from './calculated.repository';
import {
  factsOfCases,
  openRequestsAbout,
  retentionById,
  type FactsRow,
  type RetentionRow,
} from './retention.repository';

const EVERY_MS = 15_000;
const AT_ONCE = 500;
/** For so long at a time, and after each round a rest of its length: after a bulk load others work meanwhile, and a stop waits for little. */
const TURN_MS = 10_000;
/** All cases are walked over for one part in so many of the time, and at the latest after so long. */
const WALK_SHARE = 20;
const WALK_AGAIN_MS = 600_000;
const SYSTEM = serviceActorId('records');

/** One case's keeping as it is now, with every rule that applies to it. */
export interface Current {
  readonly row: RetentionRow;
  readonly ends: readonly End[];
  readonly people: readonly string[];
  /** Requests for what is held about somebody in it that are not answered yet: each counts as a hold. */
  readonly requests: number;
}

/**
 * Calculates until when cases are kept, by the rules of the pack in force. What is stored serves the queue; whoever decides
 * anything has it calculated anew, so that a case to which something was added meanwhile is not erased.
 */
@Injectable()
export class Calculating {
  private under: AsyncGenerator<void> | null = null;
  private walkAt = 0;

  constructor(
    private readonly unit: UnitOfWork,
    private readonly practice: Practice,
    lifecycle: Lifecycle,
    @Inject(LOGGER) log: Logger,
  ) {
    lifecycle.add(new Sweep('retention', EVERY_MS, () => this.turn(), log));
  }

  get rules(): RetentionPractice {
    return this.practice.packs.retention();
  }

  /** `pack@version/retention@version`: which rules a decision followed. */
  get stamp(): string {
    return `${this.practice.packs.version}/retention@${this.rules.version}`;
  }

  /** Today, and the day up to which a case counts as soon due. */
  days(now: Date): { today: string; soon: string } {
    const today = civilDate(now);
    return { today, soon: addDays(today, this.rules.soonDays) };
  }

  /** The keeping of a case that the caller governs, calculated anew; undefined for any other. Held when it is to be changed. */
  async current(tx: Tx, caseId: string, change = false): Promise<Current | undefined> {
    const stored = await retentionById(tx, caseId, change);
    const [facts] = stored ? await factsOfCases(tx, [caseId]) : [];
    if (!stored || !facts) return undefined;
    const { ends, ...calculated } = this.calculate(facts, tx.now);
    if (change) await recalculate(tx, calculated);
    const { keptUntil } = stored;
    const dueOn = keptUntil !== null && keptUntil > calculated.dueOn ? keptUntil : calculated.dueOn;
    // Whoever has asked what is held about them is answered first.
    const requests = await openRequestsAbout(tx, caseId);
    const row = { ...stored, ...calculated, dueOn, holds: stored.holds + requests };
    return { row, ends, people: facts.people.map((p) => p.id), requests };
  }

  /**
   * The keeping of a case that the caller may decide about, held to the end of the unit. Throws NotFound for one that they are
   * not told of, Conflict for another version of it, and Forbidden when they may only read it.
   */
  async governed(tx: Tx, call: Call, caseId: string, action: Action): Promise<Current> {
    const current = await this.current(tx, caseId, true);
    const row = current?.row ?? (await retentionById(tx, caseId));
    if (!row) throw new NotFound('case');
    expectVersion(call, 'retention', row.version, ['state', 'dueOn', 'holds']);
    demand(tx.actor, action);
    if (!current) throw new NotFound('case');
    return current;
  }

  /** sweep calculates everything that is to be calculated, however long that takes. */
  async sweep(): Promise<void> {
    for await (const _ of this.rounds(true));
  }

  /** A part of what `sweep` does; the next turn goes on with it. */
  private async turn(): Promise<void> {
    const until = Date.now() + TURN_MS;
    const rounds = (this.under ??= this.rounds(Date.now() >= this.walkAt));
    this.under = null; // a round that fails ends them all, and the next turn begins anew
    for (let from = Date.now(); !(await rounds.next()).done; from = Date.now()) {
      if (Date.now() < until) await delay(Date.now() - from);
      else return void (this.under = rounds);
    }
  }

  private async *rounds(walking: boolean): AsyncGenerator<void> {
    const outdated = async (tx: Tx): Promise<Passed<true>> => {
      const ids = await outdatedCases(tx, this.stamp, AT_ONCE);
      return { ids, at: ids.length < AT_ONCE ? null : true };
    };
    yield* this.walk(outdated, true);
    if (!walking) return;
    const from = Date.now();
    yield* this.walk((tx, after) => newCases(tx, after, AT_ONCE), FIRST_CASE);
    yield* this.walk((tx, after) => dueCases(tx, this.days(tx.now).soon, after, AT_ONCE), FIRST_DUE);
    this.walkAt = Date.now() + Math.min(WALK_AGAIN_MS, WALK_SHARE * (Date.now() - from));
  }

  /** One transaction after another, each with a few statements for hundreds of cases. */
  private async *walk<At>(pass: (tx: Tx, after: At) => Promise<Passed<At>>, first: At): AsyncGenerator<void> {
    for (let at: At | null = first; at !== null;) {
      const after: At = at;
      await this.unit.project(systemCall(SYSTEM, 'operation'), async (tx) => {
        const passed = await pass(tx, after);
        if (passed.ids.length > 0) await this.keep(tx, passed.ids);
        at = passed.at;
      });
      yield;
    }
  }

  private async keep(tx: Tx, ids: readonly string[]): Promise<void> {
    const rows = (await factsOfCases(tx, ids)).map((facts) => this.calculate(facts, tx.now));
    await keepCalculated(
      tx,
      rows.map(({ ends: _, ...calculated }) => calculated),
    );
  }

  private calculate(facts: FactsRow, now: Date): Calculated & { readonly ends: readonly End[] } {
    const { openedAt, lastInvolvement, people, ...about } = facts;
    const { rules, moratoria } = this.rules;
    const days = { openedOn: civilDate(openedAt), lastInvolvement: civilDate(lastInvolvement) };
    const ends = endsOf({ kind: about.kind, ...days, people: people.map(known) }, inForce(rules, civilDate(now)));
    const [end] = ends;
    if (!end) throw new Error('no rule of retention is in force');
    const moratorium = moratoria.find((m) => m.kinds.includes(about.kind))?.code ?? null;
    return { ...about, dueOn: end.on, rule: end.rule, ruleVersion: end.version, pack: this.stamp, moratorium, ends };
  }
}

/** What the database tells as null is not known. */
const known = ({ id: _, ...person }: FactsRow['people'][number]) =>
  Object.fromEntries(Object.entries(person).filter(([, v]) => v !== null)) as Omit<FactsRow['people'][number], 'id'>;
