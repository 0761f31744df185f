import type { Role } from '@concordat/contracts';
import { Injectable } from '@nestjs/common';
import { Apis, type Asking, type Change } from './apis';

/** Somebody's part in an organisation, as an administrator sees it. */
export interface Member {
  readonly userId: string;
  readonly orgId: string;
  readonly username: string;
  readonly name: string;
  readonly kind: 'person' | 'system';
  readonly jobTitle: string | null;
  readonly roles: readonly Role[];
  readonly areas: readonly string[];
  readonly active: boolean;
  readonly version: number;
}

/** What somebody shall be from now on. */
export interface Part {
  readonly roles: readonly string[];
  readonly areas: readonly string[];
}

/** The `identity` context, for administrators: who is a member of what. */
@Injectable()
export class Members {
  constructor(private readonly apis: Apis) {}

  async of(asking: Asking, org: string): Promise<readonly Member[]> {
    return (await this.apis.get<{ members: Member[] }>(asking, 'identity', '/members', { org })).members;
  }

  grant(asking: Asking, body: object, key: string): Promise<unknown> {
    return this.apis.change(asking, 'POST', 'identity', '/members', { body, key });
  }

  change(asking: Asking, { userId, orgId }: Member, body: Part, change: Change): Promise<unknown> {
    return this.apis.change(asking, 'PUT', 'identity', `/members/${userId}/${orgId}`, { ...change, body });
  }

  revoke(asking: Asking, { userId, orgId }: Member, change: Change): Promise<unknown> {
    return this.apis.change(asking, 'POST', 'identity', `/members/${userId}/${orgId}/revocation`, change);
  }
}
