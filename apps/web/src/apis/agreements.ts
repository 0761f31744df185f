import type { AgreementDue, AgreementStatus, AgreementStep, DecisionOutcome } from '@concordat/contracts';
import { Injectable } from '@nestjs/common';
import type { AgreementChanges, AgreementPreview, SharingLiaison, SharingPicture } from './agreement-reading';
import { Apis, type Asking, type File } from './apis';
import type { Done, List } from './lists';

export interface ListedAgreement {
  readonly id: string;
  readonly code: string;
  readonly number: string;
  readonly title: string;
  readonly status: AgreementStatus;
  readonly ownerOrg: string;
  readonly parties: readonly string[];
  readonly effectiveFrom: string;
  readonly reviewBy: string;
  readonly expiresOn: string;
}
/** What an agreement needs of the visitor's organisation, and by which day, if there is one. */
export interface AgreementAttention {
  readonly id: string;
  readonly title: string;
  readonly number: string;
  readonly what: AgreementDue | 'to-sign' | 'expired';
  readonly on: string | null;
}
export interface Finding {
  readonly check: string;
  readonly level: 'BLOCK' | 'WARN';
  readonly path: string;
  readonly what: string;
  readonly why: string;
  readonly mend: string;
}
export interface AgreementParty {
  readonly orgId: string;
  readonly agencyType: string;
  readonly signatory?: { readonly name: string; readonly post: string };
  readonly signedAt?: string;
  readonly withdrawnAt?: string;
}
/** A version as its published copy has it, as far as pages name its members. */
export interface AgreementDocument {
  readonly [part: string]: unknown;
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly status: AgreementStatus;
  readonly effectiveFrom: string;
  readonly reviewBy: string;
  readonly expiresOn: string;
  readonly parties: readonly AgreementParty[];
  readonly purposes: readonly { readonly code: string; readonly description: string }[];
  readonly dataItems: readonly { readonly code: string; readonly category: string; readonly about: string }[];
  readonly flows: readonly { readonly id: string; readonly methods: readonly string[] }[];
}
export interface AgreementView {
  readonly id: string;
  readonly version: number;
  readonly ownerOrg: string;
  readonly contentHash: string;
  readonly document: AgreementDocument;
  readonly findings: readonly Finding[];
  readonly history: readonly {
    readonly what: string;
    readonly by: string;
    /** Null for a step of the clock. */
    readonly orgId: string | null;
    readonly at: string;
    readonly reason: string | null;
  }[];
  /** Every version that the visitor may see, the lowest number first. */
  readonly versions: readonly { readonly id: string; readonly number: string; readonly status: AgreementStatus }[];
  readonly may: {
    readonly edit: boolean;
    readonly discard: boolean;
    readonly steps: readonly AgreementStep[];
    readonly sign: boolean;
    readonly leave: boolean;
    readonly succeed: boolean;
    /** What it would change can be looked at, before it is activated. */
    readonly preview: boolean;
  };
}
export interface AgreementTemplate {
  readonly code: string;
  readonly title: string;
  readonly description: string;
}
interface Coded {
  readonly code: string;
  readonly title: string;
}
/** Codes of law that an agreement may name, by where it names them. */
export type LawCodes = Readonly<
  Record<'art6' | 'rliConditions' | 'art9' | 'sch1' | 'sch8' | 'gateways' | 'facts' | 'items', readonly Coded[]>
>;
/** What sharing in an emergency may rely on. */
export interface EmergencyLaw {
  /** Its reasons and whole lawful bases, and for how many hours at most it holds. */
  readonly breakGlass: {
    readonly reasons: readonly Coded[];
    readonly hours: number;
    readonly bases: readonly (Coded & { readonly basis: object })[];
  };
}

export interface Decided {
  readonly id: string;
  readonly at: string;
  readonly decision: {
    readonly outcome: DecisionOutcome;
    readonly reasons: readonly string[];
    readonly isa: string | null;
    readonly flowId: string | null;
    readonly lineIds: readonly string[];
    readonly permittedItems: readonly string[];
    readonly mode: 'NORMAL' | 'BREAK_GLASS';
  };
  readonly explanation: {
    readonly summary: string;
    readonly reasons: readonly { readonly code: string; readonly rule: string; readonly words: string }[];
    readonly obligations: readonly { readonly code: string; readonly words: string }[];
  };
}
export interface DecisionView extends Decided {
  readonly request: {
    readonly kind: string;
    readonly actor: { readonly userId: string; readonly orgId: string };
    readonly sender: string;
    readonly recipients: readonly string[];
    readonly purpose: string;
    readonly items: readonly string[];
    readonly breakGlass?: { readonly reason?: string; readonly authoriser?: { readonly userId: string } };
  };
  readonly replayed: { readonly same: boolean };
}
export interface ListedDecision {
  readonly id: string;
  readonly at: string;
  readonly actorId: string;
  readonly actorOrg: string;
  readonly sender: string;
  readonly recipients: readonly string[];
  readonly isa: string | null;
  readonly outcome: DecisionOutcome;
  readonly reason: string | null;
  readonly mode: 'NORMAL' | 'BREAK_GLASS';
  readonly purpose: string;
}
export interface AgreementCopies {
  readonly code: string;
  readonly number: string;
  readonly title: string;
  readonly mais: { readonly notSaid: readonly string[] };
}
interface Sending {
  readonly key: string;
  readonly version?: number;
}

