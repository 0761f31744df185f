import { Tokens } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { Apis, asBearer, type Asking } from './apis';
import type { Done, List } from './lists';

export interface AppliedComplaint {
  readonly behaviourOn: string;
  readonly complainedOn: string;
  readonly summary: string;
}
export interface AsbApplication {
  readonly id: string;
  readonly version: number;
  readonly reference: string;
  readonly channel: 'online' | 'told';
  readonly receivedAt: string;
  readonly document: {
    readonly appliesFor: 'self' | 'other';
    readonly name: string;
    readonly contact: string;
    readonly appliedBy?: string;
    readonly about: string;
    readonly complaints?: readonly AppliedComplaint[];
  };
}

/** A settled application, without anything that was sent in it. */
export interface KeptApplication {
  readonly id: string;
  readonly version: number;
  readonly reference: string;
  readonly receivedAt: string;
  readonly erasedAt: string | null;
  readonly reviewId: string | null;
  readonly reviewReference: string | null;
  readonly until: string | null;
  readonly due: boolean;
}
interface KeepingRule {
  readonly id: string;
  readonly version: number;
  readonly source: string;
  readonly verified: boolean;
  readonly setAside: string;
  readonly closed: string;
}

/** Applications for ASB case reviews: sent by anybody, taken by coordinators. */
@Injectable()
export class AsbApplications {
  constructor(
    private readonly apis: Apis,
    private readonly tokens: Tokens,
  ) {}

  /** Bodies that can be applied to. Asked as the front end: whoever fills in the form need not be anybody. */
  async bodies(asking: Asking): Promise<readonly { readonly id: string; readonly name: string }[]> {
    const path = '/asb-applications/bodies';
    return (await this.apis.get<{ bodies: { id: string; name: string }[] }>(this.ours(asking), 'reviews', path)).bodies;
  }

  apply(asking: Asking, body: object, key: string): Promise<Done> {
    return this.apis.change(this.ours(asking), 'POST', 'reviews', '/asb-applications', { body, key });
  }

  /** What somebody told a coordinator, who writes it down in their own name. */
  record(asking: Asking, body: object, key: string): Promise<Done> {
    return this.apis.change(asking, 'POST', 'reviews', '/asb-applications', { body, key });
  }

  /** One that waits. Throws NotFound once it is settled. */
  one(asking: Asking, id: string): Promise<AsbApplication> {
    return this.apis.get(asking, 'reviews', `/asb-applications/${id}`);
  }

  waiting(asking: Asking, page: string) {
    return this.apis.get<{ items: AsbApplication[]; total: number; page: number; pages: number }>(
      asking,
      'reviews',
      '/asb-applications',
      { page },
    );
  }

  settle(
    asking: Asking,
    id: string,
    what: 'register' | 'set-aside',
    body: object,
    { key, version }: { readonly key: string; readonly version: number },
  ): Promise<Done & { readonly reviewId?: string }> {
    return this.apis.change(asking, 'POST', 'reviews', `/asb-applications/${id}/${what}`, { body, key, version });
  }

  kept(asking: Asking, query: { cursor?: string }) {
    const path = '/asb-applications/kept';
    return this.apis.get<List<KeptApplication> & { rule: KeepingRule | null }>(asking, 'reviews', path, query);
  }

  keptOne(asking: Asking, id: string): Promise<KeptApplication> {
    return this.apis.get(asking, 'reviews', `/asb-applications/kept/${id}`);
  }

  erase(
    asking: Asking,
    id: string,
    { key, version }: { readonly key: string; readonly version: number },
  ): Promise<Done> {
    return this.apis.change(asking, 'POST', 'reviews', `/asb-applications/${id}/erasure`, { body: {}, key, version });
  }

  private ours(asking: Asking): Asking {
    return asBearer(asking, () => this.tokens.service('web'));
  }
}
