import type { ReviewView } from '../../apis/reviews';
import type { ChronologyItem } from '../../apis/evidence';
import { compact, type Submitted } from '../../design/submitted';
import { BEGUN, CHANNELS, listed, OUTCOMES, REACHES, readDayOfYear, SEEN, TOPICS } from '../evidence-words';
import { choice, choices, date, long, text, tick, type Field } from '../fields';
import type { Recording } from './forms';

/** What is recorded of the family, what agencies tell, and what is sent to the central quality panel. */
export const EVIDENCE: Readonly<Record<string, Recording>> = {
  'family-person': {
    title: 'Enter somebody of the family',
    button: 'Keep it',
    ...{ named: true, drafting: true, needs: 'family', after: 'family', chosen: 'id' },
    hint: 'Seen by the coordinators, the chair and the author, and by nobody else who sees the review.',
    fields: (_, { family }) => [
      ...(family.length > 0 ? [choice('id', 'Whose entry is changed?', family, 'Leave it for somebody new')] : []),
      text('name', 'Their name'),
      text(
        'relationship',
        'What they are to the person whom the review is about',
        'Such as: sister. Or that they are that person',
      ),
      long('safeWay', 'How can they be reached safely?', 'Also when and where not'),
      text('advocate', 'Their advocate, and how they are reached (optional)'),
      long('wishes', 'What do they want of the review? (optional)'),
      choice('reach', 'May they be contacted?', listed(REACHES)),
      text('language', 'The language that they want (optional)'),
      date('leafletOn', 'When were they given the leaflet? (optional)'),
      long(
        'sensitiveDays',
        'Days on which nobody is to contact them (optional)',
        'One on each line, day and month, for example 3/2',
      ),
    ],
    send: (sent) => {
      const days = (sent.lines('sensitiveDays') ?? []).map(readDayOfYear);
      if (days.includes(undefined)) sent.wrong('sensitiveDays', 'not-a-day', 'Enter each as day and month, like 3/2');
      return {
        what: 'family/people',
        body: compact({
          ...{ id: sent.text('id'), name: sent.text('name') ?? '', relationship: sent.text('relationship') ?? '' },
          ...{ safeWay: sent.text('safeWay') ?? '', advocate: sent.text('advocate'), wishes: sent.text('wishes') },
          ...{ language: sent.text('language'), leafletOn: sent.date('leafletOn'), reach: sent.text('reach') },
          sensitiveDays: days.flatMap((day) => day ?? []),
        }),
      };
    },
  },
  'family-contact': {
    title: 'Record a contact with the family',
    button: 'Record it',
    ...{ named: true, drafting: true, needs: 'family', after: 'family', chosen: 'topic' },
    hint: 'Also that nobody could be reached, and what was tried. It is never changed: a later contact stands beside it.',
    fields: (_, { family }) => [
      choice('topic', 'What was it about?', listed(TOPICS)),
      choice('personId', 'With whom?', family, 'Leave it when nobody of the family is known'),
      choice('begunBy', 'Who got in touch?', listed(BEGUN)),
      date('on', 'When?'),
      choice('channel', 'How?', listed(CHANNELS)),
      text('spoke', 'Who spoke with them, or tried to?'),
      choice('outcome', 'What came of it?', listed(OUTCOMES)),
      long('said', 'What did they say, or what was tried?', 'Their own account in their own words'),
      long('change', 'What was changed for it?', 'Of a reading: what was changed, or that nothing was'),
      long(
        'despite',
        'Why were they contacted all the same?',
        'Only if they had asked for time, or not to be contacted, or on a day that hurts',
      ),
      date('nextOn', 'When are they contacted next? (optional)'),
    ],
    send: (sent) => ({
      what: 'family/contacts',
      body: compact({
        ...{ topic: sent.text('topic') ?? '', personId: sent.text('personId'), on: sent.date('on') ?? '' },
        ...{ channel: sent.text('channel') ?? '', spoke: sent.text('spoke') ?? '' },
        ...{ outcome: sent.text('outcome') ?? '', said: sent.text('said'), change: sent.text('change') },
        ...{ nextOn: sent.date('nextOn'), begunBy: sent.text('begunBy'), despite: sent.text('despite') },
      }),
    }),
  },
  evidence: {
    title: 'Tell the review something',
    button: 'Give it to the review',
    ...{ named: true, after: 'chronology' },
    hint: 'From the records of your agency. It is asked first whether an agreement permits it: what is not permitted is not kept.',
    fields: toldFields,
    send: (sent) => ({ what: 'chronology/items', body: toldIn(sent) }),
  },
  'correct-entry': {
    title: 'Correct what your agency has told',
    button: 'Correct it',
    ...{ named: true, needs: 'chronology', after: 'chronology', chosen: 'corrects', prefilled: true },
    hint: 'What it said before stays beside it. It is asked anew whether an agreement permits what you tell.',
    fields: (view, { ownEntries }) => [
      choice('corrects', 'Which entry?', ownEntries),
      ...toldFields(view),
      long('why', 'Why is it corrected?'),
    ],
    send: (sent) => ({
      what: 'chronology/corrections',
      body: { ...toldIn(sent), corrects: sent.text('corrects') ?? '', why: sent.text('why') ?? '' },
    }),
  },
  'same-event': {
    title: 'Two entries are about one event',
    button: 'Put them together',
    ...{ named: true, drafting: true, needs: 'chronology', after: 'chronology' },
    hint: 'Both stay as they are, and what they contradict each other in is shown.',
    fields: (_, { entries }) => [
      choice('one', 'One entry', entries),
      choice('other', 'The other entry', entries),
      long('why', 'What shows that they are one event?'),
    ],
    send: (sent) => ({
      what: 'chronology/same-events',
      body: { one: sent.text('one') ?? '', other: sent.text('other') ?? '', why: sent.text('why') ?? '' },
    }),
  },
  freeze: {
    title: 'Freeze the chronology as it stands',
    button: 'Freeze it',
    after: 'chronology',
    hint: 'It is kept under a number, as it stands now. What agencies tell afterwards needs another version.',
    fields: () => [],
    send: () => ({ what: 'chronology/versions', body: {} }),
  },
  submission: {
    title: 'Record that the package was sent to the quality panel',
    button: 'Record it',
    hint: 'The whole package, each file of it released. Its answer is recorded as a quality letter.',
    fields: () => [
      date('sentOn', 'When was it sent?'),
      text('how', 'How was it sent?'),
      text('receipt', 'The receipt', 'A reference, or who confirmed it'),
    ],
    send: (sent) => ({
      what: 'submissions',
      body: { sentOn: sent.date('sentOn') ?? '', how: sent.text('how') ?? '', receipt: sent.text('receipt') ?? '' },
    }),
  },
};

