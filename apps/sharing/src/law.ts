import { dueAt } from '@concordat/clocks';
import { loadPacks, type Packs } from '@concordat/packs';
import { packFolder, SETTINGS, type Settings } from '@concordat/platform';
import type { DepersonalisedSet, LawTable, Leads, MaisTable } from '@concordat/sharing';
import { Inject, Injectable } from '@nestjs/common';
import { join } from 'node:path';

/** The codes of law that agreements may name, as the pack in force gives them. */
@Injectable()
export class Law {
  readonly table: LawTable;
  /** Terms from which agreements may begin. */
  readonly templates: ReturnType<Packs['agreementTemplates']>;
  /** How early what falls due is told of. */
  readonly leads: Leads;
  /** For how many days at most an answer holds that a person gave. */
  readonly answersHold: number;
  /** The pack that all this is of. */
  readonly pack: string;
  /** By when what is shared in an emergency at a moment is to have been reviewed: the end of so many working days on. */
  readonly reviewBy: (at: Date) => Date;
  /** What people call what agreements name by codes. */
  readonly items: ReadonlyMap<string, string>;
  /** How agreements are said in the draft vocabulary of Social Care Data. */
  readonly mais: MaisTable;
  /** What is shared each quarter without personal data, and the pack that says so. */
  readonly depersonalised: { readonly sets: readonly DepersonalisedSet[]; readonly pack: string };

  constructor(@Inject(SETTINGS) settings: Settings) {
    const packs = loadPacks(packFolder('england-wales'), { cache: join(settings.dataDir, 'cache') });
    this.table = packs.sharingLaw();
    this.templates = packs.agreementTemplates();
    this.leads = packs.agreementClocks();
    this.answersHold = packs.agreementClocks().answersHold;
    this.pack = packs.version;
    const { workingDays: value, calendar } = packs.agreementClocks().emergencyReview;
    // The pack's reader has seen that there is this calendar.
    const working = packs.calendar(calendar)!;
    this.reviewBy = (at) =>
      dueAt({ value, unit: 'workingDay', outOfHours: 'run', ifNotWorkingDay: 'keep' }, at, working);
    this.items = new Map(packs.handOver().itemWords.map(({ code, words }) => [code, words]));
    this.mais = packs.mais();
    this.depersonalised = { sets: packs.depersonalisedSets().sets, pack: packs.version };
  }
}
