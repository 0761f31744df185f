import { demand } from '@concordat/access';
import type { Action } from '@concordat/contracts';
import { UnitOfWork } from '@concordat/messaging';
import { NotFound, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { Memberships } from '../memberships.repository';
import { Organisations } from '../organisations.repository';

/** Signing in and out, as the ledger sees it, and who one is. */
@Injectable()
export class SessionsService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly memberships: Memberships,
    private readonly organisations: Organisations,
  ) {}

  /** Puts on record that the caller has signed in. The front end calls it once, with the fresh token. */
  start(call: Call) {
    return this.record('session.start', call, 'started');
  }

  end(call: Call) {
    return this.record('session.end', call, 'ended');
  }

  /** The caller, the organisation they act for now, and the others that they could act for. */
  me(call: Call) {
    const objects = [{ t: 'staff' as const, id: call.actor.id }];
    return this.unit.read({ action: 'session.view', call, objects }, async (tx) => {
      demand(tx.actor, 'session.view');
      const memberships = (await this.memberships.byIds(tx, [tx.actor.id])).filter((m) => m.active);
      const [first] = memberships;
      if (!first) throw new NotFound('staff');
      const known = new Map((await this.organisations.all(tx)).map((o) => [o.id, o]));
      const organisations = memberships.flatMap(({ orgId }) => {
        const o = known.get(orgId);
        return o?.active ? [{ id: o.id, name: o.name, type: o.type }] : [];
      });
      const areas = await this.organisations.areas(tx);
      return {
        id: first.userId,
        name: first.name,
        organisation: organisations.find((o) => o.id === tx.actor.orgId),
        organisations,
        roles: tx.actor.roles,
        areas: areas.filter((a) => tx.actor.areas.includes(a.id)).map(({ id, name }) => ({ id, name })),
      };
    });
  }

  private async record(action: Action, call: Call, status: 'started' | 'ended') {
    const objects = [{ t: 'session' as const, id: call.actor.id }];
    const done = await this.unit.run({ action, call, objects }, async (tx) => {
      demand(tx.actor, action);
      return { id: tx.actor.id, status };
    });
    return { ...done.value, receipt: done.receipt };
  }
}
