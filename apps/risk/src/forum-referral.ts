import { Invalid, type AbuseKind, type FieldProblem } from '@concordat/contracts';
import { civilDate } from '@concordat/clocks';
import type { ForumKind } from '@concordat/packs';
import { repeatOf, type EarlierReferral, type RepeatFinding, type RepeatPractice } from './repeat';

/** A route by which a case is referred, with what it rests on. */
export interface CriterionMet {
  readonly code: string;
  readonly evidence: string;
}

/** What somebody says when they refer a case to a forum. People are ids of the case's people. */
export interface ReferralSaid {
  readonly subjectId: string;
  readonly otherIds: readonly string[];
  readonly childIds: readonly string[];
  readonly criteria: readonly CriterionMet[];
  readonly incident: { readonly kind: AbuseKind; readonly on: string } | null;
  /** `ground`: of the pack, by which it is referred without consent. */
  readonly consent: {
    readonly answer: 'given' | 'refused' | 'not-asked';
    readonly ground: string | null;
    readonly reason: string | null;
  };
  /** Whether it is a case that another kind of forum is for, and why it is referred to this one nevertheless. */
  readonly diverts: readonly { readonly code: string; readonly applies: boolean; readonly reason: string }[];
  /** The agency for the area where the person lives, where the kind of forum asks for it. */
  readonly homeOrg: string | null;
}

export interface ForumReferral extends ReferralSaid {
  readonly id: string;
  readonly forumId: string;
  readonly caseId: string;
  readonly orgId: string;
  readonly byId: string;
  readonly at: Date;
  readonly repeat: RepeatFinding | null;
}

/**
 * judged is what a referral comes to: what is wrong with it, or whether it repeats an earlier one (domain/risk-conferences.md
 * §2.2-2.3). An incident inside the window is a route by itself, whatever else is met; one outside refuses nothing. Pure.
 * @param referring what is wrong with who refers (`wrongReferrer`), told with the rest
 * @throws Invalid with every problem
 */
export function judged(
  said: ReferralSaid,
  kind: ForumKind,
  practice: RepeatPractice | null,
  earlier: readonly EarlierReferral[],
  inCase: readonly string[],
  grounds: readonly string[],
  today: string,
  referring: readonly FieldProblem[] = [],
): RepeatFinding | null {
  const problems: FieldProblem[] = [...referring];
  const wrong = (is: boolean, field: string, code: string, message: string): void =>
    void (is && problems.push({ field, code, message }));
  const known = new Set(inCase);
  wrong(!known.has(said.subjectId), 'subjectId', 'person.unknown', 'Choose somebody of this case');
  wrong(said.otherIds.length < kind.others.min, 'otherIds', 'required', `Choose: ${kind.others.title.toLowerCase()}`);
  for (const field of ['otherIds', 'childIds'] as const) {
    wrong(!said[field].every((id) => known.has(id)), field, 'person.unknown', 'Choose somebody of this case');
    wrong(said[field].includes(said.subjectId), field, 'person.twice', 'This is who the referral is about');
  }
  wrong(
    said.childIds.some((id) => said.otherIds.includes(id)),
    ...(['childIds', 'person.twice', 'Somebody is chosen as a child and as somebody else'] as const),
  );
  const codes = new Set(kind.criteria.map(({ code }) => code));
  for (const { code, title } of kind.criteria.filter(({ always }) => always))
    wrong(!said.criteria.some((each) => each.code === code), 'criteria', 'criterion.always', `Always needed: ${title}`);
  said.criteria.forEach(({ code, evidence }) => {
    wrong(!codes.has(code), 'criteria', 'criterion.unknown', 'Choose among the criteria of this forum');
    wrong(evidence.trim() === '', `evidence.${code}`, 'required', 'Say what this rests on');
  });
  wrong(
    said.incident !== null && said.incident.on > today,
    'incident.on',
    'in-the-future',
    'This must not be in the future',
  );
  wrong(
    said.criteria.some(({ code }) => code === 'repeat') && said.incident === null,
    ...(['incident.kind', 'required', 'Say what happened, and when'] as const),
  );
  problems.push(...wrongDiverts(said.diverts, kind));
  // Where consent is asked for before support and not before a referral, nobody is asked to say why they do without.
  if (said.consent.answer !== 'given' && kind.consent !== 'for-support') {
    wrong(
      !grounds.includes(said.consent.ground ?? ''),
      'consent.ground',
      'required',
      'Choose why it is referred without consent',
    );
    wrong(!said.consent.reason?.trim(), 'consent.reason', 'required', 'Say why it is referred without consent');
  }
  const finding =
    said.incident && practice
      ? repeatOf(
          {
            ...{ victim: said.subjectId, perpetrators: said.otherIds, kind: said.incident.kind },
            at: new Date(`${said.incident.on}T12:00:00Z`),
          },
          earlier,
          practice,
        )
      : null;
  const none = said.criteria.length === 0 && !kind.criteria.some(({ always }) => always);
  wrong(none && !finding?.repeat, 'criteria', 'required', 'Choose at least one criterion');
  if (problems.length > 0) throw new Invalid(problems);
  return finding;
}

/**
 * What is wrong with what was said of cases that another kind of forum is for: each is answered, and one that is such a case says why
 * it is referred here nevertheless (domain/risk-conferences.md §3). Pure.
 */
export function wrongDiverts(
  said: ReferralSaid['diverts'],
  { diverts = [] }: Pick<ForumKind, 'diverts'>,
): FieldProblem[] {
  const unknown = said.some(({ code }) => !diverts.some((each) => each.code === code));
  return [
    ...(unknown ? [{ field: 'diverts', code: 'divert.unknown', message: 'Answer what this forum asks' }] : []),
    ...diverts.flatMap(({ code, question, words }) => {
      const answer = said.find((each) => each.code === code);
      if (!answer) return [{ field: `diverts.${code}`, code: 'required', message: `Answer: ${question}` }];
      if (!answer.applies || answer.reason.trim() !== '') return [];
      const message = `${words}. Refer it there, or say why it is referred here nevertheless`;
      return [{ field: `diverts.${code}.reason`, code: 'divert.reason-needed', message }];
    }),
  ];
}

/** A referral as an earlier one for those that come after it. */
export const asEarlier = (
  referral: Pick<ForumReferral, 'id' | 'subjectId' | 'otherIds' | 'at'>,
  heardOn: string | null,
): EarlierReferral => ({
  ...{ id: referral.id, victim: referral.subjectId, perpetrators: referral.otherIds },
  referredOn: civilDate(referral.at),
  ...(heardOn ? { heardOn } : {}),
});
