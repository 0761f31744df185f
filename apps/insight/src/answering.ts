import { civilDate } from '@concordat/clocks';
import { deadlineKinds } from '@concordat/contracts';
import { Injectable } from '@nestjs/common';
import type { Tx } from '@concordat/messaging';
import { shareOf, shownOf, type ShownPair } from './figures';
import { countedOf, type Asked, type Chosen } from './figures/figures.repository';
import { financialYearOf, isOver, periodOf, periodsOn, yearBefore } from './period';
import { filters, missed, plans, subjects, type Filter, type Plan, type Subject } from './plan';
import { Practice } from './practice';
import { wordsOf } from './words';

export interface Query {
  readonly period?: string | undefined;
  readonly area?: string | undefined;
  readonly agency?: string | undefined;
  readonly kind?: string | undefined;
}
export interface Row extends ShownPair {
  readonly code: string;
  /** What it is called; null where that is the name of an organisation or an area, which identity knows. */
  readonly text: string | null;
}
/** How many in a hundred, from numbers as they are shown. */
export interface Share {
  readonly text: string;
  readonly now: number | null;
  readonly before: number | null;
}
export interface Table {
  readonly code: string;
  readonly title: string;
  readonly ref: 'organisation' | 'area' | null;
  /** Null where none of it can be shown. */
  readonly rows: readonly Row[] | null;
}
/** A subject, or the deadlines that were missed of all of them. */
export type Asking = Subject | 'missed';

export interface Figures {
  readonly subject: Asking;
  readonly title: string;
  readonly about: string;
  readonly filters: readonly Filter[];
  readonly chosen: Chosen;
  /** What was asked for and cannot be chosen of this: it is of the whole partnership as to that, and has to be told so. */
  readonly unchosen: readonly Filter[];
  readonly exact: boolean;
  readonly totals: readonly Row[];
  /** Rows of the tables that matter most. */
  readonly headlines: readonly Row[];
  readonly shares: readonly Share[];
  readonly tables: readonly Table[];
}

const KINDS_OF: Readonly<Partial<Record<Asking, 'pathways' | 'forums'>>> = {
  ...{ referrals: 'pathways', triage: 'pathways' },
  ...{ repeats: 'forums', forums: 'forums' },
};

const NONE: ShownPair = { now: 0, before: 0, change: null };
const HIDDEN: ShownPair = { now: 'hidden', before: 'hidden', change: null };
const ABOUT_MISSED =
  'What was not done in time, of everything in the register of deadlines: each number as the page of its subject shows it. What has no subject of its own counts when its time passes with nothing done, whatever is done afterwards.';

const WITHOUT_AREA =
  'Of an area, only what has one is told: agreements, minutes, duties of the partnership and emergency openings have none, and what belongs to a review has that of its review, where it was said.';

/** What was asked for and cannot be chosen. */
const unchosenOf = (open: readonly Filter[], query: Query): readonly Filter[] =>
  filters.filter((name) => query[name] !== undefined && !open.includes(name));

/** Reads figures and says only what of them may be shown: there is no other way from the numbers to anybody. */
@Injectable()
export class Answering {
  constructor(private readonly practice: Practice) {}

  /** The period that is asked about, beside the same a year before, and what number is small. */
  about(tx: Tx, query: Query) {
    const today = civilDate(tx.now);
    const period = periodOf(query.period ?? financialYearOf(today));
    const before = yearBefore(period);
    return {
      ...{ period: { ...period, over: isOver(period, today) }, before, limit: this.practice.smallBelow(tx.now) },
      periods: periodsOn(today).map(({ code, title }) => ({ value: code, text: title })),
    };
  }

