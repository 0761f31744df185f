import { civilDateOf } from '../../design/filters';
import { compact } from '../../design/submitted';
import { listed } from '../evidence-words';
import { choice, choices, date, long, text } from '../fields';
import { DECISIONS, REASONS, RELATIONS, VERDICTS } from '../release-words';
import type { Recording } from './forms';

/** What is recorded of other reviews, of the quality letter, of the decision on publication and of what is published. */
export const LEAVING: Readonly<Record<string, Recording>> = {
  kind: {
    title: 'Follow the version of its kind in force',
    button: 'Follow it from now on',
    hint: 'The states, checks and time limits of that version hold from now on. What is recorded stays, and so does which version it followed before. It is not taken back.',
    fields: ({ kind, laterKind }) => [
      text(
        'approver',
        'Who approved it?',
        `In which office, for version ${laterKind ?? kind.version} of “${kind.label}”`,
      ),
      date('approvedOn', 'When was it approved?'),
      long('reason', 'Why?', 'Do not name anybody'),
    ],
    send: (sent, { kind, laterKind }) => ({
      what: 'kind',
      body: compact({
        ...{ version: laterKind ?? kind.version, approver: sent.text('approver') ?? '' },
        ...{ approvedOn: sent.date('approvedOn') ?? '', reason: sent.text('reason') ?? '' },
      }),
    }),
  },
  link: {
    title: 'Link another review',
    button: 'Link it',
    fields: () => [
      choice(
        'relation',
        'How does this review stand to it?',
        Object.entries(RELATIONS).map(([value, { to }]) => ({ value, text: `${to} …` })),
      ),
      text('reference', 'Its reference', 'Of a review that is kept here, for example SR-2026-0001'),
      text('outside', 'What is it called, and who keeps it?', 'Only of a review that is kept elsewhere. No names'),
      long('note', 'Why, and what was agreed?'),
    ],
    send: (sent) => ({
      what: 'links',
      body: compact({
        ...{ relation: sent.text('relation') ?? '', reference: sent.text('reference') },
        ...{ outside: sent.text('outside'), note: sent.text('note') },
      }),
    }),
  },
  letter: {
    title: 'Record a quality letter',
    button: 'Record it',
    hint: 'Each point must be answered before the review goes on: done, or not done for a reason.',
    fields: () => [
      date('receivedOn', 'When was it received?'),
      choice('verdict', 'What does it say?', listed(VERDICTS)),
      long('points', 'Its points', 'One on each line'),
    ],
    send: (sent) => ({
      what: 'quality-letters',
      body: compact({
        ...{ receivedOn: sent.date('receivedOn') ?? '', verdict: sent.text('verdict') ?? '' },
        points: sent.lines('points'),
      }),
    }),
  },
  point: {
    title: 'Answer a point of the quality letter',
    button: 'Keep the answer',
    chosen: 'point',
    fields: ({ document: { letters = [] } }) => [
      choice(
        'point',
        'Which point?',
        letters.flatMap((l) =>
          l.points.map((p, i) => ({ value: `${l.number}.${i + 1}`, text: `${l.number}.${i + 1}: ${p}` })),
        ),
      ),
      choice('done', 'Was it done?', listed({ yes: 'Yes', no: 'No' })),
      long('response', 'What is answered?'),
      text('location', 'Where was it changed?', 'If it was done, for example paragraph 12'),
      long('reason', 'Why was it not done?', 'If it was not'),
    ],
    send: (sent) => {
      const [letter, point] = (sent.text('point') ?? '').split('.').map(Number);
      if (!sent.text('done')) sent.wrong('done', 'required', 'Choose whether it was done');
      return {
        what: 'quality-answers',
        body: compact({
          ...{ letter, point, done: sent.text('done') === 'yes', response: sent.text('response') },
          ...{ location: sent.text('location'), reason: sent.text('reason') },
        }),
      };
    },
  },
  publication: {
    title: 'Decide on publication',
    button: 'Record the decision',
    hint: 'A later decision supersedes this one, which stays. Wishes of the family are weighed with other reasons.',
    fields: () => [
      choice('decision', 'What is decided?', listed(DECISIONS)),
      choices('reasons', 'Why is it not published in full?', listed(REASONS)),
      long('text', 'The reasons in words', 'Unless it is published in full'),
      long('heldBack', 'What is held back?', 'If it is published in part, or withheld'),
      long('learning', 'What was learnt?', 'For those who may not read the report'),
      date('reviewOn', 'When is this looked at again?'),
      text('decider', 'Who decided?'),
      date('decidedOn', 'When?'),
    ],
    send: (sent) => ({
      what: 'publication-decisions',
      body: {
        reasons: sent.list('reasons'),
        ...compact({
          ...{ decision: sent.text('decision') ?? '', text: sent.text('text'), heldBack: sent.text('heldBack') },
          ...{ learning: sent.text('learning'), reviewOn: sent.date('reviewOn'), decider: sent.text('decider') },
          decidedOn: sent.date('decidedOn') ?? '',
        }),
      },
    }),
  },
  copy: {
    title: 'Record a copy for a central body',
    button: 'Record it',
    chosen: 'code',
    fields: ({ definition }) => [
      choice(
        'code',
        'Who had it?',
        (definition.copies ?? []).map((c) => ({ value: c.code, text: c.to })),
      ),
      date('sentOn', 'When was it sent?'),
      text('how', 'How?'),
      text('receipt', 'Receipt', 'A reference, or who confirmed it'),
      date('acknowledgeBy', 'By when is it to be acknowledged?', 'Only if that was agreed'),
    ],
    send: (sent) => ({
      what: 'copies',
      body: compact({
        ...{ code: sent.text('code') ?? '', sentOn: sent.date('sentOn') ?? '' },
        ...{ how: sent.text('how'), receipt: sent.text('receipt'), acknowledgeBy: sent.date('acknowledgeBy') },
      }),
    }),
  },
  acknowledgement: {
    title: 'Record that a copy was acknowledged',
    button: 'Record it',
    chosen: 'copy',
    fields: ({ document: { copies = [] }, definition }) => [
      choice(
        'copy',
        'Which copy?',
        copies.map((c, i) => ({
          value: String(i + 1),
          text: `${definition.copies?.find(({ code }) => code === c.code)?.to ?? c.code}, sent ${civilDateOf(c.sentOn)}`,
        })),
      ),
      date('on', 'When was it acknowledged?'),
      text('reference', 'What was it acknowledged by?', 'Their reference, or who wrote'),
    ],
    send: (sent) => ({
      what: 'copies/acknowledgements',
      body: compact({
        ...{ copy: Number(sent.text('copy') ?? 0), on: sent.date('on') ?? '' },
        reference: sent.text('reference'),
      }),
    }),
  },
  publish: {
    title: 'Publish the review',
    button: 'Publish it',
    hint: 'Anybody may read what is published: the files that were released, and what you write here. It identifies nobody.',
    fields: ({ document }) => [
      text('title', 'Title', 'For example: Review about “Alice”'),
      long(
        'learning',
        'What was learnt?',
        document.publications?.at(-1)?.learning ? 'The decision on publication has a summary of it' : undefined,
      ),
    ],
    send: (sent) => ({
      what: 'publications',
      body: compact({ title: sent.text('title'), learning: sent.text('learning') }),
    }),
  },
};
