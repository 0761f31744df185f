import { demand } from '@concordat/access';
import { Conflict, Invalid, newId, ReferralSubmitted } from '@concordat/contracts';
import { civilDate } from '@concordat/clocks';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import type { Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { isDeepStrictEqual } from 'node:util';
import { Practice } from '../practice';
import { Referrals, type NewReferral, type StoredReferral } from '../referrals.repository';
import { statusOf } from '../referral';
import { Areas } from './areas';
import { asSent, keep, peopleOf, subjectName } from './content';
import type { ReferralContentDto } from './content.dto';
import { SubmitReferralDto } from './intake.dto';
import { ReferenceSeries } from './reference-series';
import { reading } from './submission';

/** Receives referrals. The hot path of the platform: one INSERT of ours, and nothing is asked that can be remembered. */
@Injectable()
export class SubmissionsService {
  private readonly read: (body: unknown, today: string) => SubmitReferralDto;

  constructor(
    private readonly unit: UnitOfWork,
    private readonly practice: Practice,
    private readonly areas: Areas,
    private readonly series: ReferenceSeries,
    private readonly referrals: Referrals,
  ) {
    this.read = reading(SubmitReferralDto, practice, true);
  }

  /** submit receives a whole referral at once. The same id with the same content again answers as the first time (REC-1). */
  async submit(call: Call) {
    const done = await this.unit.run({ action: 'referral.submit', call }, async (tx) => {
      demand(tx.actor, 'referral.submit');
      const { id: theirs, content } = this.read(call.body, civilDate(tx.now));
      const made = await this.prepare(tx, theirs ?? newId(), content);
      if (await this.referrals.receive(tx, made, theirs !== undefined)) return this.announce(tx, made, 1);
      return this.again(tx, made.id, content);
    });
    return { ...done.value, receipt: done.receipt };
  }

  /** prepare completes a referral that is received now: its number, its people's ids, and by when it is to be rated. */
  async prepare(tx: Tx, id: string, content: ReferralContentDto): Promise<NewReferral> {
    const receivingOrg = await this.areas.leadOf(tx, content.area!);
    if (!receivingOrg) throw new Invalid([{ field: 'area', code: 'area.unknown', message: 'Select one of the areas' }]);
    const kept = keep(content, newId);
    const pathway = this.practice.pathway(content.pathway!)!; // the check of the content has found it
    return {
      id,
      reference: await this.series.take(tx),
      pathway: pathway.code,
      areaId: content.area!,
      receivingOrg,
      receivedAt: tx.now,
      subjectName: subjectName(kept),
      people: peopleOf(kept),
      content: kept,
      pack: this.practice.stamp,
      dueAt: this.practice.rateBy(pathway, tx.now)?.dueAt ?? null,
    };
  }

  /** announce tells the other contexts, names to the ledger whom the referral is about and who receives it, and answers. */
  announce(tx: Tx, made: NewReferral, version: number) {
    tx.open(made.id).publish(ReferralSubmitted, {
      referralId: made.id,
      pathway: made.pathway,
      areaId: made.areaId,
      referringOrg: tx.actor.orgId!,
      receivingOrg: made.receivingOrg,
      receivedAt: made.receivedAt.toISOString(),
      pack: made.pack,
    });
    tx.about({
      subjects: made.people,
      objects: [{ t: 'referral', id: made.id, ver: String(version) }],
      recipients: [{ org: made.receivingOrg }],
    });
    return { id: made.id, reference: made.reference, status: 'received' as string, version };
  }

  private async again(tx: Tx, id: string, content: ReferralContentDto) {
    const found = await this.referrals.visible(tx, id);
    if (!found || !isSame(found, content) || found.referredBy !== tx.actor.id)
      throw new Conflict('referral.id-taken', 'This id was used for something else');
    tx.about({ subjects: found.people, objects: [{ t: 'referral', id }], reasons: ['received-before'] });
    return { id, reference: found.reference!, status: statusOf(found) as string, version: found.version };
  }
}

const isSame = (found: StoredReferral & { content: object }, sent: ReferralContentDto): boolean =>
  found.receivedAt !== null && isDeepStrictEqual(asSent(found.content), sent);
