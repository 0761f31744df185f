import type { CaseLinkKind } from '@concordat/contracts';
import { Injectable } from '@nestjs/common';
import { Apis, type Asking } from './apis';

export interface CaseLink {
  readonly id: string;
  readonly kind: CaseLinkKind;
  /** `of`: the case is the `kind` of the other. */
  readonly direction: 'of' | 'to';
  readonly other: { readonly id: string; readonly reference: string; readonly status: string; readonly kind: string };
  readonly at: string;
  readonly by: string;
  readonly orgId: string;
  readonly endedAt: string | null;
}
export interface CaseLinks {
  readonly items: readonly CaseLink[];
  /** Cases that are not linked, in which somebody of this case is too. */
  readonly maybe: readonly { readonly id: string; readonly reference: string }[];
  readonly may: { readonly link: boolean };
}
export interface RelationshipOver {
  readonly from: string;
  readonly to: string;
  readonly kind: string;
  readonly since: string | null;
  readonly until: string | null;
  readonly orgId: string;
}

/** What a case has to do with others, and its people with each other; of the `records` context. */
@Injectable()
export class CaseLinksApi {
  constructor(private readonly apis: Apis) {}

  links(asking: Asking, caseId: string): Promise<CaseLinks> {
    return this.apis.get(asking, 'records', `/cases/${caseId}/links`);
  }

  link(asking: Asking, caseId: string, body: object, act: { key: string }): Promise<unknown> {
    return this.apis.change(asking, 'POST', 'records', `/cases/${caseId}/links`, { body, ...act });
  }

  unlink(asking: Asking, caseId: string, linkId: string, act: { key: string }): Promise<unknown> {
    return this.apis.change(asking, 'POST', 'records', `/cases/${caseId}/links/${linkId}/ending`, act);
  }

  async relationships(asking: Asking, caseId: string): Promise<readonly RelationshipOver[]> {
    const path = `/cases/${caseId}/relationships`;
    return (await this.apis.get<{ items: RelationshipOver[] }>(asking, 'records', path)).items;
  }
}
