import { demand, mayNot } from '@concordat/access';
import type { Action } from '@concordat/contracts';
import { UnitOfWork } from '@concordat/messaging';
import { valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { shownTo } from '../confidential';
import { BY_QUALIFICATION, isRestricted } from '../restricting';
import { Looks } from '../looks';
import { originOfCase } from '../origins.repository';
import { visibleCase } from '../visible-case';
import { ListCasesDto, PageDto } from './cases.dto';
import {
  casesOf,
  countCases,
  participationsOf,
  peopleOf,
  relationshipsIn,
  stubsOf,
  timelineOf,
} from './cases.repository';
import { isOnOffer } from './transfers/transfers.repository';

const FIRST_ENTRIES = 50;

/** Reads cases. Everything returned is named in the audit entry of the reading. */
@Injectable()
export class CasesService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly looks: Looks,
  ) {}

  /** The cases that the caller's organisation takes part in, a page at a time, every one of them audited (AUD-9). */
  async list(call: Call) {
    return this.unit.read({ action: 'case.list', call }, async (tx) => {
      demand(tx.actor, 'case.list');
      const query = valid(ListCasesDto, call.query);
      const page = await casesOf(tx, query);
      tx.about({
        objects: page.items.map((c) => ({ t: 'case' as const, id: c.id, ver: String(c.version) })),
        detail: { filter: { ...query } },
      });
      if (page.items.some((c) => c.qualified)) tx.about({ reasons: [BY_QUALIFICATION] });
      const stubs = query.cursor ? [] : await stubsOf(tx);
      tx.about({ objects: stubs.map((s) => ({ t: 'case' as const, id: s.id })) });
      return { ...page, count: await countCases(tx, query), restricted: stubs };
    });
  }

  async view(call: Call, id: string) {
    return this.unit.read({ action: 'case.view', call, objects: [{ t: 'case', id }] }, async (tx) => {
      const row = await visibleCase(tx, id);
      await this.looks.demand(tx, row);
      const may = (action: Action): boolean =>
        row.ground === 'part' && mayNot(tx.actor, action, { orgs: [row.leadOrg] }) === null;
      const people = await peopleOf(tx, id);
      tx.about({ subjects: people.map((p) => p.id), objects: [{ t: 'case', id, ver: String(row.version) }] });
      const { level, ground, glass, letInBy: _letInBy, ...rest } = row;
      const looker = { orgId: tx.actor.orgId ?? null, leads: ground === 'part' && row.leadOrg === tx.actor.orgId };
      return {
        ...rest,
        level,
        ground,
        ...(glass ? { glass } : {}),
        restricted: await isRestricted(tx, id),
        broughtIn: row.referralId === null ? await originOfCase(tx, id) : null,
        onOffer: await isOnOffer(tx, id),
        participants: await participationsOf(tx, id),
        people: people.map((p) => shownTo(looker, p)),
        relationships: await relationshipsIn(tx, id),
        timeline: (await timelineOf(tx, id, { limit: FIRST_ENTRIES })).items,
        may: { changeParticipation: may('case.change-participation'), restrict: may('restriction.make') },
      };
    });
  }

  async timeline(call: Call, id: string) {
    return this.unit.read({ action: 'case.view', call, objects: [{ t: 'case', id }] }, async (tx) => {
      await this.looks.demand(tx, await visibleCase(tx, id));
      return timelineOf(tx, id, valid(PageDto, call.query));
    });
  }
}
