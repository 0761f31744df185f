import type { Names } from '../../apis/directory';
import type { ReviewView } from '../../apis/reviews';
import { OUTCOMES, TOPICS } from '../evidence-words';
import { artefactIn, DECISIONS, REASONS, RELATIONS, VERDICTS } from '../release-words';

/** Linked reviews, the quality letters with their change log, the decisions on publication, and central copies. Pure. */
export function shownLeaving({ document, definition, state, linkedFrom }: ReviewView, names: Names) {
  const { letters = [], qualityAnswers = [], publications = [], copies = [], releases = [], family = [] } = document;
  return {
    links: [
      ...(document.links ?? []).map((l) => ({ ...l, text: RELATIONS[l.relation].to, id: l.reviewId })),
      ...linkedFrom.map((l) => ({ ...l, text: RELATIONS[l.relation].from, note: '' })),
    ],
    letters: letters.map((l) => ({
      ...{ number: l.number, receivedOn: l.receivedOn, verdict: VERDICTS[l.verdict] },
      points: l.points.map((text, i) => ({
        ...{ text, key: `${l.number}.${i + 1}` },
        answer: qualityAnswers.findLast((a) => a.letter === l.number && a.point === i + 1),
      })),
    })),
    publications: publications.toReversed().map((p, i) => ({
      ...{ ...p, inForce: i === 0, title: DECISIONS[p.decision], who: names.person(p.by) },
      reasons: p.reasons.map((r) => REASONS[r]),
    })),
    copies: copies.map((c, i) => ({
      ...{ ...c, number: i + 1, to: definition.copies?.find((d) => d.code === c.code)?.to ?? c.code },
      acknowledged: document.copyReceipts?.findLast((r) => r.copy === i + 1),
    })),
    leaving: releases
      .filter((r) => r.state !== 'withdrawn')
      .map((r) => ({
        artefact: artefactIn(r.artefact),
        released: r.state === 'released' && r.mapped === (document.mapped ?? 0),
      })),
    submissions: (document.submissions ?? []).map((s) => ({ ...s, count: s.files.length })),
    family: family.map((c) => ({ on: c.on, topic: TOPICS[c.topic], outcome: OUTCOMES[c.outcome], against: c.against })),
    chronology: document.chronologies?.at(-1),
    publishable: state === 'PUBLISHED',
    hasCopies: (definition.copies ?? []).length > 0,
  };
}
