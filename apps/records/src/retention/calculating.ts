import { demand } from '@concordat/access';
import { addDays, civilDate } from '@concordat/clocks';
import { NotFound, type Action } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { inForce, type RetentionPractice } from '@concordat/packs';
import { Lifecycle, LOGGER, serviceActorId, Sweep, systemCall, type Call, expectVersion } from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Practice } from '../practice';
import { endsOf, type End } from '../retention';
import { casesToCalculate, keepCalculated, recalculate, type Calculated } from './calculated.repository';
import {
  factsOfCases,
  openRequestsAbout,
  retentionById,
  type FactsRow,
  type RetentionRow,
} from './retention.repository';

const EVERY_MS = 15_000;
const AT_ONCE = 500;
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
  constructor(
    private readonly unit: UnitOfWork,
    private readonly practice: Practice,
    lifecycle: Lifecycle,
    @Inject(LOGGER) log: Logger,
  ) {
    lifecycle.add(new Sweep('retention', EVERY_MS, () => this.sweep(), log));
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

  /** sweep calculates what is new and what has become old, a few hundred at a time. */
  async sweep(): Promise<void> {
    let more = true;
    while (more) more = await this.round();
  }

  /** Whether there may be more. */
  private async round(): Promise<boolean> {
    let found = 0;
    await this.unit.project(systemCall(SYSTEM, 'operation'), async (tx) => {
      const facts = await factsOfCases(tx, await casesToCalculate(tx, this.stamp, this.days(tx.now).soon, AT_ONCE));
      const rows = facts.map((f) => this.calculate(f, tx.now)).map(({ ends: _, ...calculated }) => calculated);
      await keepCalculated(tx, rows);
      found = facts.length;
    });
    return found >= AT_ONCE;
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
