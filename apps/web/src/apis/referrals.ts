import type { FieldProblem } from '@concordat/contracts';
import { Injectable } from '@nestjs/common';
import { Apis, type Asking } from './apis';
import type { Done, List } from './lists';
import type { Pathway, Practice, Reasons } from './practice';
import type { ReferralContent } from './referral-content';

export interface Counts {
  readonly awaitingTriage: number;
  readonly mine: number;
  readonly unassigned: number;
  readonly overdue: number;
  readonly informationRequested: number;
  readonly drafts: number;
  readonly made: number;
}

export interface ReferralItem {
  readonly id: string;
  readonly reference: string;
  readonly version: number;
  readonly pathway: string;
  readonly status: string;
  readonly colour: string | null;
  readonly areaId: string;
  readonly referringOrg: string;
  readonly receivingOrg: string;
  readonly assignedTo: string | null;
  readonly receivedAt: string;
  readonly dueAt: string | null;
  readonly overdue: boolean;
  readonly subjectName: string | null;
  readonly caseId: string | null;
}

export interface DraftItem {
  readonly id: string;
  readonly version: number;
  readonly pathway: string | null;
  readonly areaId: string | null;
  readonly subjectName: string | null;
  readonly createdAt: string;
  readonly changedAt: string;
}

export interface Draft {
  readonly id: string;
  readonly version: number;
  readonly content: ReferralContent;
  readonly changedAt: string;
  /** What the pathway requires before it can be sent, one entry per field. */
  readonly missing: readonly FieldProblem[];
}

export interface Referral {
  readonly id: string;
  readonly reference: string;
  readonly version: number;
  readonly status: string;
  readonly pathway: string;
  readonly areaId: string;
  readonly referringOrg: string;
  readonly receivingOrg: string;
  readonly referredBy: string;
  readonly receivedAt: string;
  readonly side: 'triage' | 'referrer' | 'participant';
  readonly assignedTo: string | null;
  readonly colour: string | null;
  readonly scheme: string | null;
  readonly dueAt: string | null;
  readonly dueFor: 'rate' | 'decide' | null;
  readonly overdue: boolean;
  readonly caseId: string | null;
  readonly content: ReferralContent;
  readonly ratings: readonly {
    colour: string;
    previous?: string;
    rationale?: string;
    by: string;
    at: string;
    dueAt?: string;
    pack?: string;
  }[];
  readonly history: readonly {
    what: string;
    at: string;
    by: string;
    from?: string | null;
    to?: string | null;
    reason?: string;
    rationale?: string;
  }[];
  readonly notes: readonly { id: string; text: string; by: string; at: string }[];
  readonly informationRequests: readonly {
    question: string;
    reason?: string;
    askedBy: string;
    askedAt: string;
    answer?: string;
    answeredBy?: string;
    answeredAt?: string;
  }[];
  readonly decision: {
    outcome: string;
    destination: string | null;
    reason: string | null;
    rationale?: string | null;
    by: string;
    at: string;
  } | null;
  readonly feedback: readonly { text: string; by: string; at: string }[];
  readonly may: Readonly<Record<string, boolean>>;
}

export interface Listing {
  readonly status?: string;
  readonly colour?: string;
  readonly pathway?: string;
  readonly area?: string;
  readonly assigned?: string;
  readonly overdue?: 'true';
  readonly side?: 'received' | 'made' | 'all';
  readonly sort?: string;
  readonly limit?: number;
  readonly cursor?: string;
}

/** A change of a referral: what a form sends, from which version, under which key. */
export interface Act {
  readonly key: string;
  /** Left out of what only adds, so can overwrite nothing. */
  readonly version?: number;
}

const FRESH_MS = 60_000;

/** The `referrals` context. */
@Injectable()
export class Referrals {
  private kept: { practice: Practice; until: number } | null = null;

  constructor(private readonly apis: Apis) {}

  /** The pack in force: pathways, grounds, forums. The same for everybody, so it is kept for a minute. */
  async practice(asking: Asking): Promise<Practice> {
    if (!this.kept || this.kept.until < Date.now()) {
      const practice = await this.apis.get<Practice>(asking, 'referrals', '/pathways');
      this.kept = { practice, until: Date.now() + FRESH_MS };
    }
    return this.kept.practice;
  }

  /** Titles of pathways by code; a code that the pack no longer has stands for itself. */
  async pathwayTitles(asking: Asking): Promise<(code: string) => string> {
    const { pathways } = await this.practice(asking);
    return (code) => pathways.find((p) => p.code === code)?.title ?? code;
  }

  pathway(asking: Asking, code: string): Promise<Pathway> {
    return this.apis.get(asking, 'referrals', `/pathways/${encodeURIComponent(code)}`);
  }

  reasons(asking: Asking): Promise<Reasons> {
    return this.apis.get(asking, 'referrals', '/reasons');
  }

  counts(asking: Asking): Promise<Counts> {
    return this.apis.get(asking, 'referrals', '/counts');
  }

  list(asking: Asking, listing: Listing): Promise<List<ReferralItem>> {
    return this.apis.get(asking, 'referrals', '', { ...listing });
  }

  /** Keeps a search and answers with its id: what was searched for never stands in an address. */
  async search(asking: Asking, body: { q: string } & Record<string, unknown>, key: string): Promise<string> {
    return (await this.apis.change<{ searchId: string }>(asking, 'POST', 'referrals', '/searches', { body, key }))
      .searchId;
  }

  found(
    asking: Asking,
    searchId: string,
    cursor?: string,
    limit?: number,
  ): Promise<List<ReferralItem> & { readonly match?: string }> {
    return this.apis.get(asking, 'referrals', `/searches/${searchId}`, { cursor, limit });
  }

  referral(asking: Asking, id: string): Promise<Referral> {
    return this.apis.get(asking, 'referrals', `/${id}`);
  }

  drafts(asking: Asking, page: { limit?: number; cursor?: string | undefined }): Promise<List<DraftItem>> {
    return this.apis.get(asking, 'referrals', '/drafts', page);
  }

  draft(asking: Asking, id: string): Promise<Draft> {
    return this.apis.get(asking, 'referrals', `/drafts/${id}`);
  }

  startDraft(asking: Asking, content: ReferralContent, key: string): Promise<Done> {
    return this.apis.change(asking, 'POST', 'referrals', '/drafts', { body: { content }, key });
  }

  saveDraft(asking: Asking, id: string, version: number, content: ReferralContent): Promise<Done> {
    return this.apis.change(asking, 'PUT', 'referrals', `/drafts/${id}`, { body: { content }, version });
  }

  async discardDraft(asking: Asking, id: string): Promise<void> {
    await this.apis.change(asking, 'DELETE', 'referrals', `/drafts/${id}`);
  }

  sendDraft(asking: Asking, id: string, act: Act): Promise<Done> {
    return this.apis.change(asking, 'POST', 'referrals', `/drafts/${id}/submission`, { body: {}, ...act });
  }

  /** One of the acts on a referral: `ratings`, `assignment`, `notes`, `decisions`, … */
  act(asking: Asking, id: string, what: string, body: unknown, act: Act): Promise<Done> {
    return this.apis.change(asking, 'POST', 'referrals', `/${id}/${what}`, { body, ...act });
  }
}
