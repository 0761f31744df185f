import { mayDo, type Action } from '@concordat/contracts';
import { correlationOf, Unauthenticated, type Request } from '@concordat/platform';
import { createParamDecorator, Injectable, type ExecutionContext } from '@nestjs/common';
import type { Asking } from '../apis/apis';
import type { Me } from '../apis/identity';
import { IdentityProvider } from './identity-provider';
import { isUnattended } from '../web-paths';
import type { Session } from './session';
import { Sessions } from './sessions';

/** A request of the web front end, as our hooks leave it. */
export type WebRequest = Request & {
  visit?: Visit;
  nonce?: string;
  /** Status and place that the page decided; put on the reply as it leaves, because Nest sets its own before. */
  answer?: { status: number; location?: string };
};

/** Tokens are renewed when they have less than this left, so that none ends on its way. */
const RENEW_MS = 30_000;

/** One request of one browser: who is there, and what they may be offered. */
export class Visit implements Asking {
  constructor(
    readonly correlationId: string,
    readonly address: string,
    readonly sessionId: string | null,
    readonly session: Session | null,
    /** A cookie named a session that is over. */
    readonly expired: boolean,
    private readonly renew: (id: string, session: Session) => Promise<string>,
  ) {}

  get me(): Me | null {
    return this.session?.me ?? null;
  }

  /** Who is signed in; throws Unauthenticated when nobody is. */
  get person(): Me {
    if (!this.me) throw this.nobody();
    return this.me;
  }

  /** Whether to offer an action. The contexts decide; this only keeps back what they would refuse anyway. */
  may(action: Action): boolean {
    return this.me !== null && mayDo(this.me.roles, action);
  }

  async token(): Promise<string> {
    const tokens = this.session?.tokens;
    if (!this.session || !this.sessionId || !tokens) throw this.nobody();
    return tokens.until - Date.now() > RENEW_MS ? tokens.access : this.renew(this.sessionId, this.session);
  }

  private nobody(): Unauthenticated {
    return new Unauthenticated(this.expired ? 'session.expired' : 'session.none', 'Sign in to see this page');
  }
}

/** Makes visits of requests. */
@Injectable()
export class Visits {
  /** Renewals under way, so that two requests at once do not spend one refresh token twice. */
  private readonly renewing = new Map<string, Promise<string>>();

  constructor(
    private readonly sessions: Sessions,
    private readonly provider: IdentityProvider,
  ) {}

  async of(request: Request, id: string | null): Promise<Visit> {
    const unattended = isUnattended(request.url);
    const session = id ? await (unattended ? this.sessions.peek(id) : this.sessions.find(id)) : null;
    const expired = id !== null && !session;
    return new Visit(correlationOf(request), request.ip, session ? id : null, session, expired, (sid, s) =>
      this.renew(sid, s),
    );
  }

  private renew(id: string, session: Session): Promise<string> {
    const underWay = this.renewing.get(id);
    if (underWay) return underWay;
    const renewal = this.renewed(id, session).finally(() => this.renewing.delete(id));
    this.renewing.set(id, renewal);
    return renewal;
  }

  private async renewed(id: string, session: Session): Promise<string> {
    try {
      const tokens = await this.provider.refresh(session.tokens!);
      const now = Date.now();
      await this.sessions.save(id, { ...session, tokens, seen: now }, now);
      return tokens.access;
    } catch (error) {
      if (error instanceof Unauthenticated) await this.sessions.end(id);
      throw error;
    }
  }
}

/** The visit of this request, as a parameter of a page. */
export const Visiting = createParamDecorator((_: unknown, execution: ExecutionContext): Visit => {
  const { visit } = execution.switchToHttp().getRequest<WebRequest>();
  if (!visit) throw new Unauthenticated('session.none', 'Sign in to see this page');
  return visit;
});
