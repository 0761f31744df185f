import type { MergeChoice, PersonPart } from '@concordat/contracts';
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Apis, type Asking } from './apis';
import type { NameContent } from './referral-content';

export interface Source {
  readonly orgId: string;
  readonly at: string;
}
type Sourced<T> = T & { readonly source?: Source };
/** What is known of a person, by part. */
export interface PersonDetails {
  readonly name?: Sourced<NameContent>;
  readonly aliases?: readonly Sourced<NameContent & { kind?: string }>[];
  readonly datesOfBirth?: readonly Sourced<{ value: string; precision?: string; preferred?: boolean }>[];
  readonly ageYears?: number;
  readonly deceased?: { answer: string; on?: string };
  readonly sex?: string;
  readonly gender?: string;
  readonly addresses?: readonly Sourced<{
    kind?: string;
    lines?: string[];
    postcode?: string;
    from?: string;
    to?: string;
    confidential?: boolean;
  }>[];
  readonly phones?: readonly string[];
  readonly identifiers?: readonly Sourced<{ kind: string; value: string }>[];
  readonly languages?: readonly string[];
  readonly interpreter?: string;
  readonly communicationNeeds?: string;
  readonly occupation?: string;
  readonly school?: string;
  readonly gp?: string;
  readonly dueDate?: string;
}
export interface Relationship {
  readonly id: string;
  readonly kind: string;
  /** `of`: the person is the `kind` of the other; `to`: the other is the `kind` of the person. */
  readonly direction: 'of' | 'to';
  readonly other: { readonly id: string; readonly name: NameContent | null };
  readonly since: string | null;
  readonly until: string | null;
  readonly orgId: string;
  readonly recordedAt: string;
  /** Of one that was brought in from another system. */
  readonly broughtIn: { readonly source: string; readonly author?: string; readonly recordedOn?: string } | null;
}
export interface PersonView extends PersonDetails {
  readonly id: string;
  readonly version: number;
  readonly cases: readonly { id: string; reference: string; roles: readonly string[] }[];
  readonly relationships: readonly Relationship[];
  readonly may: Readonly<Record<'correct' | 'relate' | 'match' | 'history' | 'merge' | 'distinguish', boolean>>;
}
export interface PersonHistoryItem {
  readonly version: number;
  readonly what: 'recorded' | 'corrected' | 'merged' | 'separated';
  readonly at: string;
  readonly by: string | null;
  readonly orgId: string | null;
  readonly changes: readonly { readonly part: PersonPart; readonly from: unknown; readonly to: unknown }[];
}
export interface Candidate {
  readonly id: string;
  readonly version: number;
  readonly name: NameContent | null;
  readonly datesOfBirth: PersonDetails['datesOfBirth'] | null;
  readonly sex: string | null;
  readonly cases: readonly { readonly id: string; readonly reference: string }[];
  readonly band: 'possible' | 'likely' | 'near-certain';
  readonly reasons: readonly { readonly field: string; readonly bits: number; readonly words: string }[];
}
export interface Merge {
  readonly id: string;
  readonly survivorId: string;
  readonly mergedId: string;
  readonly at: string;
  readonly by: string;
  readonly orgId: string;
  readonly reason: string | null;
  readonly parts: readonly { part: PersonPart; this: unknown; other: unknown; kept: unknown }[];
  readonly undoneAt: string | null;
  readonly undoneBy: string | null;
  readonly undoneReason: string | null;
}
export type Changed = { readonly [P in PersonPart]?: PersonDetails[P] | null };
interface Act {
  readonly key: string;
  readonly version?: number;
}

/** People, of the `records` context: what is known of them, how they are related, and who may be the same. */
@Injectable()
export class People {
  constructor(private readonly apis: Apis) {}

  person(asking: Asking, id: string): Promise<PersonView> {
    return this.apis.get(asking, 'records', `/people/${id}`);
  }

  async history(asking: Asking, id: string): Promise<readonly PersonHistoryItem[]> {
    const { items } = await this.apis.get<{ items: PersonHistoryItem[] }>(asking, 'records', `/people/${id}/history`);
    return items;
  }

  correct(asking: Asking, id: string, body: Changed, act: Act): Promise<{ parts: readonly PersonPart[] }> {
    return this.apis.change(asking, 'POST', 'records', `/people/${id}/corrections`, { body, ...act });
  }

  relate(asking: Asking, id: string, body: object, act: Act): Promise<unknown> {
    return this.apis.change(asking, 'POST', 'records', `/people/${id}/relationships`, { body, ...act });
  }

  endRelationship(asking: Asking, id: string, which: string, body: object, act: Act): Promise<unknown> {
    return this.apis.change(asking, 'POST', 'records', `/people/${id}/relationships/${which}/ending`, { body, ...act });
  }

  async candidates(asking: Asking, id: string): Promise<readonly Candidate[]> {
    const { items } = await this.apis.get<{ items: Candidate[] }>(asking, 'records', `/people/${id}/candidates`);
    return items;
  }

  /** Who may be somebody that is told of, but for `except`. What names them goes in a body. */
  async lookFor(asking: Asking, person: PersonDetails, except: readonly string[]): Promise<readonly Candidate[]> {
    const change = { body: { person, except }, key: randomUUID() };
    const { items } = await this.apis.change<{ items: Candidate[] }>(
      asking,
      'POST',
      'records',
      '/people/candidates',
      change,
    );
    return items;
  }

  distinguish(asking: Asking, id: string, body: object, act: Act): Promise<unknown> {
    return this.apis.change(asking, 'POST', 'records', `/people/${id}/distinctions`, { body, ...act });
  }

  async merges(asking: Asking, id: string): Promise<readonly Merge[]> {
    const { items } = await this.apis.get<{ items: Merge[] }>(asking, 'records', `/people/${id}/merges`);
    return items;
  }

  merge(
    asking: Asking,
    id: string,
    body: {
      otherId: string;
      otherVersion: number;
      choices: Partial<Record<PersonPart, MergeChoice>>;
      reason?: string;
    },
    act: Act,
  ): Promise<unknown> {
    return this.apis.change(asking, 'POST', 'records', `/people/${id}/merges`, { body, ...act });
  }

  undo(asking: Asking, id: string, mergeId: string, body: { reason?: string }, act: Act): Promise<unknown> {
    return this.apis.change(asking, 'POST', 'records', `/people/${id}/merges/${mergeId}/undoing`, { body, ...act });
  }
}
