import { civilDate } from '@concordat/clocks';
import { RuleBroken } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import {
  loadPacks,
  type ApplicationRetention,
  type Packs,
  type PartnershipDuties,
  type ReviewData,
  type ReviewKind,
} from '@concordat/packs';
import { packFolder, SETTINGS, type Settings } from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import { join } from 'node:path';
import type { ReviewRecord } from './review';
import { keepPin, pinned } from './kinds.repository';

/** Kinds of reviews: those of the pack in force, and those that reviews are pinned to. */
@Injectable()
export class Kinds {
  private readonly packs: Packs;

  constructor(@Inject(SETTINGS) settings: Settings) {
    this.packs = loadPacks(packFolder('england-wales'), { cache: join(settings.dataDir, 'cache') });
  }

  /** Of each kind, the version with which a review begins today. */
  current(now: Date): ReviewKind[] {
    const today = civilDate(now);
    const codes = [...new Set(this.packs.reviewKinds().map(({ code }) => code))];
    return codes.flatMap((code) => this.packs.reviewKind(code, today) ?? []);
  }

  /** Codes of kinds of which yearly figures are published. */
  withStatistics(): string[] {
    const counted = this.packs.reviewKinds().filter(({ statistics }) => statistics !== undefined);
    return [...new Set(counted.map(({ code }) => code))];
  }

  /** The rule by which applications are kept; undefined while the pack has none. */
  applicationRetention(now: Date): ApplicationRetention | undefined {
    return this.packs.applicationRetention(civilDate(now));
  }

  /** What the partnership has to do again and again; undefined while no document is in force. */
  partnershipDuties(now: Date): PartnershipDuties | undefined {
    return this.packs.partnershipDuties(civilDate(now));
  }

  /** What a central body asks of reviews of a kind; undefined where none asks anything. */
  reviewData(code: string, now: Date): ReviewData | undefined {
    return this.packs.reviewData(code, civilDate(now));
  }

  byCode(code: string, now: Date): ReviewKind | undefined {
    return this.packs.reviewKind(code, civilDate(now));
  }

  /**
   * pin keeps a version as it is now, for the reviews that begin with it.
   * @throws RuleBroken `review-kind.changed` if reviews are pinned to this version with another content
   */
  async pin(tx: Tx, kind: ReviewKind): Promise<void> {
    const kept = await keepPin(tx, kind);
    if (kept.digest !== kind.digest)
      throw new RuleBroken(
        'review-kind.changed',
        'This version has another content than it had: its version must be raised',
      );
  }

  /** The definition that a review is pinned to, whatever the pack says today. */
  async of(tx: Tx, { code, version, digest }: ReviewRecord['kind']): Promise<ReviewKind> {
    const shipped = this.packs.reviewKinds().find((k) => k.code === code && k.version === version);
    return shipped?.digest === digest ? shipped : pinned(tx, code, version);
  }
}

/** What a kind is called on a day. */
export function labelOf({ names, code }: ReviewKind, day: string): string {
  return (
    names
      .filter(({ from }) => from <= day)
      .toSorted((a, b) => (a.from < b.from ? -1 : 1))
      .at(-1)?.label ?? code
  );
}
