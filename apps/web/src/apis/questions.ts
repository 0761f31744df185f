import type { Authorisation } from '@concordat/contracts';
import { Injectable } from '@nestjs/common';
import type { DecisionView } from './agreements';
import { Apis, type Asking } from './apis';
import type { Done, List } from './lists';

export type QuestionBox = 'to-answer' | 'asked';
export type QuestionState = 'open' | 'allowed' | 'refused';

/** Something about sharing that the rules leave to a person. */
export interface Question {
  readonly id: string;
  readonly version: number;
  readonly state: QuestionState;
  readonly isa: string;
  readonly decisionId: string;
  readonly sender: string;
  readonly askedBy: string;
  readonly askedOrg: string;
  readonly askedAt: string;
  readonly answeredBy: string | null;
  readonly answeredAt: string | null;
  readonly ground: 'agreement' | 'other' | null;
  readonly reason: string | null;
  readonly answerId: string | null;
  /** The last day on which the answer holds. */
  readonly holdsUntil: string | null;
}
/** Something that was shared in an emergency, and how its review stands. */
export interface ListedEmergency {
  readonly id: string;
  readonly state: QuestionState;
  readonly decisionId: string;
  readonly askedBy: string;
  readonly askedOrg: string;
  readonly askedAt: string;
  readonly recipients: readonly string[];
  readonly why: string | null;
  readonly reviewBy: string | null;
  readonly overdue: boolean;
  readonly authoriser: string | null;
  readonly authorised: Authorisation | null;
}
export interface ListedQuestion extends Question {
  readonly recipients: readonly string[];
  readonly purpose: string;
  readonly mode: 'NORMAL' | 'BREAK_GLASS';
  readonly news: boolean;
}
export interface QuestionView extends Question, Pick<DecisionView, 'request' | 'decision' | 'explanation'> {
  readonly may: { readonly answer: boolean; readonly confirm: boolean };
  /** Of the review of an emergency: by when, what had happened, and what its authoriser says. */
  readonly reviewBy: string | null;
  readonly account: string | null;
  readonly authoriser: string | null;
  readonly authorised: Authorisation | null;
  readonly authorisedAt: string | null;
  readonly authorisedNote: string | null;
  readonly holdsAtMost?: string;
}

/** The part of the `sharing` context that puts to a person what the rules leave to one. */
@Injectable()
export class Questions {
  constructor(private readonly apis: Apis) {}

  async list(asking: Asking, box: QuestionBox): Promise<readonly ListedQuestion[]> {
    return (await this.apis.get<{ items: ListedQuestion[] }>(asking, 'sharing', '/questions', { box })).items;
  }

  one(asking: Asking, id: string): Promise<QuestionView> {
    return this.apis.get(asking, 'sharing', `/questions/${id}`);
  }

  answer(asking: Asking, id: string, body: object, sent: { key: string; version: number }): Promise<Done> {
    return this.apis.change(asking, 'POST', 'sharing', `/questions/${id}/answer`, { body, ...sent });
  }

  confirm(asking: Asking, id: string, body: object, sent: { key: string; version: number }): Promise<Done> {
    return this.apis.change(asking, 'POST', 'sharing', `/questions/${id}/authorisation`, { body, ...sent });
  }

  /** What was shared in an emergency: by the visitor, on their authority, or from the agency that they govern. */
  emergencies(asking: Asking, query: { state?: string; cursor?: string }): Promise<List<ListedEmergency>> {
    return this.apis.get(asking, 'sharing', '/emergencies', query);
  }
}
