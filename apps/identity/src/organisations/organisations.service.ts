import { demand } from '@concordat/access';
import { UnitOfWork } from '@concordat/messaging';
import { valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { Memberships } from '../memberships.repository';
import { Organisations } from '../organisations.repository';
import { StaffQueryDto } from './staff-query.dto';

/** The directory: what every member and every service may know of who belongs to the partnership. */
@Injectable()
export class OrganisationsService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly organisations: Organisations,
    private readonly memberships: Memberships,
  ) {}

  list(call: Call) {
    return this.unit.read({ action: 'organisation.list', call }, async (tx) => {
      demand(tx.actor, 'organisation.list');
      const organisations = (await this.organisations.all(tx)).map(({ id, name, type, active }) => ({
        id,
        name,
        type,
        active,
      }));
      tx.about({ objects: organisations.map((o) => ({ t: 'organisation', id: o.id })) });
      return { organisations };
    });
  }

  areas(call: Call) {
    return this.unit.read({ action: 'organisation.list', call }, async (tx) => {
      demand(tx.actor, 'organisation.list');
      const areas = (await this.organisations.areas(tx)).map(({ id, name, leadOrg, active }) => ({
        id,
        name,
        leadOrg,
        active,
      }));
      tx.about({ items: ['areas'], objects: areas.map((a) => ({ t: 'organisation', id: a.leadOrg })) });
      return { areas };
    });
  }

  /** Staff of one organisation, or those with the ids asked for. Names, but not how they sign in. */
  staff(call: Call) {
    return this.unit.read({ action: 'staff.list', call }, async (tx) => {
      demand(tx.actor, 'staff.list');
      const { org, ids } = valid(StaffQueryDto, call.query);
      const found = org ? await this.memberships.members(tx, org) : await this.memberships.byIds(tx, ids!.split(','));
      tx.about({ objects: found.map((m) => ({ t: 'staff', id: m.userId })) });
      const staff = found.map(({ userId: id, name, orgId, roles, areas, active, mayReceive }) => ({
        ...{ id, name, orgId, roles, areas, active, mayReceive },
      }));
      return { staff };
    });
  }
}
