import { UnitOfWork } from '@concordat/messaging';
import { serviceActorId, systemCall, TooMany, Unauthenticated, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import type { Role } from '@concordat/contracts';
import { Memberships, type StaffMember } from '../memberships.repository';
import { Organisations } from '../organisations.repository';
import { Attempts } from '../attempts';

/** Somebody whom one may sign in as at the development identity provider. */
export interface Persona {
  readonly username: string;
  readonly subject: string;
  readonly name: string;
  readonly organisation: string;
  readonly jobTitle: string | null;
  readonly roles: readonly Role[];
}

/** Where a sign-in came from, for the audit entry of its refusal. */
export interface Attempt {
  readonly method: string;
  readonly path: string;
  readonly address: string;
}

/** The people of the partnership as accounts of the development identity provider. There are no passwords. */
@Injectable()
export class Personas {
  private readonly attempts = new Attempts();

  constructor(
    private readonly unit: UnitOfWork,
    private readonly memberships: Memberships,
    private readonly organisations: Organisations,
  ) {}

  /** Everybody who can sign in, by organisation and then name. */
  all(from: Attempt): Promise<Persona[]> {
    return this.unit.read({ action: 'staff.list', call: callOf(from) }, async (tx) => {
      const names = new Map((await this.organisations.all(tx)).map((o) => [o.id, o.name]));
      const people = (await this.memberships.everybody(tx)).filter((m) => m.active && m.kind === 'person');
      tx.about({ objects: people.map((p) => ({ t: 'staff' as const, id: p.userId })) });
      return people
        .map((p) => ({ ...p, organisation: names.get(p.orgId) ?? '' }))
        .sort((a, b) => a.organisation.localeCompare(b.organisation) || a.name.localeCompare(b.name));
    });
  }

  /**
   * signIn answers the persona's subject. Throws Unauthenticated for an account that is unknown or disabled and TooMany for
   * one that has failed too often; each refusal is on record before it is answered (REC-4).
   */
  async signIn(username: string, from: Attempt): Promise<string> {
    const call = callOf(from);
    const wait = this.attempts.lockedFor(username, Date.now());
    if (wait > 0) {
      await this.refuse(call, username, [], 'account.locked');
      throw new TooMany('account.locked', 'This account has failed to sign in too often. Try again in a minute', {
        retryAfterSeconds: wait,
      });
    }
    const found = await this.unit.read({ action: 'staff.list', call }, async (tx) => {
      const memberships = await this.memberships.byUsername(tx, username);
      tx.about({ objects: memberships.map((m) => ({ t: 'staff' as const, id: m.userId })) });
      return memberships;
    });
    const usable = found.find((m) => m.active && m.kind === 'person');
    if (!usable) {
      this.attempts.failed(username, Date.now());
      await this.refuse(call, username, found, found.length > 0 ? 'account.disabled' : 'account.unknown');
      throw new Unauthenticated('account.refused', 'This account cannot sign in');
    }
    this.attempts.succeeded(username);
    return usable.subject;
  }

  private refuse(call: Call, username: string, found: readonly StaffMember[], reason: string): Promise<void> {
    const objects = found.slice(0, 1).map((m) => ({ t: 'staff' as const, id: m.userId }));
    return this.unit.refuse({ action: 'session.refuse', call, objects }, reason, { username });
  }
}

const callOf = (from: Attempt): Call => systemCall(serviceActorId('identity'), 'sign-in', { ...from });
