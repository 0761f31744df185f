import { demand } from '@concordat/access';
import { newId, OrganisationChanged, type Action } from '@concordat/contracts';
import { UnitOfWork, type Stream, type Tx } from '@concordat/messaging';
import { NotFound, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { administering, leading } from '../membership';
import {
  altered,
  closeOrganisation,
  organisationFactsDiffer,
  reopenOrganisation,
  stateOf,
  takenIn,
  type Area,
  type Organisation,
} from '../organisation';
import { Organisations } from '../organisations.repository';
import { mustBeCurrent, mustBeFree } from './current';
import { AddOrganisationDto, ChangeOrganisationDto } from './register.dto';

/**
 * The register of organisations, and a look at both registers. Whoever administers an organisation may name it anew; only
 * administrators of an organisation that leads an area which they cover add, close and reopen others.
 */
@Injectable()
export class RegisterService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly organisations: Organisations,
  ) {}

  /** Both registers. How many sit where is told of organisations whose members the caller administers, and null of others. */
  view(call: Call) {
    return this.unit.read({ action: 'register.view', call }, async (tx) => {
      demand(tx.actor, 'register.view');
      const organisations = await this.organisations.all(tx);
      const areas = await this.organisations.areas(tx);
      const seats = await this.organisations.seats(tx);
      const leads = mayLead(tx, areas);
      const within = (orgId: string): boolean => leads || orgId === tx.actor.orgId;
      const count = (orgId: string, areaId: string | null): number =>
        seats.find((s) => s.orgId === orgId && s.areaId === areaId)?.members ?? 0;
      tx.about({ objects: [...organisations.map(refTo('organisation')), ...areas.map(refTo('area'))] });
      return {
        leads,
        organisations: organisations.map((o) => ({ ...o, members: within(o.id) ? count(o.id, null) : null })),
        areas: areas.map((a) => ({
          ...a,
          covering: organisations
            .filter(({ id }) => within(id) && count(id, a.id) > 0)
            .map(({ id }) => ({ orgId: id, members: count(id, a.id) })),
        })),
      };
    });
  }

  async add(call: Call) {
    const done = await this.unit.run({ action: 'organisation.add', call }, async (tx) => {
      demand(tx.actor, 'organisation.add', { orgs: leading(tx.actor, await this.organisations.areas(tx)) });
      const now: Organisation = { id: newId(), ...valid(AddOrganisationDto, call.body), active: true, version: 1 };
      mustBeFree('organisation', takenIn(await this.organisations.all(tx), now));
      return this.keep(tx, tx.open(now.id), now, undefined);
    });
    return { ...done.value, receipt: done.receipt };
  }

  change(call: Call, id: string) {
    return this.alter('organisation.change', call, id, async (tx, was) => {
      const now = altered(was, valid(ChangeOrganisationDto, call.body));
      mustBeFree('organisation', takenIn(await this.organisations.all(tx), now));
      return now;
    });
  }

  close(call: Call, id: string) {
    return this.alter('organisation.close', call, id, (tx, was, areas) =>
      Promise.resolve(closeOrganisation(was, tx.actor.orgId, areas)),
    );
  }

  reopen(call: Call, id: string) {
    return this.alter('organisation.reopen', call, id, (_, was) => Promise.resolve(reopenOrganisation(was)));
  }

  /** A change of an organisation: there (404), current (409), entitled (403), then `decide`. */
  private async alter(
    action: Action,
    call: Call,
    id: string,
    decide: (tx: Tx, was: Organisation, areas: readonly Area[]) => Promise<Organisation>,
  ) {
    const objects = [{ t: 'organisation' as const, id }];
    const done = await this.unit.run({ action, call, objects }, async (tx) => {
      const stream = await tx.lock(id);
      const was = (await this.organisations.all(tx)).find((o) => o.id === id);
      if (!was) throw new NotFound('organisation');
      mustBeCurrent(call, 'organisation', { ...was });
      const areas = await this.organisations.areas(tx);
      const orgs = action === 'organisation.change' ? administering(id, tx.actor, areas) : leading(tx.actor, areas);
      demand(tx.actor, action, { orgs });
      return this.keep(tx, stream, await decide(tx, was, areas), was);
    });
    return { ...done.value, receipt: done.receipt };
  }

  private async keep(tx: Tx, stream: Stream, now: Organisation, was: Organisation | undefined) {
    if (now !== was) await this.organisations.save(tx, now, 'administrator');
    if (organisationFactsDiffer(was, now))
      stream.publish(OrganisationChanged, { orgId: now.id, agencyType: now.type, active: now.active });
    tx.about({
      objects: [refTo('organisation')(now)],
      detail: was ? { was: told(was), now: told(now) } : { now: told(now) },
    });
    return { id: now.id, version: now.version, status: stateOf(now) };
  }
}

const mayLead = (tx: Tx, areas: readonly Area[]): boolean => leading(tx.actor, areas).includes(tx.actor.orgId ?? '');
const told = ({ name, type, active }: Organisation) => ({ name, type, active });
const refTo =
  <T extends 'organisation' | 'area'>(t: T) =>
  ({ id, version }: { id: string; version: number }) => ({ t, id, ver: String(version) });
