import { mayNot, demand } from '@concordat/access';
import { civilDate } from '@concordat/clocks';
import { UnitOfWork } from '@concordat/messaging';
import type { Call } from '@concordat/platform';
import { dueNow, hasExpired } from '@concordat/sharing';
import { Injectable } from '@nestjs/common';
import { Law } from '../law';
import { clockedVersions, type ClockedVersion } from './clocks.repository';

/** Where a party may sign. */
const OPEN_TO_SIGN: readonly string[] = ['ASSURED', 'SIGNED', 'ACTIVE', 'SUSPENDED'];

/** What has to be done about a version, and by which day, if there is one. */
export interface Attention {
  readonly id: string;
  readonly title: string;
  readonly number: string;
  readonly what: 'to-sign' | 'review' | 'review-overdue' | 'expiry' | 'expired';
  readonly on: string | null;
}

/** What agreements need of whoever governs them, the most pressing first. */
@Injectable()
export class AttentionService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly law: Law,
  ) {}

  attention(call: Call) {
    return this.unit.read({ action: 'agreement.list', call }, async (tx) => {
      demand(tx.actor, 'agreement.list');
      const governs = mayNot(tx.actor, 'agreement.advance') === null;
      const versions = governs ? await clockedVersions(tx) : [];
      const today = civilDate(tx.now);
      const items = versions.flatMap((version) => this.of(version, versions, today, tx.actor.orgId)).sort(byDay);
      tx.about({ objects: items.map(({ id }) => ({ t: 'agreement', id })) });
      return { items };
    });
  }

  private of(
    version: ClockedVersion,
    all: readonly ClockedVersion[],
    today: string,
    orgId: string | null,
  ): Attention[] {
    const { recordId: id, title, version: number, status, unsigned, expiresOn } = version;
    const about = { id, title, number };
    const found: Attention[] = [];
    if (OPEN_TO_SIGN.includes(status) && today <= expiresOn && orgId !== null && unsigned.includes(orgId))
      found.push({ ...about, what: 'to-sign', on: null });
    for (const { what, on } of dueNow(version, all, today, this.law.leads)) found.push({ ...about, what, on });
    if (hasExpired(version, all, today, this.law.leads)) found.push({ ...about, what: 'expired', on: expiresOn });
    return found;
  }
}

/** What waits for a signature first, then by day. */
const byDay = (a: Attention, b: Attention): number =>
  (a.on ?? '').localeCompare(b.on ?? '') || a.id.localeCompare(b.id);
