import type { ContactOutcome, ContactSafety, ContactState, ContactWay } from '@concordat/contracts';
import { Injectable } from '@nestjs/common';
import { Apis, type Asking } from './apis';
import type { Done } from './lists';

/** Somebody whom the advocate of the visitor's agency is to speak with before a meeting. */
export interface AdvocateContact {
  readonly id: string;
  readonly version: number;
  readonly caseId: string;
  readonly subjectId: string;
  readonly forum: string;
  readonly state: ContactState;
  readonly heldOn: string | null;
  /** Whether the meeting came before they were reached. */
  readonly late: boolean;
}
export interface ContactAttempt {
  readonly at: string;
  readonly way: ContactWay;
  readonly safe: ContactSafety;
  readonly outcome: ContactOutcome;
  readonly words: string;
  readonly byId: string;
}
export interface AdvocateContactView extends AdvocateContact {
  readonly attempts: readonly ContactAttempt[];
  readonly may: { readonly record: boolean };
}

/** Contact with people before a meeting, as pages ask the risk context for it. */
@Injectable()
export class AdvocateContacts {
  constructor(private readonly apis: Apis) {}

  async list(asking: Asking): Promise<readonly AdvocateContact[]> {
    return (await this.apis.get<{ items: AdvocateContact[] }>(asking, 'risk', '/advocate-contacts')).items;
  }

  view(asking: Asking, id: string): Promise<AdvocateContactView> {
    return this.apis.get(asking, 'risk', `/advocate-contacts/${id}`);
  }

  record(asking: Asking, id: string, body: object, sending: { key: string; version: number }): Promise<Done> {
    return this.apis.change(asking, 'POST', 'risk', `/advocate-contacts/${id}/attempts`, { body, ...sending });
  }
}
