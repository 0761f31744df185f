import { addMonths, civilDate, mayNotExtend, type NotExtendable } from '@concordat/clocks';
import { newId, RuleBroken, wrong } from '@concordat/contracts';
import { valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { clocksOf } from '../review-clocks';
import { decisionOf, runningPauses, type ReviewPause } from '../review';
import { Changing, recordedBy } from './changing';
import { ExtendDto, PauseDto, ResumeDto } from './reviews.dto';

const LONGEST_MONTHS = 120;

/** The field that an extension that cannot be is put right in, and what is said of it; `null` when none can. */
const NOT_EXTENDED: Readonly<Record<NotExtendable, readonly [field: string | null, message: string]>> = {
  law: [null, 'A time limit set by law cannot be extended'],
  'no-date': [null, 'This has no date to extend'],
  done: [null, 'This is done'],
  'not-from-the-latest-date': [null, 'The date has changed since'],
  'not-later': ['to', 'The new date must be later than the one now'],
  'before-agreed': ['to', 'The new date must not be before the day on which it was agreed'],
  'agreed-in-future': ['agreedOn', 'The date of the agreement must be today or earlier'],
  'approvers-missing': ['approvers', 'Everybody whose agreement it needs must have agreed'],
};

/** Pauses and resumes reviews, and agrees new dates. Neither is ever taken back: the next one stands beside it. */
@Injectable()
export class PausingService {
  constructor(private readonly changing: Changing) {}

  pause(call: Call, id: string) {
    return this.changing.review(call, id, 'review.pause', ({ tx, review: { document }, kind }) => {
      const { reason, askedBy, agreedBy, from, reviewOn } = valid(PauseDto, call.body);
      const rule = kind.pauses.find((p) => p.reason === reason);
      if (!rule) throw wrong('reason', 'not-in-list', 'Choose why the review is paused');
      if (from > civilDate(tx.now))
        throw wrong('from', 'in-future', 'The first day of the pause must be today or earlier');
      if (reviewOn <= from) throw wrong('reviewOn', 'too-early', 'The review date must be after the pause begins');
      if (runningPauses(document).some((p) => p.reason === reason))
        throw new RuleBroken('review.paused-already', 'It is paused for this reason already');
      const pause: ReviewPause = {
        ...{ id: newId(), reason: rule.reason, askedBy, agreedBy, from, reviewOn, to: null, ending: null },
        ...recordedBy(tx),
      };
      tx.about({ items: [reason] });
      return { what: 'pause', document: { pauses: [...document.pauses, pause] } };
    });
  }

  resume(call: Call, id: string, pauseId: string) {
    return this.changing.review(call, id, 'review.resume', ({ tx, review: { document }, kind }) => {
      const pause = runningPauses(document).find((p) => p.id === pauseId);
      if (!pause) throw new RuleBroken('review.not-paused', 'This pause does not run');
      const { on, ending, endedOn = null } = valid(ResumeDto, call.body);
      const rule = kind.pauses.find((p) => p.reason === pause.reason);
      if (!rule?.endings.some(({ code }) => code === ending))
        throw wrong('ending', 'not-in-list', 'Choose what ended the pause');
      if (on > civilDate(tx.now)) throw wrong('on', 'in-future', 'The day of resuming must be today or earlier');
      if (on <= pause.from) throw wrong('on', 'too-early', 'The day of resuming must be after the pause began');
      if (endedOn !== null && endedOn > civilDate(tx.now))
        throw wrong('endedOn', 'in-future', 'The date must be today or earlier');
      tx.about({ items: [pause.reason, ending] });
      const pauses = document.pauses.map((p) => (p.id === pauseId ? { ...p, to: on, ending, endedOn } : p));
      return { what: 'resumption', document: { pauses } };
    });
  }

  extend(call: Call, id: string) {
    return this.changing.review(call, id, 'review.extend', ({ tx, review, kind }) => {
      const { document } = review;
      const dto = valid(ExtendDto, call.body);
      const today = civilDate(tx.now);
      const party = dto.party ?? null;
      const clock = kind.clocks.find((c) => c.code === dto.clock);
      const state = clocksOf(kind, document, today, decisionOf(review)?.outcome).find(
        (c) => c.code === dto.clock && c.party === party,
      );
      if (!clock || !state) throw wrong('clock', 'not-in-list', 'Choose a time limit of this review');
      const { to, agreedOn, approvers, reason } = dto;
      if (to > addMonths(today, LONGEST_MONTHS)) throw wrong('to', 'too-late', 'The new date must be within ten years');
      const extension = { old: state.due?.latest ?? '', new: to, reason, approvers: [...new Set(approvers)], agreedOn };
      const barred = mayNotExtend(clock, state, extension, today);
      if (barred) {
        const [field, message] = NOT_EXTENDED[barred];
        if (field) throw wrong(field, barred, message);
        throw new RuleBroken(`review.not-extended-${barred}`, message);
      }
      tx.about({ items: [clock.code], reasons: agreedOn > extension.old ? ['extension.late-agreed'] : [] });
      const kept = { ...extension, clock: clock.code, party, ...recordedBy(tx) };
      return { what: 'extension', document: { extensions: [...document.extensions, kept] }, reason };
    });
  }
}