/** Agreements and decisions, as pages ask the sharing context for them. */
@Injectable()
export class Agreements {
  constructor(private readonly apis: Apis) {}

  list(asking: Asking, query: { status?: string; cursor?: string; limit?: number }) {
    return this.apis.get<List<ListedAgreement> & { may: { draft: boolean } }>(asking, 'sharing', '/agreements', query);
  }

  async attention(asking: Asking): Promise<readonly AgreementAttention[]> {
    return (await this.apis.get<{ items: AgreementAttention[] }>(asking, 'sharing', '/agreements/attention')).items;
  }

  async templates(asking: Asking): Promise<readonly AgreementTemplate[]> {
    return (await this.apis.get<{ templates: AgreementTemplate[] }>(asking, 'sharing', '/agreements/templates'))
      .templates;
  }

  law(asking: Asking): Promise<LawCodes & EmergencyLaw> {
    return this.apis.get(asking, 'sharing', '/agreements/law');
  }

  view(asking: Asking, id: string): Promise<AgreementView> {
    return this.apis.get(asking, 'sharing', `/agreements/${id}`);
  }

  /** What changed from one version to another. */
  changes(asking: Asking, id: string, from: string): Promise<AgreementChanges> {
    return this.apis.get(asking, 'sharing', `/agreements/${id}/changes`, { from });
  }

  /** What would change if it were in force. */
  preview(asking: Asking, id: string): Promise<AgreementPreview> {
    return this.apis.get(asking, 'sharing', `/agreements/${id}/preview`);
  }

  /** Its terms as a policy of ODRL, in JSON-LD. */
  odrl(asking: Asking, id: string): Promise<File> {
    return this.apis.file(asking, 'sharing', `/agreements/${id}/odrl`);
  }

  /** Its terms as a SharingPolicy of Social Care Data. */
  mais(asking: Asking, id: string): Promise<File> {
    return this.apis.file(asking, 'sharing', `/agreements/${id}/mais`);
  }

  /** What its machine-readable copies cannot say, by place. */
  copies(asking: Asking, id: string): Promise<AgreementCopies> {
    return this.apis.get(asking, 'sharing', `/agreements/${id}/copies`);
  }

  /** Its terms as JSON, of whose bytes the content hash is. */
  copy(asking: Asking, id: string): Promise<File> {
    return this.apis.file(asking, 'sharing', `/agreements/${id}/copy`);
  }

  /** Who may send what to whom. */
  picture(asking: Asking, query: { purpose?: string; category?: string }): Promise<SharingPicture> {
    return this.apis.get(asking, 'sharing', '/picture', query);
  }

  /** Whom to turn to at each party. */
  liaison(asking: Asking): Promise<SharingLiaison> {
    return this.apis.get(asking, 'sharing', '/picture/liaison');
  }

  /** A draft of a SharingPolicy, as the JSON that another system gave. */
  bringIn(asking: Asking, content: string, { key }: Sending): Promise<Done> {
    return this.apis.change(asking, 'POST', 'sharing', '/agreements/imports', { body: { content }, key });
  }

  start(asking: Asking, body: object, { key }: Sending): Promise<Done> {
    return this.apis.change(asking, 'POST', 'sharing', '/agreements/from-template', { body, key });
  }

  save(asking: Asking, id: string, document: object, version: number): Promise<Done> {
    return this.apis.change(asking, 'PUT', 'sharing', `/agreements/${id}`, { body: { document }, version });
  }

  discard(asking: Asking, id: string, version: number): Promise<void> {
    return this.apis.change(asking, 'DELETE', 'sharing', `/agreements/${id}`, { version });
  }

  /** `what` is the last part of its address: steps, signatures, departures, successors. */
  take(asking: Asking, id: string, what: string, body: object, sending: Sending): Promise<Done> {
    return this.apis.change(asking, 'POST', 'sharing', `/agreements/${id}/${what}`, { body, ...sending });
  }

  decide(asking: Asking, body: object, { key }: Sending): Promise<Decided> {
    return this.apis.change(asking, 'POST', 'sharing', '/decisions', { body, key });
  }

  decision(asking: Asking, id: string): Promise<DecisionView> {
    return this.apis.get(asking, 'sharing', `/decisions/${id}`);
  }

  decisions(
    asking: Asking,
    query: { outcome?: string; agreement?: string; cursor?: string },
  ): Promise<List<ListedDecision>> {
    return this.apis.get(asking, 'sharing', '/decisions', query);
  }
}
