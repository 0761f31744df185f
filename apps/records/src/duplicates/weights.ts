import { Matcher } from '@concordat/matching';
import type { Tx } from '@concordat/messaging';
import { loadPacks } from '@concordat/packs';
import { packFolder, SETTINGS, type Settings } from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import { join } from 'node:path';
import { termOf } from '../person-index';

const LASTS_MS = 600_000;

/** The matcher of the pack in force, with the shares of names and postcodes in this record store. */
@Injectable()
export class Weights {
  private readonly packs;
  private kept: { matcher: Matcher; until: number } | null = null;

  constructor(@Inject(SETTINGS) settings: Settings) {
    this.packs = loadPacks(packFolder('england-wales'), { cache: join(settings.dataDir, 'cache') });
  }

  /** `pack@version/matching@version`: which weights a comparison was made by. */
  get stamp(): string {
    return `${this.packs.version}/matching@${this.packs.matching().version}`;
  }

  /**
   * Shares are PostgreSQL's own statistics, read every ten minutes. What is not among the commonest is at most as common as
   * the rarest of them. Before anything was counted, the pack's u stands for every value.
   */
  async matcher(tx: Tx): Promise<Matcher> {
    if (this.kept && this.kept.until > tx.now.getTime()) return this.kept.matcher;
    const model = this.packs.matching();
    const rows = await tx.query<{ term: string; share: number; people: number }>(
      'SELECT term, share, people FROM match_frequencies()',
      [],
      'match-frequencies',
    );
    const people = Math.max(0, rows[0]?.people ?? 0);
    const shares = new Map(rows.map((r) => [r.term, r.share]));
    const rarest = Math.min(...shares.values());
    const matcher = new Matcher(
      model,
      people === 0
        ? null
        : (field, value) => {
            const share = shares.get(termOf(field, value)) ?? rarest;
            const { u } = model.fields[field].same;
            return (share * people + u * model.steadiness) / (people + model.steadiness);
          },
    );
    this.kept = { matcher, until: tx.now.getTime() + LASTS_MS };
    return matcher;
  }
}
