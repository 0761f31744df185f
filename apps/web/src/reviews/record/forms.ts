import type { ReviewView } from '../../apis/reviews';
import { compact, type Submitted } from '../../design/submitted';
import { choice, choices, date, long, text, tick, type Choice, type Field } from '../fields';
import { levelChoices, smartChoices, sourceChoices } from '../recommendation-words';
import { dueText } from '../words';

/** What a form needs beside the review: names, and who may be named. */
export interface Around {
  readonly organisation: (id: string) => string;
  readonly person: (id: string | null) => string;
  readonly people: readonly Choice[];
  readonly organisations: readonly Choice[];
  /** Of the family log, and of the combined chronology, for a recording that needs them. */
  readonly family: readonly Choice[];
  readonly entries: readonly Choice[];
  /** Of these, those that the visitor’s agency has told. */
  readonly ownEntries: readonly Choice[];
}
/** One thing that can be recorded: its form, and what is sent of it. */
export interface Recording {
  readonly title: string;
  readonly button: string;
  readonly hint?: string;
  /** For whom it is: coordinators, or everybody who takes part. */
  readonly named?: boolean;
  /** Of those named only for who drafts the review. */
  readonly drafting?: boolean;
  /** What its form must know beside the review. */
  readonly needs?: 'family' | 'chronology';
  /** Whether its form begins with what was chosen, as it stands. */
  readonly prefilled?: boolean;
  /** The page of the review that shows it. */
  readonly after?: string;
  /** The field that `?for=` chooses. */
  readonly chosen?: string;
  readonly fields: (view: ReviewView, around: Around) => readonly Field[];
  /** Where it is sent below the review, and what. */
  readonly send: (sent: Submitted, view: ReviewView) => { readonly what: string; readonly body: object };
}

const split = (value = ''): [string, string | undefined] => [
  value.split('|')[0] ?? '',
  value.split('|')[1] || undefined,
];
const words = (sent: Submitted, ...names: string[]) =>
  Object.fromEntries(names.flatMap((name) => (sent.text(name) ? [[name, sent.text(name)]] : [])));

const factsOf = ({ definition, document }: ReviewView, { organisation }: Around): Choice[] =>
  definition.facts.flatMap(({ code, title, perParty }) =>
    perParty
      ? document.parties.map((p) => ({ value: `${code}|${p}`, text: `${title}: ${organisation(p)}` }))
      : [{ value: code, text: title }],
  );

