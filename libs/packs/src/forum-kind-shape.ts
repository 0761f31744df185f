import { agreementCode } from './hand-over-shape';
import { provenance } from './rule-shapes';
import { checked, code, day, distinct, flag, list, oneOf, record, refersTo, type Shape, text, whole } from './shapes';
import type { Provenance } from './types';

/** A route by which a case may be referred to a forum. Each stands for itself and needs its own evidence. */
export type ForumCriterion = {
  readonly code: string;
  readonly title: string;
  readonly hint: string;
  /** The instrument whose completed assessments bear on it. */
  readonly instrument?: string;
};

/** How forums of one kind work, by published practice. What differs by place is set locally (domain/risk-conferences.md §2-3). */
export type ForumKind = Provenance & {
  /** Last civil day on which it holds; absent while it does. */
  readonly effectiveTo?: string;
  /** Code of the forum. */
  readonly forum: string;
  readonly subject: { readonly title: string; readonly hint: string };
  /** People beside the subject whose part decides about a repeat; at least `min` of them. */
  readonly others: { readonly title: string; readonly hint: string; readonly min: number };
  readonly criteria: readonly ForumCriterion[];
  /** Absent where a case is looked at again and again until it is closed. */
  readonly repeat?: {
    readonly months: number;
    readonly definitions: readonly {
      readonly code: 'older' | 'current';
      readonly title: string;
      readonly hint: string;
      readonly source: string;
    }[];
  };
  readonly order: 'children-first' | 'as-listed';
  readonly review: 'one-off' | 'until-closed';
  /** Whether consent is asked for and done without when need be, or is the norm. */
  readonly consent: 'preferred' | 'norm';
  readonly minutesWithin?: {
    readonly workingDays: number;
    readonly calendarId: string;
    readonly source: string;
    readonly verified: boolean;
  };
  /** Minutes for which one case is discussed. */
  readonly timeBox: {
    readonly aim: number;
    readonly most: number;
    readonly source: string;
    readonly verified: boolean;
  };
  /** Read aloud before any case is opened, and signed by each who attends. */
  readonly statement: string;
  /** The purpose that sharing agreements name for it. */
  readonly purpose: string;
  /** What an agency's information may tell of, under the codes of agreements. */
  readonly informs: readonly { readonly code: string; readonly title: string }[];
  /** What a meeting may decide about a case. `again`: it is put on the agenda of the next meeting. */
  readonly decisions: readonly { readonly code: string; readonly title: string; readonly again: boolean }[];
};

const coded = <T extends { readonly code: string }>(shape: Shape<T>) => distinct(list(shape, 1), (item) => item.code);

const shape: Shape<ForumKind> = checked(
  record(
    {
      ...provenance,
      forum: refersTo('forum'),
      subject: record({ title: text, hint: text }),
      others: record({ title: text, hint: text, min: whole(0, 9) }),
      criteria: coded(record({ code, title: text, hint: text }, { instrument: code })),
      order: oneOf(['children-first', 'as-listed']),
      review: oneOf(['one-off', 'until-closed']),
      consent: oneOf(['preferred', 'norm']),
      timeBox: record({ aim: whole(1, 240), most: whole(1, 240), source: text, verified: flag }),
      statement: text,
      purpose: agreementCode,
      informs: coded(record({ code: agreementCode, title: text })),
      decisions: coded(record({ code, title: text, again: flag })),
    },
    {
      effectiveTo: day,
      repeat: record({
        months: whole(1, 120),
        definitions: coded(record({ code: oneOf(['older', 'current']), title: text, hint: text, source: text })),
      }),
      minutesWithin: record({
        ...{ workingDays: whole(1, 60), calendarId: refersTo('calendar'), source: text, verified: flag },
      }),
    },
  ),
  ({ criteria, repeat, timeBox, minutesWithin }) => {
    if (criteria.some((each) => each.code === 'repeat') !== (repeat !== undefined))
      return 'the criterion “repeat” and the definitions of a repeat go together';
    if (timeBox.aim > timeBox.most) return 'the time box aims beyond what it allows';
    return timeBox.verified && minutesWithin?.verified !== false
      ? undefined
      : 'no clock that is not verified may be a default';
  },
);

/** A document of kind `forum-kind`. Two versions of one kind are never in force on the same day. */
export const forumKind: Shape<ForumKind> = (node, spot) => {
  const read = shape(node, spot);
  if (!read) return undefined;
  const { forum, version, effectiveFrom, effectiveTo, source, verified } = read;
  if (effectiveTo !== undefined && effectiveTo < effectiveFrom)
    return spot.report('effectiveTo is before effectiveFrom');
  const rule = { id: `forum-kind.${forum}`, version, effectiveFrom, source, verified };
  spot.reading.rules.push({ rule: effectiveTo ? { ...rule, effectiveTo } : rule, at: spot.finding('') });
  return read;
};
