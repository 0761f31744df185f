import { actionsOf, isId, type ContextName, type Role } from '@concordat/contracts';
import { serviceActorId, Unauthenticated, Unavailable, type Actor, type Claims } from '@concordat/platform';
import type { Pool } from 'pg';

/** A membership as this context knows it. */
export interface Member {
  readonly userId: string;
  readonly orgId: string;
  readonly roles: readonly Role[];
  readonly areas: readonly string[];
}

const CACHED_MS = 5_000;
const REMEMBERED = 10_000;

/**
 * Who works where, from this context's own copy. A revoked membership ends access within seconds: the copy is fed by
 * events, compared with its owner every ten seconds, cached for five, and refused when it is older than the bound.
 */
export class Members {
  private readonly cache = new Map<string, { members: readonly Member[]; until: number }>();
  /** How often something was forgotten: an answer that was on its way meanwhile may be of the old rows, and is not kept. */
  private forgotten = 0;

  constructor(
    private readonly pool: Pool,
    private readonly ageMs: () => number,
    private readonly boundMs: number,
    private readonly services: readonly ContextName[],
  ) {}

  /**
   * actor turns claims into who is acting. `wantedOrg` chooses among the memberships of a person who has several.
   * Throws Unauthenticated for a person unknown or no longer a member, or who did not sign in as is demanded, Unavailable when the copy is too old to decide by.
   */
  async actor(claims: Claims, wantedOrg: string | undefined): Promise<Actor> {
    if (claims.service !== null) return this.service(claims.service);
    if (claims.tooWeak !== undefined)
      throw new Unauthenticated('sign-in.too-weak', 'Sign in with a second factor, as this installation demands', {
        acrValues: claims.tooWeak,
      });
    if (this.ageMs() > this.boundMs)
      throw new Unavailable('access.stale', 'Who may see what cannot be decided just now. Try again shortly');
    const members = await this.of(claims.subject);
    const member = isId(wantedOrg) ? members.find((m) => m.orgId === wantedOrg) : members[0];
    if (!member)
      throw new Unauthenticated('member.unknown', 'You are not a member of an organisation in this partnership');
    const { userId: id, orgId, roles, areas } = member;
    const client = claims.client && { secretId: claims.client.secretId, may: actionsOf(claims.client.scopes) };
    return { kind: 'user', id, orgId, roles, areas, ...(client ? { client } : {}) };
  }

  /** forget drops what was cached. It MUST be called after the change of the copy has committed, or the old is read again. */
  forget(subject: string): void {
    this.forgotten++;
    this.cache.delete(subject);
  }

  /** The same for everybody, when an organisation was closed or opened again. */
  forgetAll(): void {
    this.forgotten++;
    this.cache.clear();
  }

  private async of(subject: string): Promise<readonly Member[]> {
    const kept = this.cache.get(subject);
    if (kept && kept.until > Date.now()) return kept.members;
    const { forgotten } = this;
    const rows = await this.pool
      .query<Member>({
        name: 'members-of',
        text: `SELECT m.user_id AS "userId", m.org_id AS "orgId", m.roles, m.areas FROM member m JOIN organisation o USING (org_id)
              WHERE m.subject = $1 AND m.active AND o.active ORDER BY m.org_id`,
        values: [subject],
      })
      .then((result) => result.rows)
      .catch(() => {
        throw new Unavailable('database.unreachable', 'The database cannot be reached. Nothing was done');
      });
    if (forgotten !== this.forgotten) return rows;
    if (this.cache.size >= REMEMBERED) this.cache.clear();
    this.cache.set(subject, { members: rows, until: Date.now() + CACHED_MS });
    return rows;
  }

  private service(name: string): Actor {
    if (!(this.services as readonly string[]).includes(name) && name !== 'web')
      throw new Unauthenticated('service.unknown', 'This service is not known here');
    return { kind: 'service', id: serviceActorId(name), orgId: null, roles: ['service'], areas: [] };
  }
}
