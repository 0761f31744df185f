/** The pack as pages need it: what each pathway asks, and the lists from which decisions choose. */
export interface Titled {
  readonly code: string;
  readonly title: string;
  readonly hint?: string;
}

export interface Question {
  readonly code: string;
  readonly text: string;
  readonly type: 'text' | 'yes-no-unknown' | 'choice' | 'date';
  readonly hint?: string;
  readonly required: boolean;
  readonly options?: readonly { readonly value: string; readonly text: string }[];
}

export interface QuestionGroup extends Titled {
  readonly questions?: readonly Question[];
}

export interface PersonWanted {
  readonly role: string;
  readonly title: string;
  readonly min: number;
  readonly hint?: string;
}

export interface Colour {
  readonly scheme: string;
  readonly code: string;
  readonly title: string;
  readonly rank: number;
  readonly tag: string;
  readonly meaning: string;
  /** `within 4 hours`; null when the colour has no limit. */
  readonly clock: string | null;
}

export interface Pathway extends Titled {
  readonly description: string;
  readonly people: readonly PersonWanted[];
  readonly criteria: readonly (Titled & { readonly evidence: 'required' | 'optional' })[];
  readonly consent: { readonly rule: 'ask' | 'not-needed'; readonly guidance: string };
  readonly groups: readonly QuestionGroup[];
  readonly next: {
    readonly redirect: readonly string[];
    readonly stepUp: readonly string[];
    readonly stepDown: readonly string[];
  };
  readonly colourScheme: string;
  /** Only of one pathway asked for by code. */
  readonly colours?: readonly Colour[];
  readonly destinations?: readonly (Titled | null)[];
}

export interface Practice {
  readonly pack: string;
  readonly pathways: readonly Pathway[];
  readonly consentGrounds: readonly Titled[];
  readonly forums: readonly Titled[];
}

export interface Reason extends Titled {
  readonly explain: boolean;
}

export interface Reasons {
  readonly noFurtherAction: readonly Reason[];
  readonly signpost: readonly Reason[];
  readonly redirect: readonly Reason[];
  readonly stepUp: readonly Reason[];
  readonly stepDown: readonly Reason[];
  readonly return: readonly Reason[];
  readonly withdraw: readonly Reason[];
  readonly decline: readonly Reason[];
  readonly reopen: readonly Reason[];
  readonly colours: readonly Colour[];
}
