import { Matcher } from '@concordat/matching';
import type { Tx } from '@concordat/messaging';
import { Injectable } from '@nestjs/common';
import { termOf } from '../person-index';
import { Practice } from '../practice';

const LASTS_MS = 600_000;

/** The matcher of the pack in force, with the shares of names and postcodes in this record store. */
@Injectable()
export class Weights {
  private kept: { matcher: Matcher; until: number } | null = null;

  constructor(private readonly practice: Practice) {}

  /** `pack@version/matching@version`: which weights a comparison was made by. */
  get stamp(): string {
    const { packs } = this.practice;
    return `${packs.version}/matching@${packs.matching().version}`;
  }

  /**
   * Shares are PostgreSQL's own statistics, read every ten minutes. What is not among the commonest is at most as common as
   * the rarest of them. Before anything was counted, the pack's u stands for every value.
   */
  async matcher(tx: Tx): Promise<Matcher> {
    if (this.kept && this.kept.until > tx.now.getTime()) return this.kept.matcher;
    const model = this.practice.packs.matching();
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
