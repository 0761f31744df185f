import { civilDate } from '@concordat/clocks';
import { Invalid, wrong } from '@concordat/contracts';
import { valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import type { PublicationRecord, QualityAnswer, QualityLetter, Submission } from '../publication';
import { answerProblems, publicationProblems, submittable } from '../publication-rules';
import { datedBy } from '../review';
import { Changing, recordedBy } from '../reviews/changing';
import {
  AcknowledgeCopyDto,
  CentralCopyDto,
  DecidePublicationDto,
  QualityAnswerDto,
  QualityLetterDto,
  PublicationSubmissionDto,
} from './publication.dto';

/** Keeps what the central quality panel says and what was done about it, the decision on publication, and central copies. */
@Injectable()
export class DecidingService {
  constructor(private readonly changing: Changing) {}

  /** That the whole package was sent to the central quality panel. Only what was released can have been. */
  submit(call: Call, id: string) {
    return this.changing.review(call, id, 'review.keep-submission', ({ tx, review: { document }, kind }) => {
      const { sentOn, how, receipt } = valid(PublicationSubmissionDto, call.body);
      if (sentOn > civilDate(tx.now)) throw wrong('sentOn', 'in-future', 'The date must be today or earlier');
      const files = submittable(kind, document);
      const { submissions = [], round } = document;
      const number = submissions.length + 1;
      const submission: Submission = { number, round, sentOn, how, receipt, files, ...recordedBy(tx) };
      tx.about({
        objects: files.map((file) => ({ t: 'release-file', id: file })),
        items: [`submission.${number}`],
      });
      return { what: 'quality-submission', document: { submissions: [...submissions, submission] } };
    });
  }

  letter(call: Call, id: string) {
    return this.changing.review(call, id, 'review.keep-quality-letter', ({ tx, review: { document }, kind }) => {
      const { receivedOn, verdict, points = [] } = valid(QualityLetterDto, call.body);
      if (receivedOn > civilDate(tx.now)) throw wrong('receivedOn', 'in-future', 'The date must be today or earlier');
      const said = points.map((p) => p.trim()).filter(Boolean);
      if (verdict !== 'publish' && said.length === 0)
        throw wrong('points', 'required', 'Enter each point of the letter');
      const { letters = [], round } = document;
      const letter: QualityLetter = {
        ...{ number: letters.length + 1, round, receivedOn, verdict, points: said, ...recordedBy(tx) },
      };
      tx.about({ items: [`letter.${letter.number}`, verdict] });
      // Of several letters the first gives the date of the review.
      const facts = datedBy(kind, document, 'letter', receivedOn, recordedBy(tx));
      return { what: 'quality-letter', document: { facts, letters: [...letters, letter] } };
    });
  }

  answer(call: Call, id: string) {
    return this.changing.review(call, id, 'review.answer-quality-point', ({ tx, review: { document } }) => {
      const { letter, point, done, response, location = null, reason = null } = valid(QualityAnswerDto, call.body);
      const found = document.letters?.find((l) => l.number === letter);
      if (!found?.points[point - 1]) throw wrong('point', 'not-in-list', 'Choose a point of a letter');
      const answer: QualityAnswer = {
        ...{ letter, point, done, response, location, reason, on: civilDate(tx.now), ...recordedBy(tx) },
      };
      const problems = answerProblems(answer);
      if (problems.length > 0) throw new Invalid(problems);
      tx.about({ items: [`letter.${letter}.point.${point}`, done ? 'done' : 'not-done'] });
      return { what: 'quality-answer', document: { qualityAnswers: [...(document.qualityAnswers ?? []), answer] } };
    });
  }

  decide(call: Call, id: string) {
    return this.changing.review(call, id, 'review.decide-publication', ({ tx, review: { document } }) => {
      const dto = valid(DecidePublicationDto, call.body);
      const proposed = {
        ...{
          decision: dto.decision,
          reasons: [...new Set(dto.reasons)],
          decider: dto.decider,
          decidedOn: dto.decidedOn,
        },
        ...{ text: dto.text ?? null, heldBack: dto.heldBack ?? null, reviewOn: dto.reviewOn ?? null },
        learning: dto.learning ?? null,
      };
      const problems = publicationProblems(proposed, civilDate(tx.now));
      if (problems.length > 0) throw new Invalid(problems);
      const { publications = [] } = document;
      const record: PublicationRecord = { ...proposed, number: publications.length + 1, ...recordedBy(tx) };
      tx.about({ items: [dto.decision], reasons: [...record.reasons] });
      return { what: 'publication-decided', document: { publications: [...publications, record] } };
    });
  }

  copy(call: Call, id: string) {
    return this.changing.review(call, id, 'review.keep-central-copy', ({ tx, review: { document }, kind }) => {
      const { code, sentOn, how = null, receipt, acknowledgeBy = null } = valid(CentralCopyDto, call.body);
      const entry = kind.copies?.find((c) => c.code === code);
      if (!entry) throw wrong('code', 'not-in-list', 'Choose who had it');
      if (sentOn > civilDate(tx.now)) throw wrong('sentOn', 'in-future', 'The date must be today or earlier');
      if (acknowledgeBy !== null && acknowledgeBy < sentOn)
        throw wrong('acknowledgeBy', 'too-early', 'It cannot be acknowledged before it was sent');
      tx.about({ items: [code] });
      const copy = { code, sentOn, how, receipt, acknowledgeBy, ...recordedBy(tx) };
      // Its sending gives a date of the review: nobody has to record that again.
      const facts = datedBy(kind, document, entry.records, sentOn, recordedBy(tx));
      return { what: 'central-copy', document: { facts, copies: [...(document.copies ?? []), copy] } };
    });
  }

  /** A central body acknowledged a copy that it was sent. */
  acknowledge(call: Call, id: string) {
    return this.changing.review(call, id, 'review.acknowledge-copy', ({ tx, review: { document } }) => {
      const { copy, on, reference } = valid(AcknowledgeCopyDto, call.body);
      const sent = document.copies?.[copy - 1];
      if (!sent) throw wrong('copy', 'not-in-list', 'Choose a copy that was sent');
      if (on > civilDate(tx.now)) throw wrong('on', 'in-future', 'The date must be today or earlier');
      if (on < sent.sentOn) throw wrong('on', 'too-early', 'It cannot be acknowledged before it was sent');
      tx.about({ items: [sent.code] });
      const receipt = { copy, on, reference, ...recordedBy(tx) };
      return { what: 'copy-acknowledged', document: { copyReceipts: [...(document.copyReceipts ?? []), receipt] } };
    });
  }
}
