import { civilDate } from '@concordat/clocks';
import { Invalid, wrong } from '@concordat/contracts';
import { valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { questionsOf, testKinds, unansweredQuestions, type KindTest } from '../kind-test';
import { demandMove, type KindMove } from '../kind-moving';
import { Kinds } from '../kinds';
import { demandLink } from '../linking';
import type { ReviewLink } from '../review';
import { Changing, recordedBy } from './changing';
import { LinkReviewDto, MoveKindDto } from './panel.dto';
import { TestKindsDto } from './reviews.dto';
import { reviewByReference } from './reviews.repository';

/** The guard of kinds that want every kind to be tested. */
const TESTED = 'tested';

/** Says how a review stands to another, which kinds there might be of what happened, and which version of its kind it follows. */
@Injectable()
export class LinkingService {
  constructor(
    private readonly changing: Changing,
    private readonly kinds: Kinds,
  ) {}

  /** Tests every kind with the answers, and keeps all of it. It confirms the guard that wants it, in the same name. */
  testKinds(call: Call, id: string) {
    return this.changing.review(call, id, 'review.test-kinds', ({ tx, review: { document }, kind }) => {
      const { nation, answers: given } = valid(TestKindsDto, call.body);
      const kinds = this.kinds.current(tx.now);
      const questions = questionsOf(kinds);
      const answers = new Map(given.map(({ question, answer }) => [question, answer]));
      const problems = unansweredQuestions(questions, answers);
      if (problems.length > 0) throw new Invalid(problems);
      const { kindTests = [], confirmations, round } = document;
      const test: KindTest = {
        ...{ number: kindTests.length + 1, nation, findings: testKinds(kinds, nation, answers) },
        answers: questions.map((q) => ({ question: q.id, text: q.text, answer: answers.get(q.id)! })),
        ...recordedBy(tx),
      };
      tx.about({ items: test.findings.map(({ code, version, verdict }) => `${code}@${version}:${verdict}`) });
      const confirmed = kind.guards.some(({ code, check }) => code === TESTED && check === 'confirmed');
      const said = { guard: TESTED, round, evidence: `Checklist ${test.number} of this review`, ...recordedBy(tx) };
      return {
        what: 'kinds-tested',
        document: {
          kindTests: [...kindTests, test],
          ...(confirmed ? { confirmations: [...confirmations, said] } : {}),
        },
      };
    });
  }

  /** To the version of its kind that is in force, once its decider has approved it. What it held stays, and so does what it followed. */
  moveKind(call: Call, id: string) {
    return this.changing.review(call, id, 'review.move-kind', ({ tx, review, kind }) => {
      const { version, ...approved } = valid(MoveKindDto, call.body);
      if (approved.approvedOn > civilDate(tx.now))
        throw wrong('approvedOn', 'in-future', 'The date must be today or earlier');
      const to = demandMove(kind, this.kinds.byCode(kind.code, tx.now), version, review);
      const move: KindMove = { from: kind.version, to: to.version, ...approved, ...recordedBy(tx) };
      tx.about({ items: [`${kind.code}@${kind.version}`, `${to.code}@${to.version}`] });
      return { what: 'kind-moved', kind: to, document: { kindMoves: [...(review.document.kindMoves ?? []), move] } };
    });
  }

  /** To a review that the caller sees, or to one that is kept elsewhere. One that they may not see is not there. */
  link(call: Call, id: string) {
    return this.changing.review(call, id, 'review.link', async ({ tx, review }) => {
      const { relation, reference, outside, note } = valid(LinkReviewDto, call.body);
      if (!reference === !outside)
        throw wrong('reference', 'required', 'Enter a reference, or what it is called elsewhere: one of both');
      const other = reference ? await reviewByReference(tx, reference.trim().toUpperCase()) : undefined;
      if (reference && (!other || other.id === id))
        throw wrong('reference', 'review.unknown', 'Enter the reference of another review that you may see');
      const link: ReviewLink = {
        ...{ relation, reviewId: other?.id ?? null, reference: other?.reference ?? outside!, note, ...recordedBy(tx) },
      };
      demandLink(link, review.document, other?.document ?? null, id);
      tx.about({ items: [relation], ...(other ? { objects: [{ t: 'review', id: other.id }] } : {}) });
      return { what: 'linked', document: { links: [...(review.document.links ?? []), link] } };
    });
  }
}
