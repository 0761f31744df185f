import {
  deadlineKinds,
  happeningKinds,
  messageRhythms,
  roles,
  type DeadlineKind,
  type HappeningKind,
  type MessageKind,
  type MessageRhythm,
  type Role,
} from '@concordat/contracts';
import type { Weekday } from '@concordat/clocks';
import { provenance } from './rule-shapes';
import { checked, distinct, flag, list, matching, oneOf, record, refersTo, type Shape, text, whole } from './shapes';
import type { Provenance } from './types';

/** How soon somebody is told of one kind, and what of that they may choose. */
export type MessageRule<K extends MessageKind = DeadlineKind> = {
  readonly kind: K;
  /** Unless they choose another. */
  readonly rhythm: MessageRhythm;
  readonly choices: readonly MessageRhythm[];
  /** Whether they may ask for a text message besides, when they are told at once. */
  readonly text: boolean;
};

/** The same of something that happened, and which roles of an agency are told where nobody in particular is known. */
export type HappeningRule = MessageRule<HappeningKind> & { readonly roles: readonly Role[] };

export type MailTemplate = { readonly subject: string; readonly body: string };
/** The words of what is sent. Places in them are written `((link))`. */
export type MessageTemplates = {
  readonly now: MailTemplate;
  readonly digest: MailTemplate;
  readonly code: MailTemplate;
  readonly textNow: string;
  readonly textCode: string;
};

/** How people hear outside of the pages that something needs them. */
export type MessagePractice = Provenance & {
  readonly calendar: string;
  readonly gatherSeconds: number;
  readonly daily: { readonly at: string };
  readonly weekly: { readonly on: Weekday; readonly at: string };
  readonly kinds: readonly MessageRule[];
  readonly happenings: readonly HappeningRule[];
  readonly templates: MessageTemplates;
};

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] as const satisfies readonly Weekday[];
const timeOfDay = matching(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day such as 08:30');

const soon = {
  rhythm: oneOf(messageRhythms),
  choices: distinct(list(oneOf(messageRhythms), 1), (each) => each),
  text: flag,
};
/** What is wrong with how soon somebody is told. */
const wrongly = ({ rhythm, choices, text: byText }: Omit<MessageRule, 'kind'>): string | undefined => {
  if (!choices.includes(rhythm)) return `must have “${rhythm}” among its choices`;
  return byText && !choices.includes('now') ? 'can be told by text only where it can be told at once' : undefined;
};
const rule: Shape<MessageRule> = checked(record({ kind: oneOf(deadlineKinds), ...soon }), wrongly);
const happening: Shape<HappeningRule> = checked(
  record({ kind: oneOf(happeningKinds), ...soon, roles: distinct(list(oneOf(roles)), (each) => each) }),
  wrongly,
);

/** One rule for each kind and none twice. */
const complete = <K extends MessageKind, R extends MessageRule<K>>(
  one: Shape<R>,
  kinds: readonly K[],
): Shape<readonly R[]> =>
  checked(
    distinct(list(one, 1), (each) => each.kind),
    (all) => {
      const missing = kinds.filter((kind) => !all.some((each) => each.kind === kind));
      return missing.length === 0 ? undefined : `lacks a rule for ${missing.join(', ')}`;
    },
  );

const PLACE = /\(\((\w*)\)\)/g;
/** A text with these places and no others: what has no place in a template cannot be said by it. */
const template = (places: readonly string[], needed: string): Shape<string> =>
  checked(text, (words) => {
    const used = [...words.matchAll(PLACE)].map(([, place]) => place ?? '');
    const unknown = used.find((place) => !places.includes(place));
    if (unknown !== undefined) return `has no place “${unknown}”: there are ${places.join(', ')}`;
    return used.includes(needed) ? undefined : `lacks the place “${needed}”`;
  });
const subject: Shape<string> = checked(text, (words) =>
  /[\r\n]|\(\(/.test(words) ? 'must be one line without places' : undefined,
);
const NEED = ['things', 'late', 'link', 'settings'];
const CODE = ['code', 'minutes', 'settings'];

/** The document of kind `messages`: a rule for each kind of what people are told, and every template. */
export const messages: Shape<MessagePractice> = record({
  ...provenance,
  calendar: refersTo('calendar'),
  gatherSeconds: whole(0, 600),
  daily: record({ at: timeOfDay }),
  weekly: record({ on: oneOf(weekdays), at: timeOfDay }),
  kinds: complete(rule, deadlineKinds),
  happenings: complete(happening, happeningKinds),
  templates: record({
    now: record({ subject, body: template(NEED, 'link') }),
    digest: record({ subject, body: template(NEED, 'link') }),
    code: record({ subject, body: template(CODE, 'code') }),
    textNow: template(NEED, 'link'),
    textCode: template(CODE, 'code'),
  }),
});
