import { Injectable } from '@nestjs/common';
import { Apis, type Asking, type File } from './apis';
import type { NameContent } from './referral-content';

export type KnownQuestionState = 'waiting' | 'known' | 'not-known';
export type KnownBox = 'asked' | 'received';

/** Somebody of whom another agency is asked, as far as that is asked. */
export interface AskedPerson {
  readonly given?: string;
  readonly family?: string;
  readonly dateOfBirth?: string;
  readonly postcode?: string;
  readonly nhsNumber?: string;
}
export interface ListedKnownQuestion {
  readonly id: string;
  readonly version: number;
  readonly state: KnownQuestionState;
  readonly askedBy: string;
  readonly askedOrg: string;
  readonly askedAt: string;
  readonly toOrg: string;
  readonly purpose: string;
  readonly answeredAt: string | null;
}
export interface KnownQuestion extends ListedKnownQuestion {
  readonly side: KnownBox;
  readonly isa: string | null;
  readonly decisionId: string;
  /** Null where it is not told, or not kept any more. */
  readonly who: AskedPerson | null;
  readonly answer:
    | {
        readonly match: true;
        readonly contact: Readonly<Partial<Record<'name' | 'post' | 'email' | 'telephone', string>>>;
      }
    | { readonly match: false }
    | null;
  /** For the agency that was asked: who it may be. */
  readonly matches?: readonly {
    readonly id: string;
    readonly band: 'possible' | 'likely' | 'near-certain';
    readonly name: NameContent | null;
    readonly births: readonly { readonly value: string }[] | null;
    readonly cases: readonly { readonly id: string; readonly reference: string }[];
  }[];
  readonly may: { readonly again: boolean };
}

/** The part of the `records` context in which one agency asks another whether somebody is known to it. */
@Injectable()
export class KnownQuestions {
  constructor(private readonly apis: Apis) {}

  ask(asking: Asking, body: object, key: string): Promise<{ readonly id: string }> {
    return this.apis.change(asking, 'POST', 'records', '/known-questions', { body, key });
  }

  /** As the JSON of a Request of Social Care Data. */
  askByRequest(asking: Asking, body: object, key: string): Promise<{ readonly id: string }> {
    return this.apis.change(asking, 'POST', 'records', '/known-questions/requests', { body, key });
  }

  /** A question as such a Request. */
  request(asking: Asking, id: string): Promise<File> {
    return this.apis.file(asking, 'records', `/known-questions/${id}/request`);
  }

  again(asking: Asking, id: string, sent: { key: string; version: number }): Promise<{ readonly id: string }> {
    return this.apis.change(asking, 'POST', 'records', `/known-questions/${id}/again`, sent);
  }

  async list(asking: Asking, box: KnownBox): Promise<readonly ListedKnownQuestion[]> {
    const { items } = await this.apis.get<{ items: ListedKnownQuestion[] }>(asking, 'records', '/known-questions', {
      box,
    });
    return items;
  }

  one(asking: Asking, id: string): Promise<KnownQuestion> {
    return this.apis.get(asking, 'records', `/known-questions/${id}`);
  }
}
