import { demand } from '@concordat/access';
import { GlassBroken, GlassRefused, Invalid, mayDo, newId, NotFound } from '@concordat/contracts';
import { UnitOfWork } from '@concordat/messaging';
import { Conflict, Forbidden, TooMany, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { askedProblems, endOf, reviewBy, waitAfter } from '../../break-glass';
import { bookkeeping } from '../../in-their-name';
import { Practice } from '../../practice';
import { BreakGlassDto } from './break-glass.dto';
import { caseBehind, countAttempt, keepUse } from './glass.repository';

/**
 * Opens one case in an emergency, for reading, to the person who asks, for a short time (acceptance.md §8). The notice to the
 * owner's leads and to information governance is a row of the same transaction, so there is no access without it; other
 * contexts are told by an event. A reference that leads nowhere is answered like one of a case that is not there.
 */
@Injectable()
export class BreakGlassService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly practice: Practice,
  ) {}

  /** Grounds and times, as the pack in force gives them. It says nothing of anybody, so reading it leaves no entry. */
  rules() {
    const { packs } = this.practice;
    return { pack: packs.version, ...packs.restrictions().breakGlass };
  }

  async break(call: Call) {
    // Counted whether or not there is such a case: references are not to be found out by trying.
    const tried = await bookkeeping(this.unit, (tx) => countAttempt(tx, call.actor.id));
    const wait = waitAfter(tried, this.practice.packs.restrictions().breakGlass);
    try {
      return await this.open(call, wait);
    } catch (error) {
      // The refusal is on record; the owner's agency is told of the attempt as well (BRK-6).
      if (error instanceof Forbidden && !mayDo(call.actor.roles, 'glass.break')) await this.report(call);
      throw error;
    }
  }

  private async open(call: Call, wait: number | null) {
    const done = await this.unit.run({ action: 'glass.break', call }, async (tx) => {
      demand(tx.actor, 'glass.break');
      if (wait !== null)
        throw new TooMany('glass.too-many', 'You have tried this too often within the hour', {
          retryAfterSeconds: wait,
        });
      const dto = valid(BreakGlassDto, call.body);
      const rules = this.practice.packs.restrictions().breakGlass;
      const problems = askedProblems(dto, rules);
      if (problems.length > 0) throw new Invalid(problems);
      const behind = await caseBehind(tx, dto.case);
      if (!behind) throw new NotFound('case');
      const { id: caseId, ...about } = behind;
      const [seen] = await tx.query<{ ground: string | null; level: string | null }>(
        `SELECT ground_of($1) AS ground, (SELECT level FROM participation WHERE case_id = $1 AND org_id = acting_org() AND until IS NULL) AS level`,
        [caseId],
        'ground-of-case',
      );
      if (seen?.ground === 'qualified' || (seen?.ground === 'part' && seen.level !== 'preview'))
        throw new Conflict('glass.not-needed', 'You may see this case without this');
      const id = newId();
      const until = endOf(dto, rules, tx.now);
      const { ground, reason } = dto;
      const who = { userId: tx.actor.id, orgId: tx.actor.orgId ?? '' };
      await keepUse(tx, { id, caseId, ...about, ...who, refused: false, ground, reason, until, pack: this.stamp });
      const { leadOrg, areaId } = about;
      const due = reviewBy(rules, this.practice.packs.calendar(rules.calendar)!, tx.now);
      tx.open(id).publish(GlassBroken, {
        useId: id,
        caseId,
        leadOrg,
        areaId,
        ...who,
        ground,
        until: until.toISOString(),
        reviewBy: due.toISOString(),
      });
      tx.about({
        objects: [
          { t: 'break-glass', id },
          { t: 'case', id: caseId },
        ],
        reasons: ['break-glass'],
        justification: ground,
        rule: this.stamp,
        recipients: [
          { org: leadOrg, role: 'safeguarding-lead' },
          { org: leadOrg, role: 'information-governance-lead' },
        ],
        detail: { reason, until: until.toISOString() },
      });
      return { id, caseId, until: until.toISOString() };
    });
    return { ...done.value, receipt: done.receipt };
  }

  /** Tells the owner's agency that somebody tried whose role may not. Of a reference that leads nowhere there is nobody to tell. */
  private async report(call: Call): Promise<void> {
    const held = (call.body as { case?: unknown } | null | undefined)?.case;
    if (typeof held !== 'string') return;
    await this.unit.run({ action: 'glass.report-attempt', call: { ...call, idempotencyKey: null } }, async (tx) => {
      const behind = await caseBehind(tx, held);
      if (!behind) return;
      const { id: caseId, ...about } = behind;
      const id = newId();
      const who = { userId: tx.actor.id, orgId: tx.actor.orgId ?? '' };
      await keepUse(tx, {
        ...{ id, caseId, ...about, ...who, refused: true, ground: null, reason: null, until: null, pack: this.stamp },
      });
      const { leadOrg, areaId } = about;
      tx.open(id).publish(GlassRefused, { useId: id, caseId, leadOrg, areaId, ...who });
      tx.about({
        objects: [
          { t: 'break-glass', id },
          { t: 'case', id: caseId },
        ],
        recipients: [{ org: leadOrg, role: 'safeguarding-lead' }],
      });
    });
  }

  /** `pack@version/restrictions@version`: which rules an opening followed. */
  private get stamp(): string {
    const { packs } = this.practice;
    return `${packs.version}/restrictions@${packs.restrictions().version}`;
  }
}
