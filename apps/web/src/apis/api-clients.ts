import type { ScopeName } from '@concordat/contracts';
import { Injectable } from '@nestjs/common';
import { Apis, type Asking, type Change } from './apis';

/** What an administrator sees of a secret: never the secret. */
export interface ClientSecret {
  readonly id: string;
  readonly hint: string;
  readonly madeAt: string;
  readonly expiresAt: string;
  readonly endedAt: string | null;
  readonly lastUsedAt: string | null;
  readonly usable: boolean;
}

/** A system of an agency that uses the API. */
export interface ApiClient {
  readonly id: string;
  readonly orgId: string;
  readonly name: string;
  readonly scopes: readonly ScopeName[];
  readonly status: 'live' | 'ended';
  readonly registeredAt: string;
  readonly endedAt: string | null;
  readonly version: number;
  readonly secrets: readonly ClientSecret[];
}

/** The answer in which a secret is, once: null when it was given before. */
export interface Shown {
  readonly id: string;
  readonly secret: string | null;
}

/** The `identity` context, for administrators: which systems of agencies use the API. */
@Injectable()
export class ApiClients {
  constructor(private readonly apis: Apis) {}

  async of(asking: Asking, org: string): Promise<readonly ApiClient[]> {
    return (await this.apis.get<{ clients: ApiClient[] }>(asking, 'identity', '/clients', { org })).clients;
  }

  register(asking: Asking, body: object, key: string): Promise<Shown> {
    return this.apis.change(asking, 'POST', 'identity', '/clients', { body, key });
  }

  addSecret(asking: Asking, id: string, change: Change): Promise<Shown> {
    return this.apis.change(asking, 'POST', 'identity', `/clients/${id}/secrets`, change);
  }

  endSecret(asking: Asking, id: string, secretId: string, change: Change): Promise<unknown> {
    return this.apis.change(asking, 'POST', 'identity', `/clients/${id}/secrets/${secretId}/end`, change);
  }

  end(asking: Asking, id: string, change: Change): Promise<unknown> {
    return this.apis.change(asking, 'POST', 'identity', `/clients/${id}/end`, change);
  }
}
