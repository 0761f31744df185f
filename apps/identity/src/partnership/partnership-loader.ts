import { AreaChanged, MembershipChanged, OrganisationChanged } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { Databases, serviceActorId, systemCall } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { membershipChanged, membershipFactsDiffer, type Membership, type Standing } from '../membership';
import { Memberships, type Place, type Staff, type StaffMember } from '../memberships.repository';
import { altered, areaFactsDiffer, organisationFactsDiffer, type Area, type Organisation } from '../organisation';
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

  /** What an administrator has decided of an organisation or an area since stays. */
  private async loadOrganisations(tx: Tx, file: PartnershipFile): Promise<Map<string, string>> {
    const known = new Map((await this.organisations.all(tx)).map((o) => [o.id, o]));
    for (const { id, code, name, agencyType } of file.organisations) {
      const was = known.get(id);
      if (was?.decidedBy === 'administrator') continue;
      const said = { code, name, type: agencyType, active: true };
      const now: Organisation = was ? altered<Organisation>(was, said) : { id, ...said, version: 1 };
      await this.organisations.save(tx, now, 'file');
      if (organisationFactsDiffer(was, now))
        (await tx.lock(id)).publish(OrganisationChanged, { orgId: id, agencyType, active: true });
    }
    return new Map(file.organisations.map((o) => [o.code, o.id]));
  }

  private async loadAreas(tx: Tx, file: PartnershipFile, orgs: Map<string, string>): Promise<Map<string, string>> {
    const known = new Map((await this.organisations.areas(tx)).map((a) => [a.id, a]));
    for (const { id, code, name, lead } of file.areas) {
      const was = known.get(id);
      if (was?.decidedBy === 'administrator') continue;
      const said = { code, name, leadOrg: named(orgs, lead), active: true };
      const now: Area = was ? altered<Area>(was, said) : { id, ...said, version: 1 };
      await this.organisations.saveArea(tx, now, 'file');
      if (areaFactsDiffer(was, now))
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
    const known = new Map<string, StaffMember[]>();
    for (const m of await this.memberships.everybody(tx)) known.set(m.userId, [...(known.get(m.userId) ?? []), m]);
    const ids = new Map(file.people.map((p) => [p.username, p.id]));
    const accounts = [
      ...file.people.map((account) => ({ account, kind: 'person' as const })),
      ...file.systems.map((account) => ({ account, kind: 'system' as const })),
    ];
    for (const { account, kind } of accounts) {
      const before = known.get(account.id) ?? [];
      const staff = staffOf(account, kind, before[0]?.subject);
      await this.memberships.saveStaff(tx, staff);
      const part: FilePart = {
        orgId: named(orgs, account.organisation),
        areas: account.areas.map((code) => named(areas, code)),
        place: placeOf(account, ids),
      };
      await this.loadMembership(tx, staff, before, account, part);
    }
  }

  /** What an administrator has decided since stays: only somebody's name and place follow the file then. */
  private async loadMembership(
    tx: Tx,
    staff: Staff,
    before: readonly StaffMember[],
    { roles, mayReceive }: AccountOfFile,
    { orgId, areas, place }: FilePart,
  ): Promise<void> {
    const was = before.find((m) => m.orgId === orgId);
    const asked = { userId: staff.userId, orgId, roles, areas, mayReceive, active: true };
    const facts = was?.decidedBy === 'administrator' ? was : asked;
    const moved = was !== undefined && (was.team !== place.team || was.manager !== place.manager);
    const differs = membershipFactsDiffer(was, facts) || moved;
    const now: Membership = { ...facts, version: (was?.version ?? 0) + (differs ? 1 : 0) };
    await this.memberships.save(tx, now, was?.decidedBy ?? 'file', place);
    // Somebody whom the identity provider now calls differently is told of for each organisation that they belong to.
    const called = before.filter((m) => m.orgId !== orgId || !differs).filter((m) => m.subject !== staff.subject);
    for (const m of [...(differs ? [now] : []), ...called])
      (await tx.lock(staff.userId)).publish(
        MembershipChanged,
        membershipChanged(m, staff.subject, m.orgId === orgId ? place : placeIn(before, m.orgId)),
      );
  }
}

/** Where a file puts somebody, with ids for its codes. */
interface FilePart {
  readonly orgId: string;
  readonly areas: readonly string[];
  readonly place: Place;
}

/** Until an identity provider says otherwise, a person's subject is their id: opaque, and no name. */
const staffOf = (account: AccountOfFile, kind: Staff['kind'], before = account.id): Staff => ({
  ...{ userId: account.id, username: account.username, name: account.displayName, kind },
  subject: account.subject ?? before,
});

const placeOf = (account: AccountOfFile, ids: Map<string, string>): Place => ({
  jobTitle: account.jobTitle ?? null,
  team: account.team ?? null,
  manager: account.manager === undefined ? null : named(ids, account.manager),
});

const placeIn = (before: readonly StaffMember[], orgId: string): Standing =>
  before.find((m) => m.orgId === orgId) ?? { team: null, manager: null };

function named(ids: Map<string, string>, name: string): string {
  const id = ids.get(name);
  if (!id) throw new Error(`the partnership file refers to "${name}", which it does not define`);
  return id;
}
