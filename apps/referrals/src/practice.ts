import { RuleBroken } from '@concordat/contracts';
import { civilDate, dueAt, type Calendar } from '@concordat/clocks';
import { inForce, loadPacks, type Clock, type ColourScheme, type Packs, type Pathway } from '@concordat/packs';
import { packFolder, SETTINGS, type Settings } from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import { join } from 'node:path';

const SHIPPED = 'england-wales';

/** A time limit worked out: when it ends, and by which rule, for the stamp on the decision. */
export interface Limit {
  readonly dueAt: Date;
  /** `id@version` of the rule. */
  readonly rule: string;
}

/** Law and local practice as the pack in force gives them: pathways, colours, reasons and time limits. */
@Injectable()
export class Practice {
  readonly packs: Packs;

  constructor(@Inject(SETTINGS) settings: Settings) {
    this.packs = loadPacks(packFolder(SHIPPED), { cache: join(settings.dataDir, 'cache') });
  }

  /** The stamp of the pack on decisions: `england-wales@1.0.0`. */
  get stamp(): string {
    return this.packs.version;
  }

  pathway(code: string): Pathway | undefined {
    return this.packs.pathway(code);
  }

  /** The pathway of a referral. Throws RuleBroken when a later pack has dropped it: nothing can then be decided by it. */
  pathwayOf({ pathway }: { readonly pathway: string }): Pathway {
    const found = this.packs.pathway(pathway);
    if (!found) throw new RuleBroken('pathway.retired', 'The pack in force has no such pathway any more');
    return found;
  }

  /** The colours in which referrals along a pathway are rated. A pack without them does not load. */
  schemeOf(pathway: Pathway): ColourScheme {
    const scheme = this.packs.colourScheme(pathway.colourScheme);
    if (!scheme) throw new Error(`pathway ${pathway.code} names a colour scheme that the pack lacks`);
    return scheme;
  }

  /** By when a referral received (or reopened) at `anchor` is to be rated. Null when the scheme sets no limit. */
  rateBy(pathway: Pathway, anchor: Date): Limit | null {
    return this.limit(this.schemeOf(pathway).ratedWithin, anchor);
  }

  /** By when a referral of this colour is to be decided. Null when the colour has no limit. */
  decideBy(pathway: Pathway, colour: string, anchor: Date): Limit | null {
    return this.limit(this.schemeOf(pathway).colours.find((c) => c.code === colour)?.clocks ?? [], anchor);
  }

  /** The rule in force at the anchor applies (domain/risk-conferences.md §1); of several, the one that ends first. */
  private limit(clocks: readonly Clock[], anchor: Date): Limit | null {
    let soonest: Limit | null = null;
    for (const clock of inForce(clocks, civilDate(anchor))) {
      const due = dueAt(clock, anchor, this.calendar(clock.calendarId));
      if (!soonest || due < soonest.dueAt) soonest = { dueAt: due, rule: `${clock.id}@${clock.version}` };
    }
    return soonest;
  }

  private calendar(id: string): Calendar {
    const calendar = this.packs.calendar(id);
    if (!calendar) throw new Error(`the pack has no calendar ${id}`);
    return calendar;
  }
}
