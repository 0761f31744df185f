import { demand } from '@concordat/access';
import { civilDate } from '@concordat/clocks';
import { wrong, type Action } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import type { ForumStatistics } from '@concordat/packs';
import { valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import type { Forum } from '../forum';
import { changed, figuresTo, ratesOf, type Tally, type YearFigures } from '../forum-figures';
import { ForumKinds } from '../forum-kinds';
import { forumById } from '../forums.repository';
import { actionsOf, clocksOf, staffOf } from '../practice-figures';
import { demandLead } from '../leading';
import { everyAgencyType } from '../organisations.repository';
import { publishedOf } from '../published-figures';
import { partiesOf, sharesOf } from '../referral-shares';
import {
  daysOfQuarter,
  lastOfFinancialYear,
  lastQuarterOver,
  quartersBefore,
  yearTo,
  type Quarter,
} from '@concordat/figures';
import { PublishYearDto, QuarterQueryDto } from './statistics.dto';
import * as kept from './statistics.repository';

/** The return of a forum: counted for whoever leads it, and a year at a time published for everybody, without what tells of few. */
@Injectable()
export class StatisticsService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly kinds: ForumKinds,
  ) {}

  /** Twelve months to the end of a quarter beside the twelve before, as they are: small numbers among them. */
  view(call: Call, id: string) {
    return this.figures(call, id, 'forum-statistics.view');
  }

  /** The same, as what leaves the system. */
  export(call: Call, id: string) {
    return this.figures(call, id, 'forum-statistics.export');
  }

  /** The cases behind the figures, as far as the caller may see them, and how many there are altogether. */
  cases(call: Call, id: string) {
    const objects = [{ t: 'forum' as const, id }];
    return this.unit.read({ action: 'forum-statistics.view', call, objects }, async (tx) => {
      const { forum, to } = await this.asked(tx, call, id, 'forum-statistics.view');
      const [from, until] = [daysOfQuarter(yearTo(to)[0]!).from, daysOfQuarter(to).to];
      const items = await kept.casesSeen(tx, forum.id, from, until);
      tx.about({
        subjects: items.map((item) => item.subjectId),
        objects: items.map((item) => ({ t: 'agenda-item' as const, id: item.id, ver: String(item.version) })),
      });
      const all = (await kept.countedCases(tx, forum.id, from, until)).length;
      return { ...{ forum: { id, title: forum.title }, to, from, until, items }, hidden: all - items.length };
    });
  }

  /** Financial years that the forum has published. */
  published(call: Call, id: string) {
    const objects = [{ t: 'forum' as const, id }];
    return this.unit.read({ action: 'forum-statistics.show', call, objects }, async (tx) => {
      const forum = await forumById(tx, id);
      demand(tx.actor, 'forum-statistics.show');
      const years = await kept.publishedYears(tx, id);
      tx.about({ items: years.map(({ year }) => `figures.${year}`) });
      return { forum: { id, title: forum.title, kindTitle: this.kinds.titleOf(forum.kind) }, items: years };
    });
  }

  /** Publishes a financial year that is over, once and for all. */
  async publish(call: Call, id: string) {
    const objects = [{ t: 'forum' as const, id }];
    const done = await this.unit.run({ action: 'forum-statistics.publish', call, objects }, async (tx) => {
      const forum = await forumById(tx, id);
      demandLead(tx, 'forum-statistics.publish', forum);
      const { year } = valid(PublishYearDto, call.body);
      const to = lastOfFinancialYear(year);
      if (to > lastQuarterOver(civilDate(tx.now))) throw wrong('year', 'not-over', 'The financial year must be over');
      const counted = await this.counted(tx, forum, to);
      if (counted.waiting > 0) throw wrong('year', 'minutes-not-issued', 'Issue the minutes of all its meetings first');
      const { statistics, population } = counted;
      const { shares } = statistics;
      const referrers = Object.keys(counted.year.total?.agencies ?? {});
      const agencies = shares ? partiesOf(shares, referrers, await everyAgencyType(tx)) : null;
      const figures = publishedOf(
        counted.year,
        statistics.measure ?? null,
        population?.count ?? null,
        statistics.smallBelow,
        shares && agencies ? { shares, agencies } : null,
      );
      const rest = { forumId: id, forumVersion: forum.version, year, figures, counted: counted.year, population };
      await kept.keepYear(tx, { ...rest, statistics, pack: this.kinds.packs.version });
      tx.about({ items: [`figures.${year}`], rule: `${forum.kind}@${statistics.version}`, decision: 'published' });
      return { id, version: 1, year };
    });
    return { ...done.value, receipt: done.receipt };
  }

  private figures(call: Call, id: string, action: Action) {
    return this.unit.read({ action, call, objects: [{ t: 'forum', id }] }, async (tx) => {
      const { forum, to } = await this.asked(tx, call, id, action);
      const now = await this.counted(tx, forum, to);
      const { statistics, population } = now;
      // By the same rules, so that the two can be compared.
      const before = await this.counted(tx, forum, quartersBefore(to, 4), statistics);
      const measure = statistics.measure ?? null;
      const count = population?.count ?? null;
      tx.about({ items: [`figures.${to}`], rule: `${forum.kind}@${statistics.version}` });
      const [a, b] = [now.year.total, before.year.total];
      const [first, last] = [daysOfQuarter(yearTo(to)[0]!).from, daysOfQuarter(to).to];
      const practice = await kept.practiceCounts(tx, id, first, last, civilDate(tx.now));
      const agencyOf = statistics.shares ? await everyAgencyType(tx) : () => undefined;
      const shared = (total: Tally | null) =>
        statistics.shares ? sharesOf(statistics.shares, total?.agencies ?? null, agencyOf) : [];
      const year = Number(to.slice(0, 4)) - 1;
      const isYear = to === lastOfFinancialYear(year);
      const then = isYear ? await kept.countedThen(tx, id, year) : null;
      return {
        ...{ forum: { id, title: forum.title, kind: forum.kind }, to, last: lastQuarterOver(civilDate(tx.now)) },
        ...{ groups: statistics.groups, smallBelow: statistics.smallBelow, population },
        /** What stands behind the shares, which are empty where the pack says of none. */
        sharesBy: statistics.shares ? { force: statistics.shares.force, source: statistics.shares.source } : null,
        now: { ...now.year, rates: ratesOf(now.year, measure, count), shares: shared(a), waiting: now.waiting },
        /** Of these twelve months, whether their minutes are issued or not: clocks, actions, and staff that so many cases need. */
        practice: {
          ...{ clocks: clocksOf(practice), actions: actionsOf(practice) },
          staff: staffOf(statistics, a?.cases ?? null, count),
        },
        before: {
          ...{ ...before.year, rates: ratesOf(before.year, measure, count), shares: shared(b) },
          waiting: before.waiting,
        },
        change:
          a && b
            ? {
                cases: changed(a.cases, b.cases),
                repeats: changed(a.repeats, b.repeats),
                children: changed(a.children, b.children),
              }
            : null,
        /** Of a financial year: whether it is published, and whether the record has changed since. */
        published: isYear
          ? { year, done: then !== null, differs: then !== null && !sameCounts(then, now.year), waiting: now.waiting }
          : null,
      };
    });
  }

  /** The forum, for whoever leads it, and the last quarter of what they ask about, which must be over. */
  private async asked(tx: Tx, call: Call, id: string, action: Action): Promise<{ forum: Forum; to: Quarter }> {
    const forum = await forumById(tx, id);
    demandLead(tx, action, forum);
    const last = lastQuarterOver(civilDate(tx.now));
    const { to = last } = valid(QuarterQueryDto, call.query);
    if (to > last) throw wrong('to', 'not-over', 'Choose a quarter that is over');
    return { forum, to };
  }

  private async counted(tx: Tx, forum: Forum, to: Quarter, rules?: ForumStatistics) {
    const until = daysOfQuarter(to).to;
    const statistics = rules ?? this.kinds.statisticsOf(forum.kind, until);
    // A first quarter that is missing takes over the one before it.
    const from = daysOfQuarter(quartersBefore(to, 4)).from;
    const cases = await kept.countedCases(tx, forum.id, from, until);
    const meetings = await kept.meetingDays(tx, forum.id, until);
    const { measure, groups } = statistics;
    const found = measure && forum.area ? this.kinds.packs.population(forum.area, measure.series) : undefined;
    const population: kept.UsedPopulation | null =
      found && measure
        ? {
            ...{ count: found.count, vintage: found.vintage, source: found.source, title: found.title },
            per: measure.per,
          }
        : null;
    const issued = meetings.filter((meeting) => meeting.issued).map(({ heldOn }) => heldOn);
    return {
      ...{ statistics, population },
      year: figuresTo(
        to,
        cases,
        issued,
        groups.map(({ code }) => code),
      ),
      /** Meetings of these twelve months that are not counted, because their minutes are not issued. */
      waiting: meetings.filter(({ heldOn, issued: is }) => !is && heldOn >= daysOfQuarter(yearTo(to)[0]!).from).length,
    };
  }
}

/** Whether a count is the same as when it was published, in whatever order its parts come. */
const sameCounts = (a: YearFigures, b: YearFigures): boolean => ordered(a) === ordered(b);
const ordered = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
