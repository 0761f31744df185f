import type { ManagementMove } from '@concordat/contracts';
import type { ReviewView } from '../../apis/reviews';
import { compact, type Submitted } from '../../design/submitted';
import { choice, choices, date, long, text, tick, type Field } from '../fields';
import { MANAGED } from '../panel-words';
import type { Around, Recording } from './forms';

const YES_NO = [
  { value: 'yes', text: 'Yes' },
  { value: 'no', text: 'No' },
];
/** Those of the review's that the visitor may do this with, as a choice. */
const which =
  (own: boolean) =>
  (view: ReviewView, { organisation }: Around): Field =>
    choice(
      'imr',
      'Which agency’s?',
      view.managementReviews
        .filter((m) => view.may.coordinate || (m.orgId === view.may.for) === own)
        .map((m) => ({ value: m.id, text: `${organisation(m.orgId)}: ${MANAGED[m.state].text.toLowerCase()}` })),
    );
const sendTo = (sent: Submitted, where: string, body: object) => {
  if (!sent.text('imr')) sent.wrong('imr', 'required', 'Choose the agency');
  return { what: `management-reviews/${sent.text('imr')}/${where}`, body };
};
const simple = (
  move: ManagementMove,
  where: string,
  { title, button, named, own }: { title: string; button: string; named: boolean; own: boolean },
  reason?: string,
): Recording => ({
  ...{ title, button, named, chosen: 'imr' },
  fields: (view, around) => [which(own)(view, around), ...(reason ? [long('reason', reason)] : [])],
  send: (sent) => sendTo(sent, where, compact({ move, reason: sent.text('reason') })),
});
const ask = (own: boolean) => ({ named: true, own });

/** What can be recorded of individual management reviews. */
export const MANAGEMENT: Readonly<Record<string, Recording>> = {
  imr: {
    title: 'Ask for individual management reviews',
    button: 'Ask them',
    hint: 'Name somebody of each agency, so that they can answer here. The review itself goes the agency’s own way: here is kept how it was made.',
    fields: (_, { organisations }) => [
      choices('agencies', 'Which agencies?', organisations),
      date('from', 'From when is it to cover?'),
      date('to', 'Until when?'),
      date('dueOn', 'By when is it to be submitted?'),
    ],
    send: (sent) => ({
      what: 'management-reviews',
      body: {
        ...{ agencies: sent.list('agencies'), from: sent.date('from') ?? '', to: sent.date('to') ?? '' },
        dueOn: sent.date('dueOn') ?? '',
      },
    }),
  },
  'imr-start': simple('start', 'submissions', { title: 'Begin the review', button: 'Begin it', ...ask(true) }),
  'imr-refuse': simple(
    'refuse',
    'submissions',
    { title: 'Refuse the review', button: 'Refuse it', ...ask(true) },
    'Why is it refused?',
  ),
  'imr-submit': {
    title: 'Submit an individual management review',
    button: 'Submit it',
    named: true,
    chosen: 'imr',
    hint: 'How it was made, signed by somebody senior to its author. Name nobody whom it is about.',
    fields: (view, around) => [
      which(true)(view, around),
      text('author', 'Who wrote it?'),
      choice('independent', 'Had its author no part in what is reviewed, and managed nobody who had?', YES_NO),
      text('signer', 'Who signed it?', 'Somebody senior to its author'),
      date('signedOn', 'When was it signed?'),
      date('from', 'From when does it cover?'),
      date('to', 'Until when?'),
      long('records', 'Which records were looked through?'),
      text('staffSeen', 'How many staff were seen?'),
      text('clearance', 'Who cleared that?', 'Needed while a criminal case holds up interviews'),
      choice(
        'terms',
        'Which version of the terms of reference does it answer?',
        (view.document.terms ?? []).map(({ number }) => ({ value: String(number), text: `Version ${number}` })),
      ),
      tick('goodPractice', 'It names good practice as well'),
      text('recommendations', 'How many recommendations does it make?'),
    ],
    send: (sent) => {
      const needed = (name: string, value: number | string | undefined, message: string) => {
        if (value === undefined) sent.wrong(name, 'required', message);
        return value;
      };
      return sendTo(sent, 'submissions', {
        move: 'submit',
        submission: compact({
          ...{ author: sent.text('author') ?? '', signer: sent.text('signer') ?? '' },
          independent:
            needed('independent', sent.text('independent'), 'Choose whether its author had no part') === 'yes',
          ...{ signedOn: sent.date('signedOn') ?? '', from: sent.date('from') ?? '', to: sent.date('to') ?? '' },
          ...{ records: sent.text('records') ?? '', clearance: sent.text('clearance') },
          staffSeen: needed('staffSeen', sent.count('staffSeen'), 'Enter how many staff were seen, or 0'),
          terms: needed('terms', sent.count('terms'), 'Choose the version that it answers'),
          goodPractice: sent.ticked('goodPractice') ?? false,
          recommendations: needed('recommendations', sent.count('recommendations'), 'Enter how many, or 0'),
        }),
      });
    },
  },
  'imr-accept': {
    title: 'Accept an individual management review',
    button: 'Accept it',
    named: true,
    chosen: 'imr',
    hint: 'By somebody outside the agency. Signature, independence, period and terms are checked by what was submitted. One that lacks something is returned.',
    fields: (view, around) => [
      which(false)(view, around),
      choice('analysis', 'Does it analyse what happened, and not only tell it?', YES_NO),
      choice('smart', 'Are its recommendations SMART?', YES_NO),
    ],
    send: (sent) => {
      for (const name of ['analysis', 'smart']) if (!sent.text(name)) sent.wrong(name, 'required', 'Choose yes or no');
      const [analysis, smart] = ['analysis', 'smart'].map((name) => sent.text(name) === 'yes');
      return sendTo(sent, 'judgements', { move: 'accept', analysis, smart });
    },
  },
  'imr-return': simple(
    'return',
    'judgements',
    { title: 'Return an individual management review', button: 'Return it', ...ask(false) },
    'What does it lack?',
  ),
  'imr-waive': simple(
    'waive',
    'judgements',
    { title: 'Do without an individual management review', button: 'Do without it', named: false, own: false },
    'Why is it not needed?',
  ),
  'imr-escalate': simple(
    'escalate',
    'judgements',
    { title: 'Escalate a refusal', button: 'Record it', named: false, own: false },
    'To whom was it escalated, and when?',
  ),
};
