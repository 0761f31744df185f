import type { Adapter, AdapterPayload } from 'oidc-provider' with { 'resolution-mode': 'import' };

interface Kept {
  readonly payload: AdapterPayload;
  readonly until: number;
}

/** What several adapters of one provider share, so that a grant can be revoked with everything made under it. */
export class MemoryStore {
  readonly kept = new Map<string, Kept>();
  readonly byGrant = new Map<string, Set<string>>();
  private sweptAt = 0;

  /** Forgets what has expired, now and then: sign-ins are kept for as long as they last and no longer. */
  sweep(now: number): void {
    if (now - this.sweptAt < 60_000) return;
    this.sweptAt = now;
    for (const [key, { until }] of this.kept) if (until <= now) this.kept.delete(key);
    for (const [grant, keys] of this.byGrant) {
      for (const key of keys) if (!this.kept.has(key)) keys.delete(key);
      if (keys.size === 0) this.byGrant.delete(grant);
    }
  }
}

/** Keeps sign-ins, codes and grants of the development identity provider in memory: a restart signs everybody out of it. */
export class MemoryAdapter implements Adapter {
  constructor(
    private readonly store: MemoryStore,
    private readonly model: string,
  ) {}

  async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    const now = Date.now();
    this.store.sweep(now);
    const key = this.key(id);
    this.store.kept.set(key, { payload, until: expiresIn ? now + expiresIn * 1000 : Infinity });
    if (payload.grantId) {
      const keys = this.store.byGrant.get(payload.grantId) ?? new Set();
      this.store.byGrant.set(payload.grantId, keys.add(key));
    }
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    const found = this.store.kept.get(this.key(id));
    return found && found.until > Date.now() ? found.payload : undefined;
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.findWhere((payload) => payload.uid === uid);
  }

  async findByUserCode(): Promise<undefined> {
    return undefined; // the device flow is off
  }

  async consume(id: string): Promise<void> {
    const found = await this.find(id);
    if (found) found.consumed = Math.floor(Date.now() / 1000);
  }

  async destroy(id: string): Promise<void> {
    this.store.kept.delete(this.key(id));
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    for (const key of this.store.byGrant.get(grantId) ?? []) this.store.kept.delete(key);
    this.store.byGrant.delete(grantId);
  }

  private findWhere(holds: (payload: AdapterPayload) => boolean): AdapterPayload | undefined {
    for (const [key, { payload, until }] of this.store.kept) {
      if (key.startsWith(`${this.model}/`) && until > Date.now() && holds(payload)) return payload;
    }
    return undefined;
  }

  private key(id: string): string {
    return `${this.model}/${id}`;
  }
}
