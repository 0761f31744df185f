import type { Role } from '@concordat/contracts';
import { Injectable } from '@nestjs/common';
import { Apis, type Asking } from './apis';

export interface Organisation {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly active?: boolean;
}
export interface Area {
  readonly id: string;
  readonly name: string;
  readonly leadOrg?: string;
  readonly active?: boolean;
}
export interface Me {
  readonly id: string;
  readonly name: string;
  readonly organisation: Organisation;
  readonly roles: readonly Role[];
  readonly areas: readonly Area[];
}
export interface StaffMember {
  readonly id: string;
  readonly name: string;
  readonly orgId: string;
  readonly roles: readonly Role[];
  readonly areas: readonly string[];
  readonly active: boolean;
  readonly mayReceive: boolean;
}

/** The `identity` context: who one is, and the directory. */
@Injectable()
export class Identity {
  constructor(private readonly apis: Apis) {}

  me(asking: Asking): Promise<Me> {
    return this.apis.get(asking, 'identity', '/me');
  }

  startSession(asking: Asking, key: string): Promise<unknown> {
    return this.apis.change(asking, 'POST', 'identity', '/sessions', { key });
  }

  endSession(asking: Asking, key: string): Promise<unknown> {
    return this.apis.change(asking, 'POST', 'identity', '/sessions/end', { key });
  }

  async organisations(asking: Asking): Promise<readonly Organisation[]> {
    return (await this.apis.get<{ organisations: Organisation[] }>(asking, 'identity', '/organisations')).organisations;
  }

  async areas(asking: Asking): Promise<readonly Area[]> {
    return (await this.apis.get<{ areas: Area[] }>(asking, 'identity', '/areas')).areas;
  }

  async staffOf(asking: Asking, org: string): Promise<readonly StaffMember[]> {
    return (await this.apis.get<{ staff: StaffMember[] }>(asking, 'identity', '/staff', { org })).staff;
  }

  async staff(asking: Asking, ids: readonly string[]): Promise<readonly StaffMember[]> {
    const query = { ids: ids.join(',') };
    return (await this.apis.get<{ staff: StaffMember[] }>(asking, 'identity', '/staff', query)).staff;
  }
}
