import type { CriterionAnswer, FieldProblem } from '@concordat/contracts';
import type { ReviewKind } from '@concordat/packs';
import type { Recorded } from './review';

export const nations = ['england', 'wales'] as const;
export type Nation = (typeof nations)[number];

/** How a kind of review came out of the checklist (domain/statutory-reviews.md §4.8). */
export type KindVerdict = 'candidate' | 'excluded' | 'not-met' | 'unknown' | 'not-tested';

/** A question of the checklist: a criterion, or what takes a death out of a kind. The same words are asked once. */
export interface KindQuestion {
  /** The first kind that asks it, with its code there. */
  readonly id: string;
  readonly text: string;
  readonly what: 'criterion' | 'exclusion';
  readonly force: ReviewKind['criteria'][number]['force'];
  readonly source: string;
  /** Codes of the kinds that ask it. */
  readonly kinds: readonly string[];
}

/** What the checklist says of one kind, in the version that it was tested by. */
export interface KindFinding {
  readonly code: string;
  readonly version: number;
  readonly verdict: KindVerdict;
  /** The basis in law of a candidate. */
  readonly under: string | null;
  /** What excludes it, what is not met, or what is not known: each in the words of the kind. */
  readonly because: readonly string[];
  /** Bases that are not in force and would be met: nothing follows from them yet. */
  readonly toCome: readonly string[];
}

/** A test of every kind, kept with a review. It is never changed: a later one stands beside it. */
export interface KindTest extends Recorded {
  readonly number: number;
  readonly nation: Nation;
  readonly answers: readonly { readonly question: string; readonly text: string; readonly answer: CriterionAnswer }[];
  readonly findings: readonly KindFinding[];
}

export type KindAnswers = ReadonlyMap<string, CriterionAnswer>;

/** A kind that begins with an application is tested by its own ledger, and not by this checklist. */
const byApplication = ({ threshold }: ReviewKind): boolean => threshold !== undefined;

/**
 * inTestOrder is kinds as they are tested: what has exclusions comes last, since its exclusions are that another kind must or
 * may be made. Pure.
 */
export const inTestOrder = (kinds: readonly ReviewKind[]): ReviewKind[] => [
  ...kinds.filter(({ exclusions }) => exclusions.length === 0),
  ...kinds.filter(({ exclusions }) => exclusions.length > 0),
];

type Asked = Omit<KindQuestion, 'kinds'>;
const asksOf = (kind: ReviewKind): Asked[] =>
  byApplication(kind)
    ? []
    : [
        ...kind.criteria.map(({ code, text, force, source }) => ({
          ...{ id: `${kind.code}.${code}`, text, force, source },
          what: 'criterion' as const,
        })),
        ...kind.exclusions.map(({ text, force, source }, i) => ({
          ...{ id: `${kind.code}.x${i + 1}`, text, force, source },
          what: 'exclusion' as const,
        })),
      ];
const same = (a: Pick<Asked, 'what' | 'text'>, b: Pick<Asked, 'what' | 'text'>): boolean =>
  a.what === b.what && a.text === b.text;

/** questionsOf is what the checklist asks for these kinds, in the order in which they are tested. Pure. */
export function questionsOf(kinds: readonly ReviewKind[]): KindQuestion[] {
  const questions: KindQuestion[] = [];
  for (const kind of inTestOrder(kinds))
    for (const asked of asksOf(kind)) {
      const at = questions.findIndex((q) => same(q, asked));
      const known = questions[at];
      if (known) questions[at] = { ...known, kinds: [...new Set([...known.kinds, kind.code])] };
      else questions.push({ ...asked, kinds: [kind.code] });
    }
  return questions;
}

/** unansweredQuestions names each question that has no answer: not known is one, a blank is none. Pure. */
export const unansweredQuestions = (questions: readonly KindQuestion[], answers: KindAnswers): FieldProblem[] =>
  questions
    .filter(({ id }) => !answers.has(id))
    .map(({ id, text }) => ({ field: id, code: 'required', message: `Answer: ${text}` }));

/**
 * testKinds tests every kind and never stops at the first (domain/statutory-reviews.md §4.8). What law asks decides; where
 * law asks nothing, whatever the kind asks. A kind of the other nation is not met. Pure.
 */
export function testKinds(kinds: readonly ReviewKind[], nation: Nation, answers: KindAnswers): KindFinding[] {
  const questions = questionsOf(kinds);
  const answerTo = (asked: Pick<Asked, 'what' | 'text'>): CriterionAnswer =>
    answers.get(questions.find((q) => same(q, asked))?.id ?? '') ?? 'unknown';
  return inTestOrder(kinds).map((kind) => findingOf(kind, nation, answerTo));
}

type AnswerTo = (asked: Pick<Asked, 'what' | 'text'>) => CriterionAnswer;

function findingOf(kind: ReviewKind, nation: Nation, answerTo: AnswerTo): KindFinding {
  const finding = (verdict: KindVerdict, because: readonly string[], under: string | null = null): KindFinding => ({
    ...{ code: kind.code, version: kind.version, verdict, under, because },
    toCome: verdict === 'not-tested' ? [] : notInForce,
  });
  const bases = kind.legalBasis.map(({ code, inForce }) => ({ code, inForce, ...tested(kind, code, answerTo) }));
  const notInForce = bases.filter((b) => b.inForce === false && met(b)).map(({ code }) => code);
  if (byApplication(kind))
    return finding('not-tested', ['It begins with an application, and is tested by its complaints']);
  if (!kind.nations.includes(nation)) return finding('not-met', ['It is not made in this nation']);
  const open = bases.filter(({ inForce }) => inForce !== false);
  const fits = open.find(met);
  if (!fits) {
    const unknown = open.find(({ no }) => no.length === 0);
    return unknown
      ? finding('unknown', unknown.unknown)
      : finding('not-met', [...new Set(open.flatMap(({ no }) => no))]);
  }
  const out = kind.exclusions.map(({ text }) => ({ text, answer: answerTo({ what: 'exclusion', text }) }));
  const excluding = out.filter(({ answer }) => answer === 'yes').map(({ text }) => text);
  if (excluding.length > 0) return finding('excluded', excluding, fits.code);
  const unclear = out.filter(({ answer }) => answer === 'unknown').map(({ text }) => text);
  return unclear.length > 0 ? finding('unknown', unclear, fits.code) : finding('candidate', [], fits.code);
}

const met = ({ no, unknown }: { no: readonly string[]; unknown: readonly string[] }): boolean =>
  no.length === 0 && unknown.length === 0;

function tested({ criteria }: ReviewKind, basis: string, answerTo: AnswerTo) {
  const under = criteria.filter((c) => c.basis === undefined || c.basis === basis);
  const law = under.filter(({ force }) => force === 'law');
  const deciding = law.length > 0 ? law : under;
  const answered = (answer: CriterionAnswer) =>
    deciding.filter(({ text }) => answerTo({ what: 'criterion', text }) === answer).map(({ text }) => text);
  return { no: answered('no'), unknown: answered('unknown') };
}
