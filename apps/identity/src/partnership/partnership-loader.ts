import { AreaChanged, MembershipChanged, OrganisationChanged } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { Databases, serviceActorId, systemCall } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { membershipFactsDiffer, type Membership } from '../membership';
import { Memberships, type Place, type Staff } from '../memberships.repository';
import { areaFactsDiffer, organisationFactsDiffer, type Area, type Organisation } from '../organisation';
import { Organisations } from '../organisations.repository';
import type { Partnership, PartnershipFile } from './partnership';

/** What a load did. `changed` counts the events that it published. */
export interface Loaded {
  readonly changed: number;
  readonly organisations: number;
  readonly areas: number;
  readonly people: number;
}

type AccountOfFile = PartnershipFile['people'][number];

/** Loads a whole partnership from a file: the demonstration, or the start of a real one. */
@Injectable()
export class PartnershipLoader {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly databases: Databases,
    private readonly organisations: Organisations,
    private readonly memberships: Memberships,
  ) {}

  /**
   * load makes the registers say what the file says, in one transaction, and tells the other contexts what changed.
   * Idempotent: the file that was loaded last costs one query and leaves no trace. Nothing that the file does not name is
   * removed. Throws Invalid when the file is wrong.
   */
  async load(partnership: Partnership): Promise<Loaded | null> {
    if ((await this.loadedDigest()) === partnership.digest) return null;
    const file = partnership.parse();
    const call = systemCall(serviceActorId('identity'), 'partnership-load');
    const objects = file.organisations.map((o) => ({ t: 'organisation' as const, id: o.id }));
    const { value } = await this.unit.run({ action: 'partnership.load', call, objects }, async (tx) => {
      const orgs = await this.loadOrganisations(tx, file);
      const areas = await this.loadAreas(tx, file, orgs);
      await this.loadPeople(tx, file, orgs, areas);
      await tx.execute(
        `INSERT INTO partnership (id, name, digest, loaded_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (one) DO UPDATE SET id = $1, name = $2, digest = $3, loaded_at = $4`,
        [file.partnership.id, file.partnership.name, partnership.digest, tx.now],
      );
      return {
        changed: tx.events.length,
        organisations: file.organisations.length,
        areas: file.areas.length,
        people: file.people.length + file.systems.length,
      };
    });
    return value;
  }

  private async loadedDigest(): Promise<string | null> {
    const { rows } = await this.databases.pool('identity').query<{ digest: string }>('SELECT digest FROM partnership');
    return rows[0]?.digest ?? null;
  }

  private async loadOrganisations(tx: Tx, file: PartnershipFile): Promise<Map<string, string>> {
    const known = new Map((await this.organisations.all(tx)).map((o) => [o.id, o]));
    for (const { id, code, name, agencyType } of file.organisations) {
      const now: Organisation = { id, code, name, type: agencyType, active: true };
      await this.organisations.save(tx, now);
      if (organisationFactsDiffer(known.get(id), now))
        (await tx.lock(id)).publish(OrganisationChanged, { orgId: id, agencyType, active: true });
    }
    return new Map(file.organisations.map((o) => [o.code, o.id]));
  }

  private async loadAreas(tx: Tx, file: PartnershipFile, orgs: Map<string, string>): Promise<Map<string, string>> {
    const known = new Map((await this.organisations.areas(tx)).map((a) => [a.id, a]));
    for (const { id, code, name, lead } of file.areas) {
      const now: Area = { id, code, name, leadOrg: named(orgs, lead), active: true };
      await this.organisations.saveArea(tx, now);
      if (areaFactsDiffer(known.get(id), now))
        (await tx.lock(id)).publish(AreaChanged, { areaId: id, leadOrg: now.leadOrg, active: true });
    }
    return new Map(file.areas.map((a) => [a.code, a.id]));
  }

  private async loadPeople(
    tx: Tx,
    file: PartnershipFile,
    orgs: Map<string, string>,
    areas: Map<string, string>,
  ): Promise<void> {
    const key = (userId: string, orgId: string): string => `${userId}/${orgId}`;
    const known = new Map((await this.memberships.everybody(tx)).map((m) => [key(m.userId, m.orgId), m]));
    const ids = new Map(file.people.map((p) => [p.username, p.id]));
    const accounts = [
      ...file.people.map((account) => ({ account, kind: 'person' as const })),
      ...file.systems.map((account) => ({ account, kind: 'system' as const })),
    ];
    for (const { account, kind } of accounts) {
      const orgId = named(orgs, account.organisation);
      const was = known.get(key(account.id, orgId));
      await this.memberships.saveStaff(tx, staffOf(account, kind, was?.subject));
      const facts = {
        ...{ userId: account.id, orgId, active: true, mayReceive: account.mayReceive, roles: account.roles },
        areas: account.areas.map((code) => named(areas, code)),
      };
      const differs = membershipFactsDiffer(was, facts);
      const now: Membership = { ...facts, version: (was?.version ?? 0) + (differs ? 1 : 0) };
      await this.memberships.save(tx, now, placeOf(account, ids));
      if (!differs) continue;
      const subject = was?.subject ?? account.id;
      (await tx.lock(account.id)).publish(MembershipChanged, {
        ...{ userId: account.id, subject, orgId, roles: account.roles, areas: facts.areas },
        ...{ active: true, mayReceive: account.mayReceive },
      });
    }
  }
}

/** Until an identity provider says otherwise, a person's subject is their id: opaque, and no name. */
const staffOf = (account: AccountOfFile, kind: Staff['kind'], subject = account.id): Staff => ({
  ...{ userId: account.id, username: account.username, subject, name: account.displayName, kind },
});

const placeOf = (account: AccountOfFile, ids: Map<string, string>): Place => ({
  jobTitle: account.jobTitle ?? null,
  team: account.team ?? null,
  manager: account.manager === undefined ? null : named(ids, account.manager),
});

function named(ids: Map<string, string>, name: string): string {
  const id = ids.get(name);
  if (!id) throw new Error(`the partnership file refers to "${name}", which it does not define`);
  return id;
}
