import type { AppealResult, LetterMatter } from '@concordat/contracts';
import { AGAINST, MATTERS, RESULTS } from '../answer-words';
import { choice, date, long, text } from '../fields';
import type { Recording } from './forms';

const listed = <K extends string>(words: Readonly<Record<K, string>>, of = Object.keys(words) as K[]) =>
  of.map((value) => ({ value, text: words[value] }));

/** What is recorded of appeals, and of letters to whoever applied. */
export const ANSWERS_RECORDED: Readonly<Record<string, Recording>> = {
  appeal: {
    title: 'Record an appeal',
    button: 'Record it',
    hint: 'The review takes the appeal up by its next step. Somebody who had no part in it decides.',
    fields: ({ definition }) => [
      choice('against', 'What is it against?', listed(AGAINST, [...(definition.appeal?.against ?? [])])),
      date('receivedOn', 'When did it come?'),
      long('grounds', 'Why do they not agree?', 'In their words'),
    ],
    send: (sent) => ({
      what: 'appeals',
      body: {
        ...{ against: sent.text('against') ?? '', receivedOn: sent.date('receivedOn') ?? '' },
        grounds: sent.text('grounds') ?? '',
      },
    }),
  },
  'appeal-decision': {
    title: 'Decide the appeal',
    button: 'Decide it',
    named: true,
    hint: 'In your name. Whoever had a part in what is appealed against cannot decide it.',
    fields: () => [
      choice('result', 'How is it decided?', listed<AppealResult>(RESULTS)),
      date('decidedOn', 'When?'),
      text('role', 'In which office do you decide?', 'Such as: head of housing'),
      long('independence', 'Why had you no part in it?'),
      long('reasons', 'Reasons'),
    ],
    send: (sent) => ({
      what: 'appeal-decisions',
      body: {
        ...{ result: sent.text('result') ?? '', decidedOn: sent.date('decidedOn') ?? '' },
        ...{ role: sent.text('role') ?? '', independence: sent.text('independence') ?? '' },
        reasons: sent.text('reasons') ?? '',
      },
    }),
  },
  'applicant-letter': {
    title: 'Write a letter to whoever applied',
    button: 'Write it',
    named: true,
    drafting: true,
    hint: 'It is made as a PDF and looked through for whoever is protected. A second person releases it before it is sent.',
    fields: () => [
      choice('about', 'What is it about?', listed<LetterMatter>(MATTERS)),
      text('to', 'To whom?', 'As the letter calls them'),
      long('decided', 'What was decided?'),
      long('why', 'Why?'),
      long('next', 'What happens next? (optional)', 'What each body will do, by when'),
      long('contact', 'Whom can they ask, and how?'),
    ],
    send: (sent) => {
      const next = sent.text('next');
      return {
        what: 'letters',
        body: {
          ...{ about: sent.text('about') ?? '', to: sent.text('to') ?? '', decided: sent.text('decided') ?? '' },
          ...{ why: sent.text('why') ?? '', contact: sent.text('contact') ?? '', ...(next ? { next } : {}) },
        },
      };
    },
  },
  'letter-sent': {
    title: 'Record that a letter was sent',
    button: 'Record it',
    chosen: 'letter',
    fields: ({ document: { outcomeLetters = [], letterSendings = [] } }) => [
      choice(
        'letter',
        'Which letter?',
        outcomeLetters
          .filter(({ id }) => !letterSendings.some((s) => s.letter === id))
          .map((l) => ({ value: l.id, text: `Letter ${l.number}: ${MATTERS[l.about]}` })),
      ),
      date('sentOn', 'When was it sent?'),
      text('how', 'How?'),
      text('receipt', 'Receipt', 'A reference, or who confirmed it'),
    ],
    send: (sent, { document: { outcomeLetters = [] } }) => {
      const letter = outcomeLetters.find(({ id }) => id === sent.text('letter'));
      if (!letter) sent.wrong('letter', 'required', 'Choose which letter');
      return {
        what: `letters/${letter?.id}/sending`,
        body: {
          ...{ sentOn: sent.date('sentOn') ?? '', how: sent.text('how') ?? '', receipt: sent.text('receipt') ?? '' },
        },
      };
    },
  },
};
