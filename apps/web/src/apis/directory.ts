import { Injectable } from '@nestjs/common';
import type { Asking } from './apis';
import { Identity, type Area, type Organisation } from './identity';

const FRESH_MS = 60_000;
const ASKED_AT_ONCE = 100;

/** Names for ids: organisations, areas and staff, which every member may know. Kept for a minute. */
export interface Names {
  organisation(id: string | null | undefined): string;
  area(id: string | null | undefined): string;
  person(id: string | null | undefined): string;
}

/** The directory, as pages need it. */
@Injectable()
export class Directory {
  private organisationsKept = new Kept<readonly Organisation[]>();
  private areasKept = new Kept<readonly Area[]>();
  private readonly staffKept = new Map<string, { name: string; until: number }>();

  constructor(private readonly identity: Identity) {}

  organisations(asking: Asking): Promise<readonly Organisation[]> {
    return this.organisationsKept.or(() => this.identity.organisations(asking));
  }

  areas(asking: Asking): Promise<readonly Area[]> {
    return this.areasKept.or(() => this.identity.areas(asking));
  }

  /** forget has organisations and areas asked for again: an administrator has changed them. */
  forget(): void {
    this.organisationsKept = new Kept<readonly Organisation[]>();
    this.areasKept = new Kept<readonly Area[]>();
  }

  /** Names of everything a page shows; `people` are the ids of staff on it. */
  async names(asking: Asking, people: readonly (string | null | undefined)[] = []): Promise<Names> {
    const [organisations, areas] = await Promise.all([this.organisations(asking), this.areas(asking)]);
    await this.learn(asking, people);
    const nameIn = (
      list: readonly { id: string; name: string }[],
      id: string | null | undefined,
      otherwise: string,
    ): string => list.find((each) => each.id === id)?.name ?? otherwise;
    return {
      organisation: (id) => nameIn(organisations, id, 'Not known'),
      area: (id) => nameIn(areas, id, 'Not known'),
      person: (id) => (id ? (this.staffKept.get(id)?.name ?? 'Someone') : 'Nobody'),
    };
  }

  private async learn(asking: Asking, people: readonly (string | null | undefined)[]): Promise<void> {
    const now = Date.now();
    const unknown = [...new Set(people)].filter(
      (id): id is string => !!id && (this.staffKept.get(id)?.until ?? 0) < now,
    );
    for (let i = 0; i < unknown.length; i += ASKED_AT_ONCE) {
      const asked = unknown.slice(i, i + ASKED_AT_ONCE);
      const found = await this.identity.staff(asking, asked);
      for (const { id, name } of found) this.staffKept.set(id, { name, until: now + FRESH_MS });
    }
  }
}

class Kept<T> {
  private value: T | undefined;
  private until = 0;

  async or(fetched: () => Promise<T>): Promise<T> {
    if (this.value === undefined || this.until < Date.now()) {
      this.value = await fetched();
      this.until = Date.now() + FRESH_MS;
    }
    return this.value;
  }
}
