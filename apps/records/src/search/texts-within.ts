import { Unavailable } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import type { Looks } from '../looks';
import { casesUnderAgreements, textsFound, type Written } from './search.repository';

/**
 * What was written and may be found: an excerpt shows what is in a case, so each case that the caller's agency was let into under an
 * agreement is decided before anything of it is shown or counted, once a search. Of one that is refused, or cannot be decided, the
 * agency finds what it wrote itself.
 */
export class TextsWithin {
  private readonly decided = new Set<string>();
  private readonly refused: string[] = [];

  constructor(
    private readonly tx: Tx,
    private readonly looks: Looks,
    private readonly text: string,
  ) {}

  async next(after: { readonly at: string; readonly id: string } | null, atMost: number): Promise<Written[]> {
    for (;;) {
      const rows = await textsFound(this.tx, this.text, { after, atMost, refused: this.refused });
      if (!(await this.decide(rows))) return rows;
    }
  }

  /** Whether any case of these is refused that was not known to be: they have to be looked for again without it. */
  private async decide(rows: readonly Written[]): Promise<boolean> {
    const open = [...new Set(rows.map((r) => r.caseId))].filter((id) => !this.decided.has(id));
    if (open.length === 0) return false;
    open.forEach((id) => this.decided.add(id));
    const before = this.refused.length;
    for (const row of await casesUnderAgreements(this.tx, open))
      if (!(await this.allows(row))) this.refused.push(row.id);
    return this.refused.length > before;
  }

  private async allows(row: Parameters<Looks['allows']>[1]): Promise<boolean> {
    try {
      return await this.looks.allows(this.tx, row);
    } catch (error) {
      if (error instanceof Unavailable) return false;
      throw error;
    }
  }
}