/** Everything that can be recorded of a review, by the last part of its page's address. */
export const RECORDINGS: Readonly<Record<string, Recording>> = {
  date: {
    title: 'Record a date',
    button: 'Record it',
    hint: 'A date that was recorded before is corrected: both are kept, and clocks are computed anew.',
    chosen: 'code',
    fields: (view, around) => [
      choice('code', 'Which date?', factsOf(view, around)),
      {
        ...date('date', 'The date'),
        kind: 'known-date',
        hint: 'Leave out the day, or day and month, if they are not known',
      },
      { name: 'approximate', label: 'This date is approximate', kind: 'tick' },
      long('reason', 'Why is it corrected?', 'Only if a date was recorded before'),
    ],
    send: (sent) => {
      const [code, party] = split(sent.text('code'));
      const day = sent.date('date', { partial: true });
      return {
        what: 'dates',
        body: compact({
          code,
          party,
          date: day ?? '',
          approximate: sent.ticked('approximate'),
          reason: sent.text('reason'),
        }),
      };
    },
  },
  allow: {
    title: 'Dates out of order',
    button: 'Keep both dates',
    hint: 'Dates are never corrected for you. If both are right, say why.',
    chosen: 'pair',
    fields: ({ dates }) => [
      choice(
        'pair',
        'Which dates?',
        dates
          .filter((d) => d.level === 'error' && d.allowed === undefined)
          .map((d) => ({ value: `${d.earlier}|${d.later}`, text: d.text })),
      ),
      long('reason', 'Why are both right?'),
    ],
    send: (sent) => {
      const [earlier, later = ''] = split(sent.text('pair'));
      return { what: 'allowed-dates', body: { earlier, later, reason: sent.text('reason') ?? '' } };
    },
  },
  notice: {
    title: 'Record a notice',
    button: 'Record it',
    hint: 'Who was told the decision: for no as well as for yes.',
    chosen: 'code',
    fields: ({ definition, decisions }) => [
      choice(
        'code',
        'Who was told?',
        definition.notices
          .filter((n) => n.outcomes.includes(decisions.at(-1)?.outcome ?? ''))
          .map((n) => ({ value: n.code, text: `${n.to}${n.orReason ? ' (or why not)' : ''}` })),
      ),
      date('sentOn', 'When was it sent?'),
      text('how', 'How was it sent? (optional)'),
      text('receipt', 'The receipt', 'A reference, or who confirmed it'),
      long('reason', 'Why was it not sent?', 'Only if it was not, and a reason is allowed'),
    ],
    send: (sent) => ({
      what: 'notices',
      body: compact({
        code: sent.text('code') ?? '',
        sentOn: sent.date('sentOn'),
        ...words(sent, 'how', 'receipt', 'reason'),
      }),
    }),
  },
  confirm: {
    title: 'Confirm what a step needs',
    button: 'Confirm',
    named: true,
    chosen: 'guard',
    fields: ({ definition, confirmable }) => [
      choice(
        'guard',
        'What do you confirm?',
        definition.guards.filter((g) => confirmable.includes(g.code)).map((g) => ({ value: g.code, text: g.text })),
      ),
      long('evidence', 'What shows it?', 'A document, a minute, a date. Your name is kept with it.'),
    ],
    send: (sent) => ({
      what: 'confirmations',
      body: { guard: sent.text('guard') ?? '', evidence: sent.text('evidence') ?? '' },
    }),
  },
  pause: {
    title: 'Pause the review',
    button: 'Pause it',
    hint: 'A pause is laid over the state that the review is in. Time limits set by law go on.',
    chosen: 'reason',
    fields: ({ definition }) => [
      choice(
        'reason',
        'Why?',
        definition.pauses.map((p) => ({ value: p.reason, text: p.title })),
      ),
      text('askedBy', 'Who asked for it?'),
      text('agreedBy', 'Who agreed?'),
      date('from', 'From when?'),
      date('reviewOn', 'When is it looked at again?'),
    ],
    send: (sent) => ({
      what: 'pauses',
      body: {
        ...{
          reason: sent.text('reason') ?? '',
          askedBy: sent.text('askedBy') ?? '',
          agreedBy: sent.text('agreedBy') ?? '',
        },
        ...{ from: sent.date('from') ?? '', reviewOn: sent.date('reviewOn') ?? '' },
      },
    }),
  },
  resume: {
    title: 'Resume the review',
    button: 'Resume it',
    chosen: 'pause',
    fields: ({ definition, document }) => {
      const running = document.pauses.filter((p) => p.to === null);
      const kinds = definition.pauses.filter((k) => running.some((p) => p.reason === k.reason));
      return [
        choice(
          'pause',
          'Which pause ends?',
          running.map((p) => ({ value: p.id, text: kinds.find((k) => k.reason === p.reason)?.title ?? p.reason })),
        ),
        date('on', 'When does the review resume?'),
        date('endedOn', 'On which day did that end? (optional)', 'Of the verdict, the inquest or the written release'),
        choice(
          'ending',
          'What ended the pause?',
          kinds.flatMap((k) => k.endings.map((e) => ({ value: e.code, text: e.title }))),
        ),
      ];
    },
    send: (sent, { document }) => {
      const pause = document.pauses.find((p) => p.id === sent.text('pause'));
      if (!pause) sent.wrong('pause', 'required', 'Choose which pause ends');
      return {
        what: `pauses/${pause?.id}/end`,
        body: {
          ...{ on: sent.date('on') ?? '', ending: sent.text('ending') ?? '' },
          ...compact({ endedOn: sent.date('endedOn') }),
        },
      };
    },
  },
  extend: {
    title: 'Agree a later date',
    button: 'Agree it',
    hint: 'Time limits set by law cannot be extended. A date agreed after the old one has passed is shown as agreed late.',
    chosen: 'clock',
    fields: ({ clocks }, { organisation }) => {
      const open = clocks.filter(
        (c) => c.force !== 'law' && c.due !== null && ['running', 'overdue'].includes(c.status),
      );
      const approvers = [...new Set(open.flatMap((c) => c.approvers))];
      return [
        choice(
          'clock',
          'Which time limit?',
          open.map((c) => ({
            value: `${c.code}|${c.party ?? ''}`,
            text: `${c.code}, ${c.title}${c.party ? `, ${organisation(c.party)}` : ''}: ${dueText(c)}`,
          })),
        ),
        date('to', 'The new date'),
        date('agreedOn', 'When was it agreed?'),
        {
          name: 'approvers',
          label: 'Who agreed?',
          kind: 'choices',
          choices: (approvers.length > 0 ? approvers : ['chair']).map((a) => ({ value: a, text: APPROVERS[a] ?? a })),
        },
        long('reason', 'Why?'),
      ];
    },
    send: (sent) => {
      const [clock, party] = split(sent.text('clock'));
      return {
        what: 'extensions',
        body: {
          ...compact({ clock, party }),
          ...{
            to: sent.date('to') ?? '',
            agreedOn: sent.date('agreedOn') ?? '',
            approvers: sent.list('approvers'),
            reason: sent.text('reason') ?? '',
          },
        },
      };
    },
  },
  recommendation: {
    title: 'Propose a recommendation',
    button: 'Propose it',
    hint: 'In any state of the review: early learning need not wait for the report. Name nobody.',
    fields: (_, { organisations }) => [
      long('text', 'What is recommended?'),
      choice('source', 'Who makes it?', sourceChoices),
      choice('level', 'At which level?', levelChoices),
      text('theme', 'Theme', 'Such as: asking about abuse. The same words bring the same themes together'),
      choice('ownerOrg', 'Which agency owns it?', organisations, 'Of a national one, enter the department instead'),
      text('department', 'Which department is it to?', 'Only of a national one'),
      tick('multiAgency', 'It needs several agencies'),
      choices('smart', 'Is it SMART?', smartChoices, 'Tick what it is. What is not ticked is answered no.'),
    ],
    send: (sent) => ({
      what: 'recommendations',
      body: {
        ...{ text: sent.text('text') ?? '', source: sent.text('source') ?? '', level: sent.text('level') ?? '' },
        ...{ theme: sent.text('theme') ?? '', smart: sent.list('smart') },
        ...compact({
          ownerOrg: sent.text('ownerOrg'),
          department: sent.text('department'),
          multiAgency: sent.ticked('multiAgency'),
        }),
      },
    }),
  },
  member: {
    title: 'Name somebody who may see this review',
    button: 'Name them',
    fields: (_, { people }) => [
      choice('userId', 'Who?', people),
      text('seat', 'Their seat', 'Such as: police, or independent chair'),
    ],
    send: (sent) => ({ what: 'members', body: { userId: sent.text('userId') ?? '', seat: sent.text('seat') ?? '' } }),
  },
};

/** Whose agreement an extension needs, in words. */
export const APPROVERS: Readonly<Record<string, string>> = {
  panel: 'The panel',
  csp: 'The community safety partnership',
  board: 'The board',
  partners: 'The partners',
  chair: 'The chair',
};
