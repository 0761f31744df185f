import { SetMetadata } from '@nestjs/common';
import type { Action } from '@concordat/contracts';

export const DESCRIBED = 'concordat:described';

/** What the API document says of a route. Schemas come from the DTO's class-validator rules, so they cannot drift. */
export interface Described {
  readonly summary: string;
  readonly body?: new () => object;
  readonly query?: new () => object;
  /** A body that is accepted, where none can be made from the rules. */
  readonly example?: object;
  /** The action that the route performs: names the permission, and the audit entry that it leaves. */
  readonly action?: Action;
  /** Status of success; 200 unless said. */
  readonly status?: number;
  /** Media type of the answer when it is not JSON. */
  readonly produces?: string;
}

/** Describes a route for `/api/openapi.json`. */
export const Describe = (described: Described) => SetMetadata(DESCRIBED, described);