const informsOf = ({ evidence }: ReviewView['definition']) =>
  (evidence?.informs ?? []).map(({ code, title }) => ({ value: code, text: title }));

/** What an agency tells, as fields of a form. */
function toldFields({ definition }: ReviewView): Field[] {
  return [
    {
      ...date('date', 'When was it?'),
      kind: 'known-date',
      hint: 'Leave out the day, or day and month, if they are not known',
    },
    tick('approximate', 'This date is approximate'),
    long('event', 'What happened?', 'The fact, apart from what anybody thinks of it'),
    choices('informs', 'What does it tell of?', informsOf(definition)),
    long('people', 'Who was there? (optional)', 'One on each line, as they are called in the review. No names'),
    text('theme', 'Theme (optional)', 'For example: calls to the house'),
    text('source', 'Your reference of the record'),
    choice('seen', 'Was the person seen or heard?', listed(SEEN)),
    long('decision', 'What was decided? (optional)'),
    long('comment', 'What does your agency think of it now? (optional)'),
    tick('thirdParty', 'It holds something that a third party has told'),
  ];
}

function toldIn(sent: Submitted) {
  return {
    informs: sent.list('informs'),
    ...compact({
      ...{ date: sent.date('date', { partial: true }) ?? '', approximate: sent.ticked('approximate') },
      ...{ event: sent.text('event') ?? '', people: sent.lines('people'), theme: sent.text('theme') },
      ...{ source: sent.text('source') ?? '', seen: sent.text('seen') ?? '', decision: sent.text('decision') },
      ...{ comment: sent.text('comment'), thirdParty: sent.ticked('thirdParty') },
    }),
  };
}

/** What an entry says, as the values of such a form. */
export function toldValues(item: ChronologyItem): Readonly<Record<string, string | readonly string[]>> {
  const [year = '', month = '', day = ''] = item.date.split('-');
  return {
    ...{ corrects: item.id, 'date-day': day, 'date-month': month, 'date-year': year, event: item.event },
    ...{ informs: item.informs, people: item.people.join('\n'), theme: item.theme ?? '', source: item.source },
    ...{ seen: item.seen, decision: item.decision ?? '', comment: item.comment ?? '' },
    ...(item.approximate ? { approximate: 'yes' } : {}),
    ...(item.thirdParty ? { thirdParty: 'yes' } : {}),
  };
}
