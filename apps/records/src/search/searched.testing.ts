import { eventually, type TestApp } from '@concordat/testing';

export interface HitFound {
  readonly kind: string;
  readonly id: string;
  readonly reference?: string;
  readonly subjectName?: string;
  readonly name?: { readonly given?: string; readonly family?: string };
  readonly cases?: readonly { readonly id: string }[];
  readonly reasons: readonly { readonly code: string }[];
  readonly excerpt?: readonly { readonly text: string; readonly hit: boolean }[];
}
export interface FoundBody {
  readonly items: readonly HitFound[];
  readonly next: string | null;
  readonly count: { readonly people: object; readonly texts: object };
  readonly tooCommon: boolean;
  readonly terms: string;
}

/** What a search is answered with at first: an id, or what was wrong with it. */
interface Started {
  readonly searchId: string;
  readonly errors: readonly { readonly field: string; readonly code: string }[];
}

/** Searches as people do: what they look for is posted, and what is found is read under an id. */
export class Searching {
  constructor(private readonly app: TestApp) {}

  start(who: string, q: unknown) {
    return this.app.as(who).post<Started>('/api/records/searches', { q });
  }

  async answer(who: string, q: string, query = '') {
    const { status, body } = await this.start(who, q);
    expect([status, body.errors]).toEqual([201, undefined]);
    return this.app.as(who).get<FoundBody>(`/api/records/searches/${body.searchId}${query}`);
  }

  async found(who: string, q: string): Promise<readonly HitFound[]> {
    const { status, body } = await this.answer(who, q, '?limit=100');
    expect([status, body.terms]).toEqual([200, q]);
    return body.items;
  }

  /** The codes of why something is found, or null when it is not. */
  async why(who: string, q: string, id: string): Promise<string[] | null> {
    return (await this.found(who, q)).find((h) => h.id === id)?.reasons.map((r) => r.code) ?? null;
  }

  /** Waits until records has heard all of itself: what has been done can be found. */
  async indexed(): Promise<void> {
    await eventually(
      async () => {
        const [row] = await this.app.sql<{ left: number }>(
          'SELECT (SELECT count(*) FROM records.outbox WHERE published_at IS NULL)::int + (SELECT count(*) FROM records.inbox)::int AS left',
        );
        return row!.left === 0;
      },
      { timeoutMs: 20_000 },
    );
  }
}
