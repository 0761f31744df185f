import { Injectable } from '@nestjs/common';
import { Apis, type Asking, type Change } from './apis';
import { Directory } from './directory';

interface Registered {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly active: boolean;
  readonly version: number;
}
export interface RegisteredOrganisation extends Registered {
  readonly type: string;
  /** How many people are members; null where the visitor does not administer them. */
  readonly members: number | null;
}
export interface RegisteredArea extends Registered {
  readonly leadOrg: string;
  readonly covering: readonly { readonly orgId: string; readonly members: number }[];
}
/** Both registers, and whether the visitor may keep those of others too. */
export interface RegisterView {
  readonly leads: boolean;
  readonly organisations: readonly RegisteredOrganisation[];
  readonly areas: readonly RegisteredArea[];
}
export type RegisterName = 'organisations' | 'areas';

/** The `identity` context, for administrators: which organisations and areas there are. */
@Injectable()
export class Register {
  constructor(
    private readonly apis: Apis,
    private readonly directory: Directory,
  ) {}

  view(asking: Asking): Promise<RegisterView> {
    return this.apis.get(asking, 'identity', '/register');
  }

  add(asking: Asking, name: RegisterName, body: object, key: string): Promise<unknown> {
    return this.done(this.apis.change(asking, 'POST', 'identity', `/${name}`, { body, key }));
  }

  change(asking: Asking, name: RegisterName, id: string, change: Change): Promise<unknown> {
    return this.done(this.apis.change(asking, 'PUT', 'identity', `/${name}/${id}`, change));
  }

  step(
    asking: Asking,
    name: RegisterName,
    id: string,
    step: 'closing' | 'reopening',
    change: Change,
  ): Promise<unknown> {
    return this.done(this.apis.change(asking, 'POST', 'identity', `/${name}/${id}/${step}`, change));
  }

  /** What pages call organisations and areas is asked for again once it has changed. */
  private async done(changed: Promise<unknown>): Promise<unknown> {
    const answer = await changed;
    this.directory.forget();
    return answer;
  }
}
