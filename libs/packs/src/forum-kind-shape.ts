import { agreementCode } from './hand-over-shape';
import { panelRules, wrongPanel, type PanelRules } from './panel-rules-shape';
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
  /** Whether nothing is referred without it, whatever else is met. */
  readonly always?: boolean;
};

/** Cases that another kind of forum is for: it is asked of each, and one that is referred here nevertheless says why. */
export type ForumDivert = {
  readonly code: string;
  /** To be answered with yes or no. */
  readonly question: string;
  /** Code of the kind of forum that such a case goes to. */
  readonly to: string;
  readonly words: string;
  readonly source: string;
};

/** What a meeting may decide about a case. */
export type ForumDecision = {
  readonly code: string;
  readonly title: string;
  /** Whether it is put on the agenda of the next meeting. */
  readonly again: boolean;
  /** Of one that is: not before so many months are over. */
  readonly after?: { readonly months: number; readonly source: string; readonly verified: boolean };
  /** What has to be put on record with it, beside the reasons. */
  readonly record?: { readonly title: string; readonly hint: string };
  /** Whether it holds only with the consent of the person, or of a parent or guardian of somebody under 18. */
  readonly needsConsent?: boolean;
};

/** How long a stage of a case takes, from when its beginning was put on record. It is shown with its force, and nothing falls due by it. */
export type ForumStage = {
  readonly code: string;
  readonly title: string;
  /** From what it is counted, in words. */
  readonly from: string;
  /** Whether it runs beside others until its end is put on record; otherwise the next such stage that begins ends it. */
  readonly beside?: boolean;
  /** Absent where the forum sets it case by case. */
  readonly within?: { readonly value: number; readonly unit: 'day' | 'working-day' | 'month' };
  readonly force: 'law' | 'guidance' | 'local' | 'unverified';
  readonly source: string;
};

/** How forums of one kind work, by published practice. What differs by place is set locally (domain/risk-conferences.md §2-4). */
export type ForumKind = Provenance &
  PanelRules & {
    /** Last civil day on which it holds; absent while it does. */
    readonly effectiveTo?: string;
    /** Code of the forum. */
    readonly forum: string;
    readonly subject: { readonly title: string; readonly hint: string };
    /** People beside the subject whose part decides about a repeat; at least `min` of them. */
    readonly others: { readonly title: string; readonly hint: string; readonly min: number };
    /** By which of its bandings an instrument is scored for this kind of forum, where not by the one that holds by default. */
    readonly bandings?: readonly { readonly instrument: string; readonly banding: string }[];
    readonly criteria: readonly ForumCriterion[];
    readonly diverts?: readonly ForumDivert[];
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
    /** How long its stages take, as far as anything says so. */
    readonly stages?: readonly ForumStage[];
    readonly order: 'children-first' | 'as-listed';
    readonly review: 'one-off' | 'until-closed';
    /**
     * Whether consent is asked for and done without when need be, or is the norm; `for-support`: a case is referred without it, and it
     * is asked for before anything is done for the person.
     */
    readonly consent: 'preferred' | 'norm' | 'for-support';
    readonly minutesWithin?: {
      readonly workingDays: number;
      readonly calendarId: string;
      readonly source: string;
      readonly verified: boolean;
    };
    /** How such a forum meets out of its rhythm; absent where it does not. */
    readonly emergency?: {
      /** From the call to the beginning, at least; and at most. Elapsed time, whatever the clocks do. */
      readonly noticeMinutes: number;
      readonly withinHours: number;
      /** How many agencies must have signed before the case is opened, unless fewer sit on it. */
      readonly quorum: number;
      readonly source: string;
      readonly verified: boolean;
    };
    /** Who speaks to the person harmed before the meeting, and for them at it; absent where nobody does. */
    readonly advocate?: {
      readonly title: string;
      readonly hint: string;
      /** What their account tells of, as agreements call it. */
      readonly informs: string;
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
    readonly decisions: readonly ForumDecision[];
  };

const coded = <T extends { readonly code: string }>(shape: Shape<T>) => distinct(list(shape, 1), (item) => item.code);

const shape: Shape<ForumKind> = checked(
  record(
    {
      ...provenance,
      forum: refersTo('forum'),
      subject: record({ title: text, hint: text }),
      others: record({ title: text, hint: text, min: whole(0, 9) }),
      criteria: coded(record({ code, title: text, hint: text }, { instrument: code, always: flag })),
      order: oneOf(['children-first', 'as-listed']),
      review: oneOf(['one-off', 'until-closed']),
      consent: oneOf(['preferred', 'norm', 'for-support']),
      timeBox: record({ aim: whole(1, 240), most: whole(1, 240), source: text, verified: flag }),
      statement: text,
      purpose: agreementCode,
      informs: coded(record({ code: agreementCode, title: text })),
      decisions: coded(
        record(
          { code, title: text, again: flag },
          {
            after: record({ months: whole(1, 60), source: text, verified: flag }),
            record: record({ title: text, hint: text }),
            needsConsent: flag,
          },
        ),
      ),
    },
    {
      ...panelRules,
      effectiveTo: day,
      bandings: distinct(list(record({ instrument: code, banding: code }), 1), (each) => each.instrument),
      diverts: coded(record({ code, question: text, to: refersTo('forum'), words: text, source: text })),
      stages: coded(
        record(
          {
            ...{ code, title: text, from: text, source: text },
            force: oneOf(['law', 'guidance', 'local', 'unverified']),
          },
          { beside: flag, within: record({ value: whole(1, 366), unit: oneOf(['day', 'working-day', 'month']) }) },
        ),
      ),
      repeat: record({
        months: whole(1, 120),
        definitions: coded(record({ code: oneOf(['older', 'current']), title: text, hint: text, source: text })),
      }),
      emergency: record({
        ...{ noticeMinutes: whole(0, 1_440), withinHours: whole(1, 168), quorum: whole(1, 40) },
        ...{ source: text, verified: flag },
      }),
      advocate: record({ title: text, hint: text, informs: agreementCode }),
      minutesWithin: record({
        ...{ workingDays: whole(1, 60), calendarId: refersTo('calendar'), source: text, verified: flag },
      }),
    },
  ),
  ({ criteria, repeat, timeBox, minutesWithin, emergency, advocate, informs, decisions, ...panel }) => {
    const wrong = wrongPanel(panel);
    if (wrong) return wrong;
    if (decisions.some(({ again, after }) => after && !again)) return 'a decision that ends a case brings it back';
    if (decisions.some(({ after }) => after?.verified === false))
      return 'no review that is not verified may be a default';
    if (criteria.some((each) => each.code === 'repeat') !== (repeat !== undefined))
      return 'the criterion “repeat” and the definitions of a repeat go together';
    if (timeBox.aim > timeBox.most) return 'the time box aims beyond what it allows';
    if (emergency && emergency.noticeMinutes > emergency.withinHours * 60)
      return 'an emergency meeting needs more notice than it is given time';
    if (advocate && !informs.some((each) => each.code === advocate.informs))
      return 'the advocate tells of something that the forum does not share';
    return timeBox.verified && minutesWithin?.verified !== false && emergency?.verified !== false
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
