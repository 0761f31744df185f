import { demand } from '@concordat/access';
import { AreaChanged, MembershipChanged, newId, type Action } from '@concordat/contracts';
import { UnitOfWork, type Stream, type Tx } from '@concordat/messaging';
import { Invalid, NotFound, RuleBroken, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { administering, leading, membershipChanged } from '../membership';
import { Memberships } from '../memberships.repository';
import {
  altered,
  areaFactsDiffer,
  closeArea,
  mustStillLead,
  reopenArea,
  stateOf,
  takenIn,
  type Area,
} from '../organisation';
import { Organisations } from '../organisations.repository';
import { mustBeCurrent, mustBeFree } from './current';
import { AddAreaDto, ChangeAreaDto } from './register.dto';

/** The register of areas: kept by administrators of the organisation that leads the area, or an area that they cover. */
@Injectable()
export class AreasService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly organisations: Organisations,
    private readonly memberships: Memberships,
  ) {}

  async add(call: Call) {
    const done = await this.unit.run({ action: 'area.add', call }, async (tx) => {
      const areas = await this.organisations.areas(tx);
      demand(tx.actor, 'area.add', { orgs: leading(tx.actor, areas) });
      const now: Area = { id: newId(), ...valid(AddAreaDto, call.body), active: true, version: 1 };
      await this.mustBeOpen(tx, now.leadOrg);
      mustBeFree('area', takenIn(areas, now));
      await this.cover(tx, now.id);
      return this.keep(tx, tx.open(now.id), now, undefined);
    });
    return { ...done.value, receipt: done.receipt };
  }

  change(call: Call, id: string) {
    return this.alter('area.change', call, id, async (tx, was, areas) => {
      const now = altered(was, valid(ChangeAreaDto, call.body));
      if (now.leadOrg !== was.leadOrg) await this.mustBeOpen(tx, now.leadOrg);
      mustBeFree('area', takenIn(areas, now));
      return now;
    });
  }

  close(call: Call, id: string) {
    return this.alter('area.close', call, id, (_, was) => Promise.resolve(closeArea(was)));
  }

  reopen(call: Call, id: string) {
    return this.alter('area.reopen', call, id, async (tx, was) => {
      const now = reopenArea(was);
      if (!(await this.isOpen(tx, was.leadOrg)))
        throw new RuleBroken('area.lead-closed', 'The organisation that triages for it is closed. Name another first');
      return now;
    });
  }

  /** A change of an area: there (404), current (409), entitled (403), then `decide`. */
  private async alter(
    action: Action,
    call: Call,
    id: string,
    decide: (tx: Tx, was: Area, areas: readonly Area[]) => Promise<Area>,
  ) {
    const done = await this.unit.run({ action, call, objects: [{ t: 'area', id }] }, async (tx) => {
      const stream = await tx.lock(id);
      const areas = await this.organisations.areas(tx);
      const was = areas.find((a) => a.id === id);
      if (!was) throw new NotFound('area');
      mustBeCurrent(call, 'area', { ...was });
      demand(tx.actor, action, { orgs: administering(was.leadOrg, tx.actor, areas) });
      const now = await decide(tx, was, areas);
      mustStillLead(tx.actor, tx.actor.orgId, areas, now);
      return this.keep(tx, stream, now, was);
    });
    return { ...done.value, receipt: done.receipt };
  }

  private async keep(tx: Tx, stream: Stream, now: Area, was: Area | undefined) {
    if (now !== was) await this.organisations.saveArea(tx, now, 'administrator');
    if (areaFactsDiffer(was, now))
      stream.publish(AreaChanged, { areaId: now.id, leadOrg: now.leadOrg, active: now.active });
    const recipients = [...new Set([now.leadOrg, was?.leadOrg ?? now.leadOrg])].map((org) => ({ org }));
    tx.about({
      objects: [{ t: 'area', id: now.id, ver: String(now.version) }],
      ...{ recipients, detail: was ? { was: told(was), now: told(now) } : { now: told(now) } },
    });
    return { id: now.id, version: now.version, status: stateOf(now) };
  }

  /**
   * Whoever adds an area covers it. Areas are given only by those who cover them, so otherwise nobody ever could give this
   * one; and there is nothing in it yet that they would come to see.
   */
  private async cover(tx: Tx, areaId: string): Promise<void> {
    const { id: userId, orgId } = tx.actor;
    const stream = await tx.lock(userId);
    const was = await this.memberships.find(tx, userId, orgId ?? '');
    if (!was) throw new NotFound('membership');
    const { subject, team, manager, ...membership } = was;
    const now = { ...membership, areas: [...was.areas, areaId], version: was.version + 1 };
    await this.memberships.save(tx, now, 'administrator');
    stream.publish(MembershipChanged, membershipChanged(now, subject, { team, manager }));
    tx.about({ objects: [{ t: 'membership', id: userId, ver: String(now.version) }] });
  }

  private async isOpen(tx: Tx, orgId: string): Promise<boolean> {
    return (await this.organisations.all(tx)).some((o) => o.id === orgId && o.active);
  }

  private async mustBeOpen(tx: Tx, orgId: string): Promise<void> {
    if (!(await this.isOpen(tx, orgId)))
      throw new Invalid([{ field: 'leadOrg', code: 'organisation.unknown', message: 'There is no such organisation' }]);
  }
}

const told = ({ name, leadOrg, active }: Area) => ({ name, leadOrg, active });