  async figures(tx: Tx, subject: Subject, query: Query): Promise<Figures> {
    const plan = plans[subject];
    const { shown, asked } = await this.shown(tx, plan, query);
    const { title, about, exact = false, headlines = [] } = plan;
    const found = headlines.map((each) => ({
      ...each,
      row: shown.tables.find(({ code }) => code === each.table)?.rows?.find(({ code }) => code === each.code),
      whole: shown.totals.find(({ code }) => code === plan.tables.find((table) => table.code === each.table)!.of),
    }));
    return {
      ...{ subject, title, about, filters: plan.filters, chosen: asked.chosen, exact },
      unchosen: unchosenOf(plan.filters, query),
      totals: shown.totals.map((row) => ({ ...row, text: plan.totals.find(({ code }) => code === row.code)!.title })),
      headlines: found.map(({ title: text, code, row }) => ({ ...(row ?? HIDDEN), code, text })),
      shares: found.flatMap(({ share, row, whole }) =>
        share ? [{ text: share, now: shareOf(row?.now, whole?.now), before: shareOf(row?.before, whole?.before) }] : [],
      ),
      tables: plan.tables.map(({ code, title: called, by, ref = null }) => ({
        ...{ code, title: called, ref },
        rows:
          shown.tables
            .find((table) => table.code === code)!
            .rows?.map((row) => ({ ...row, text: ref ? null : this.textOf(code, by, row.code) })) ?? null,
      })),
    };
  }

  /** Of every subject its totals, and what matters most in them. */
  async totals(tx: Tx, query: Query) {
    const all: Pick<Figures, 'subject' | 'title' | 'totals' | 'headlines' | 'exact' | 'unchosen'>[] = [];
    for (const subject of subjects) {
      const { title, totals, headlines, exact, unchosen } = await this.figures(tx, subject, query);
      all.push({ subject, title, totals, headlines, exact, unchosen });
    }
    return all;
  }

  /**
   * Deadlines that were missed, each as its own subject shows it: a number that is hidden there is hidden here. Of an area only those
   * are told that have one; what the others come to there is not known.
   */
  async missed(tx: Tx, { period, area, agency }: Query): Promise<Figures> {
    const kept = new Map<Subject, Figures>();
    const rows: Row[] = [];
    const told = missed.filter(
      ({ subject, placeless }) => area === undefined || (!placeless && plans[subject].filters.includes('area')),
    );
    for (const { title, subject, table, code } of told) {
      const figures = kept.get(subject) ?? (await this.figures(tx, subject, { period, area, agency }));
      kept.set(subject, figures);
      const found = figures.tables.find((each) => each.code === table)!.rows;
      const row = found?.find((each) => each.code === code);
      const none: ShownPair = found ? NONE : HIDDEN;
      rows.push({ ...(row ?? none), code: `${subject}.${code}`, text: title });
    }
    return {
      ...{ subject: 'missed', title: 'Deadlines missed', filters: ['area', 'agency'], unchosen: [] },
      chosen: { ...(area ? { area } : {}), ...(agency ? { agency } : {}) },
      ...{
        about: area ? `${ABOUT_MISSED} ${WITHOUT_AREA}` : ABOUT_MISSED,
        exact: false,
        totals: [],
        headlines: [],
        shares: [],
      },
      tables: [{ code: 'missed', title: 'By kind of deadline', ref: null, rows }],
    };
  }

  /** A subject, or what was missed of all. */
  asked(tx: Tx, what: Asking, query: Query): Promise<Figures> {
    return what === 'missed' ? this.missed(tx, query) : this.figures(tx, what, query);
  }

  /** What a subject can be chosen by beside area and agency. */
  kinds(subject: Asking): readonly { readonly value: string; readonly text: string }[] {
    const { packs } = this.practice;
    if (subject === 'deadlines') return deadlineKinds.map((value) => ({ value, text: wordsOf('deadline', value) }));
    if (subject === 'actions')
      return ['conference', 'review'].map((value) => ({ value, text: wordsOf('kind', value) }));
    const of = KINDS_OF[subject];
    const list = of === 'pathways' ? packs.pathways() : of === 'forums' ? packs.forums() : [];
    return list.map(({ code, title }) => ({ value: code, text: title }));
  }

  private async shown(tx: Tx, plan: Plan, query: Query) {
    const { period, before, limit } = this.about(tx, query);
    const chosen = Object.fromEntries(
      filters.flatMap((name) => (plan.filters.includes(name) && query[name] ? [[name, query[name]]] : [])),
    ) as Chosen;
    const asked: Asked = { period, before, today: civilDate(tx.now), chosen };
    return { shown: shownOf(plan, await countedOf(tx, plan, asked), limit, period.over), asked };
  }

  private textOf(table: string, by: string, code: string): string {
    // Kinds are of the pack, but for those of the register of deadlines.
    return by === 'kind' && table !== 'deadline' ? this.practice.titleOf(code) : wordsOf(table, code);
  }
}
