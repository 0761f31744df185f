import { isId, newEventId, type Action, type Role } from '@concordat/contracts';

/** Who is acting: a member of staff for one organisation, another Concordat service, or a clock or event. */
export interface Actor {
  readonly kind: 'user' | 'service' | 'system';
  readonly id: string;
  /** The organisation acted for. Machines have none. */
  readonly orgId: string | null;
  readonly roles: readonly (Role | 'service' | 'system')[];
  /** Areas (hubs) the membership covers. */
  readonly areas: readonly string[];
  /** Set when it is no person but an API client of the organisation: what its token lets it do, and by which secret it was had. */
  readonly client?: { readonly secretId: string; readonly may: ReadonlySet<Action> };
}

/** One request, as the waist needs it: who asks, for what purpose, how, and with what body. */
export interface Call {
  readonly actor: Actor;
  readonly correlationId: string;
  /** Why the caller looks or acts: a code. Defaults to `safeguarding`. */
  readonly purpose: string;
  readonly method: string;
  readonly path: string;
  readonly address: string;
  readonly idempotencyKey: string | null;
  /** The version in If-Match that a change was made from. */
  readonly expectedVersion: number | null;
  /** Body and query as sent: unchecked until `valid()` has seen them. */
  readonly body: unknown;
  readonly query: Readonly<Record<string, unknown>>;
  readonly causationId?: string;
  /** Milliseconds since 1970 when the person last proved who they are; null when the identity provider does not tell. */
  readonly signedInAt?: number | null;
  /** Told the id of the audit entry that this request left, which goes back to the caller in a header. */
  readonly answered?: (auditId: string) => void;
}

/** A call made by the system itself: a clock, an event, a start-up step. */
export function systemCall(id: string, purpose: string, more: Partial<Call> = {}): Call {
  return {
    actor: { kind: 'system', id, orgId: null, roles: ['system'], areas: [] },
    correlationId: newEventId(),
    purpose,
    method: 'SYSTEM',
    path: '',
    address: '',
    idempotencyKey: null,
    expectedVersion: null,
    body: undefined,
    query: {},
    ...more,
  };
}

/** A correlation id given by a caller, if it is one of the harmless form; else a new one. */
export const correlationFrom = (given: unknown): string =>
  isId(given) || (typeof given === 'string' && /^[A-Za-z0-9-]{8,64}$/.test(given)) ? given : newEventId();
