import { civilDate } from '@concordat/clocks';
import { Invalid, RuleBroken } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { NotFound, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import type { LetterBrief, LetterWords } from '../appeal';
import { letterAbout } from '../appeal-rules';
import { sendingProblem } from '../family';
import { Kinds } from '../kinds';
import { letterPaper } from '../letter';
import { letterPdf } from '../letter-pdf';
import { ComposingService } from '../release/composing.service';
import { draftedReview } from '../release/drafting';
import { releasedFiles } from '../release-rules';
import type { ReviewDocument } from '../review';
import { Changing, recordedBy } from '../reviews/changing';
import { SendLetterDto, WriteLetterDto } from './appeals.dto';
import { keepLetter, letterWords } from './letters.repository';

const LETTERS = 'letters';

/** Letters to whoever applied: written here, looked through and released like whatever leaves a review, and then sent. */
@Injectable()
export class LettersService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly changing: Changing,
    private readonly composing: ComposingService,
    private readonly kinds: Kinds,
  ) {}

  write(call: Call, id: string) {
    const written = (): { about: WriteLetterDto['about']; words: LetterWords } => {
      const { about, next = null, to, decided, why, contact } = valid(WriteLetterDto, call.body);
      return { about, words: { to, decided, why, next, contact } };
    };
    return this.composing.compose(
      call,
      id,
      'review.write-letter',
      async (review, kind, now) => {
        if (!kind.appeal) throw new RuleBroken('letter.not-written', 'Reviews of this kind have no such letters');
        const { about, words } = written();
        letterAbout(review, about);
        const on = civilDate(now);
        const paper = letterPaper({ about, reference: review.reference, on }, words, kind.appeal.tell);
        const bytes = await letterPdf(paper, inWords(on), now);
        return { artefact: LETTERS, ending: 'pdf', name: `${review.reference}-letter.pdf`, bytes };
      },
      async ({ tx, review }, fileId) => {
        const { about, words } = written();
        letterAbout(review, about);
        const { outcomeLetters = [], round } = review.document;
        const letter = { id: fileId, number: outcomeLetters.length + 1, round, about, ...recordedBy(tx) };
        await keepLetter(tx, id, fileId, words);
        return { what: 'outcome-letter', document: { outcomeLetters: [...outcomeLetters, letter] } };
      },
    );
  }

  /** A letter as it is printed, for those who draft the review. */
  view(call: Call, id: string, letterId: string) {
    const act = { action: 'review.view-letter', call, objects: [{ t: 'review' as const, id }] } as const;
    return this.unit.read(act, async (tx) => {
      const review = await draftedReview(tx, id, act.action);
      const letter = letterIn(review.document, letterId);
      const words = await wordsOf(tx, id, letterId);
      const kind = await this.kinds.of(tx, review.kind);
      tx.about({ objects: [{ t: 'release-file', id: letterId }], items: [letter.about] });
      const on = civilDate(new Date(letter.at));
      return {
        ...letterPaper({ about: letter.about, reference: review.reference, on }, words, kind.appeal?.tell),
        ...{ id: letterId, reviewId: id, version: review.version, number: letter.number },
        released: isReleased(review.document, letterId),
        sending: review.document.letterSendings?.find((s) => s.letter === letterId) ?? null,
      };
    });
  }

  /** It was sent. What nobody has released cannot be. */
  send(call: Call, id: string, letterId: string) {
    return this.changing.review(call, id, 'review.send-letter', ({ tx, review: { document } }) => {
      const letter = letterIn(document, letterId);
      const { sentOn, how, receipt } = valid(SendLetterDto, call.body);
      if (!isReleased(document, letterId))
        throw new RuleBroken('letter.not-released', 'A second person must release it first');
      const { letterSendings = [], facts, pauses } = document;
      if (letterSendings.some((s) => s.letter === letterId))
        throw new RuleBroken('letter.sent-already', 'It is recorded already that it was sent');
      const wrong = (code: string, message: string) => new Invalid([{ field: 'sentOn', code, message }]);
      if (sentOn > civilDate(tx.now)) throw wrong('in-future', 'The date must be today or earlier');
      const held = sendingProblem(sentOn, [], pauses);
      if (held) throw wrong(held.code, held.message);
      if (sentOn < civilDate(new Date(letter.at)))
        throw wrong('too-early', 'It cannot have been sent before it was written');
      const recorded = recordedBy(tx);
      tx.about({ objects: [{ t: 'release-file', id: letterId }], items: [letter.about] });
      const code = { threshold: 'threshold-told', outcome: 'outcome-told', appeal: null }[letter.about];
      const earlier = facts.some((f) => f.code === code);
      const fact = code && {
        ...{ code, date: sentOn, approximate: false, party: null, ...recorded },
        reason: earlier ? `By letter ${letter.number}` : null,
      };
      return {
        what: 'outcome-letter-sent',
        document: {
          letterSendings: [...letterSendings, { letter: letterId, sentOn, how, receipt, ...recorded }],
          ...(fact ? { facts: [...facts, fact] } : {}),
        },
      };
    });
  }
}

/** @throws NotFound if the review has no such letter */
function letterIn({ outcomeLetters = [] }: ReviewDocument, id: string): LetterBrief {
  const letter = outcomeLetters.find((l) => l.id === id);
  if (!letter) throw new NotFound('letter');
  return letter;
}

async function wordsOf(tx: Tx, reviewId: string, id: string): Promise<LetterWords> {
  const words = await letterWords(tx, reviewId, id);
  if (!words) throw new NotFound('letter');
  return words;
}

const isReleased = (document: ReviewDocument, id: string): boolean =>
  releasedFiles(document).some((file) => file.id === id);

const inWords = (day: string): string =>
  new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );
