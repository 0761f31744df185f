import { demand } from '@concordat/access';
import { MembershipChanged, newId, NotFound, rolesOf, type Action } from '@concordat/contracts';
import { UnitOfWork, type Receipted, type Tx } from '@concordat/messaging';
import { clientSubject, expectVersion, Invalid, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import {
  addSecret,
  end,
  endSecret,
  expiryOf,
  hashOf,
  newSecret,
  stateOf,
  usable,
  type ApiClient,
  type ClientSecret,
} from '../api-client';
import { ApiClients } from '../api-clients.repository';
import { administering, membershipChanged, type Membership } from '../membership';
import { Memberships } from '../memberships.repository';
import { Organisations } from '../organisations.repository';
import { ClientsQueryDto, RegisterClientDto } from './clients.dto';

const NOWHERE = { team: null, manager: null };

/** What administrators do about systems of agencies that use the API: register, give another secret, end. */
@Injectable()
export class ClientsService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly clients: ApiClients,
    private readonly memberships: Memberships,
    private readonly organisations: Organisations,
  ) {}

  list(call: Call) {
    return this.unit.read({ action: 'client.list', call }, async (tx) => {
      demand(tx.actor, 'client.list');
      const { org } = valid(ClientsQueryDto, call.query);
      await this.demandReach(tx, 'client.list', org);
      const found = await this.clients.of(tx, org);
      tx.about({ objects: found.map(({ id }) => ({ t: 'client', id })) });
      return { clients: found.map((client) => told(client, tx.now)) };
    });
  }

  async register(call: Call) {
    const fresh = await this.fresh();
    const done = await this.unit.run({ action: 'client.register', call }, async (tx) => {
      demand(tx.actor, 'client.register');
      const { orgId, name, scopes } = valid(RegisterClientDto, call.body);
      await this.demandReach(tx, 'client.register', orgId);
      if (!(await this.organisations.all(tx)).some((o) => o.id === orgId && o.active))
        throw new Invalid([{ field: 'orgId', code: 'organisation.unknown', message: 'There is no such organisation' }]);
      const id = newId();
      const client: ApiClient = {
        ...{ id, orgId, name, scopes, registeredAt: tx.now, endedAt: null, version: 1 },
        secrets: [keptOf(fresh, tx.now)],
      };
      const account: Membership = {
        ...{ userId: id, orgId, roles: rolesOf(scopes), areas: [], active: true, mayReceive: false, version: 1 },
      };
      await this.memberships.saveStaff(tx, {
        ...{ userId: id, username: `client.${id}`, subject: clientSubject(id), name, kind: 'system' },
      });
      await this.memberships.save(tx, account, 'administrator');
      await this.clients.add(tx, client);
      tx.open(id).publish(MembershipChanged, membershipChanged(account, clientSubject(id), NOWHERE));
      tx.about({ objects: [{ t: 'client', id }], items: scopes, recipients: [{ org: orgId }] });
      return { id, orgId, version: 1, secretId: fresh.id };
    });
    return shown(done, fresh);
  }

  async addSecret(call: Call, id: string) {
    const fresh = await this.fresh();
    const done = await this.alter('client.add-secret', call, id, async (tx, was) => {
      const now = addSecret(was, keptOf(fresh, tx.now), tx.now);
      await this.clients.addSecret(tx, id, now.secrets.at(-1)!);
      return { now, more: { secretId: fresh.id } };
    });
    return shown(done, fresh);
  }

  async endSecret(call: Call, id: string, secretId: string) {
    const done = await this.alter('client.end-secret', call, id, (tx, was) =>
      Promise.resolve({ now: endSecret(was, secretId, tx.now), more: { secretId } }),
    );
    return { ...done.value, receipt: done.receipt };
  }

  async end(call: Call, id: string) {
    const done = await this.alter('client.end', call, id, async (tx, was) => {
      const now = end(was, tx.now);
      const account = await this.memberships.find(tx, id, was.orgId);
      const ended: Membership = { ...account!, active: false, version: account!.version + 1 };
      await this.memberships.save(tx, ended, 'administrator');
      (await tx.lock(id)).publish(MembershipChanged, membershipChanged(ended, clientSubject(id), account!));
      return { now, more: {} };
    });
    return { ...done.value, receipt: done.receipt };
  }

  /** A change of a client: within reach (404), made from what is current (409), then `decide`. */
  private alter<T extends Record<string, unknown>>(
    action: Action,
    call: Call,
    id: string,
    decide: (tx: Tx, was: ApiClient) => Promise<{ now: ApiClient; more: T }>,
  ) {
    return this.unit.run({ action, call, objects: [{ t: 'client', id }] }, async (tx) => {
      await tx.lock(id);
      const was = await this.clients.find(tx, id);
      // Systems of an agency are known to its own people, and to whoever administers it: to others there is none of that id.
      const reach = was ? administering(was.orgId, tx.actor, await this.organisations.areas(tx)) : [];
      if (!was || ![was.orgId, ...reach].includes(tx.actor.orgId ?? '')) throw new NotFound('client');
      expectVersion(call, 'client', was.version);
      demand(tx.actor, action, { orgs: reach });
      const { now, more } = await decide(tx, was);
      await this.clients.save(tx, now);
      tx.about({ recipients: [{ org: was.orgId }], detail: more });
      return { id, orgId: was.orgId, version: now.version, status: stateOf(now), ...more };
    });
  }

  private async demandReach(tx: Tx, action: Action, orgId: string): Promise<void> {
    demand(tx.actor, action, { orgs: administering(orgId, tx.actor, await this.organisations.areas(tx)) });
  }

  /** Made before the transaction, so that neither the hash is waited for in it nor the secret kept with its reply. */
  private async fresh(): Promise<Fresh> {
    const secret = newSecret();
    return { id: newId(), secret, hash: await hashOf(secret) };
  }
}

interface Fresh {
  readonly id: string;
  readonly secret: string;
  readonly hash: string;
}

const keptOf = ({ id, secret, hash }: Fresh, madeAt: Date): ClientSecret => ({
  ...{ id, hint: secret.slice(-4), hash, madeAt, expiresAt: expiryOf(madeAt), endedAt: null, lastUsedAt: null },
});

/** The secret is in the first answer only. Asked again under the same key, one learns that it was made, and not what it is. */
const shown = <T extends object>({ value, receipt, replayed }: Receipted<T>, { secret }: Fresh) => ({
  ...value,
  secret: replayed ? null : secret,
  receipt,
});

const told = (client: ApiClient, now: Date) => ({
  ...{ ...client, status: stateOf(client) },
  secrets: client.secrets.map(({ hash: _, ...secret }) => ({
    ...secret,
    usable: usable(client, now).some((s) => s.id === secret.id),
  })),
});
