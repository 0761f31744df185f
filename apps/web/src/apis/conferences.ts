import { Injectable } from '@nestjs/common';
import { Apis, type Asking, type File } from './apis';
import type { Coded, Flag, Forum, ForumDocument, ReferralsOfCase } from './forums';
import type { Done, List } from './lists';
import type {
  ConferenceAction,
  DecisionRead,
  ItemView,
  MeetingOfForum,
  MeetingView,
  Minutes,
  OwedResearch,
} from './meetings';
import type { Banded } from '../meetings/forum-bandings';
import type { SummaryNow } from './put-right';

/** What is asked of an agency's actions. */
export interface ActionQuery {
  readonly only?: string;
  readonly whose?: string;
  readonly forum?: string;
  readonly case?: string;
  readonly state?: string;
  /** Ids with commas between them. */
  readonly ids?: string;
  readonly limit?: number;
  readonly sort?: string;
  readonly cursor?: string;
}
/** What became of one of several actions, and why if nothing did. */
export interface Outcome {
  readonly id: string;
  readonly outcome: 'done' | 'refused';
  readonly code?: string;
  readonly message?: string;
  readonly errors?: readonly { readonly message: string }[];
}
/** One step of several actions, each from the version that was shown and with words of its own. */
export interface StepsTogether {
  readonly do: string;
  readonly items: readonly { readonly id: string; readonly version: number; readonly words?: string }[];
}
interface Sending {
  readonly key?: string;
  readonly version?: number;
}

/** Forums and their meetings, as pages ask the risk context for them. */
@Injectable()
export class Conferences {
  constructor(private readonly apis: Apis) {}

  /** With the kinds that can be set up, and the areas whose population is known. */
  allForums(asking: Asking): Promise<{
    readonly items: readonly Forum[];
    readonly kinds: readonly (Coded & { readonly repeat: ForumDocument['repeat'] | null })[];
    readonly areas: readonly Coded[];
    readonly may: { readonly setUp: boolean };
  }> {
    return this.apis.get(asking, 'risk', '/forums');
  }

  /** For the visitor's own calendar. */
  calendar(asking: Asking, id: string): Promise<{ readonly text: string; readonly method: 'REQUEST' | 'CANCEL' }> {
    return this.apis.get(asking, 'risk', `/meetings/${id}/calendar`);
  }

  async forums(asking: Asking): Promise<readonly Forum[]> {
    return (await this.apis.get<{ items: Forum[] }>(asking, 'risk', '/forums')).items;
  }

  forum(
    asking: Asking,
    id: string,
  ): Promise<
    Forum & {
      readonly document: ForumDocument;
      readonly counted: boolean;
      readonly banded: readonly Banded[];
      readonly versions: readonly {
        readonly version: number;
        readonly settings: Readonly<Record<string, unknown>>;
        readonly changedBy: string;
        readonly changedAt: string;
      }[];
    }
  > {
    return this.apis.get(asking, 'risk', `/forums/${id}`);
  }

  meetings(
    asking: Asking,
    forumId: string,
    paging: { readonly limit?: number; readonly cursor?: string } = {},
  ): Promise<{
    readonly items: readonly MeetingOfForum[];
    readonly next: string | null;
    readonly previous: string | null;
    readonly suggested: string | null;
    readonly may: { readonly plan: boolean };
  }> {
    return this.apis.get(asking, 'risk', `/forums/${forumId}/meetings`, { ...paging });
  }

  referrals(asking: Asking, caseId: string): Promise<ReferralsOfCase> {
    return this.apis.get(asking, 'risk', `/cases/${caseId}/forum-referrals`);
  }

  refer(
    asking: Asking,
    caseId: string,
    body: object,
    key: string,
  ): Promise<Done & { repeat: boolean; listed: boolean }> {
    return this.apis.change(asking, 'POST', 'risk', `/cases/${caseId}/forum-referrals`, { body, key });
  }

  plan(asking: Asking, forumId: string, body: object, key: string): Promise<Done> {
    return this.apis.change(asking, 'POST', 'risk', `/forums/${forumId}/meetings`, { body, key });
  }

  meeting(asking: Asking, id: string): Promise<MeetingView> {
    return this.apis.get(asking, 'risk', `/meetings/${id}`);
  }

  /** The record of what was decided about a case; NotFound where its forum does not vote. */
  decisionRecord(asking: Asking, itemId: string): Promise<DecisionRead> {
    return this.apis.get(asking, 'risk', `/agenda-items/${itemId}/decision-record`);
  }

  decisionFile(asking: Asking, itemId: string): Promise<File> {
    return this.apis.file(asking, 'risk', `/agenda-items/${itemId}/decision-record/file`);
  }

  minutes(asking: Asking, id: string): Promise<Minutes> {
    return this.apis.get(asking, 'risk', `/meetings/${id}/minutes`);
  }

  item(asking: Asking, id: string): Promise<ItemView> {
    return this.apis.get(asking, 'risk', `/agenda-items/${id}`);
  }

  notes(asking: Asking, itemId: string): Promise<SummaryNow> {
    return this.apis.get(asking, 'risk', `/agenda-items/${itemId}/notes`);
  }

  /** Cases of meetings about which the visitor's agency has not answered. */
  async researchOwed(asking: Asking): Promise<readonly OwedResearch[]> {
    return (await this.apis.get<{ items: OwedResearch[] }>(asking, 'risk', '/research-owed')).items;
  }

  async flags(asking: Asking): Promise<readonly Flag[]> {
    return (await this.apis.get<{ items: Flag[] }>(asking, 'risk', '/forum-flags')).items;
  }

  actions(asking: Asking, query: ActionQuery): Promise<List<ConferenceAction>> {
    return this.apis.get(asking, 'risk', '/conference-actions', { ...query });
  }

  action(asking: Asking, id: string): Promise<ConferenceAction> {
    return this.apis.get(asking, 'risk', `/conference-actions/${id}`);
  }

  stepTogether(asking: Asking, body: StepsTogether, key: string): Promise<{ readonly items: readonly Outcome[] }> {
    return this.apis.change(asking, 'POST', 'risk', '/conference-actions/steps', { body, key });
  }

  /** `what` is the rest of its address under `/api/risk`. */
  post(asking: Asking, what: string, body: object, sending: Sending): Promise<Done> {
    return this.apis.change(asking, 'POST', 'risk', what, { body, ...sending });
  }

  put(asking: Asking, what: string, body: object, version: number, key?: string): Promise<Done> {
    return this.apis.change(asking, 'PUT', 'risk', what, { body, version, ...(key ? { key } : {}) });
  }
}
