import { panelRoles, type PanelRole, type ScopingAnswer } from '@concordat/contracts';
import type { ReviewView } from '../../apis/reviews';
import { civilDateOf } from '../../design/filters';
import { compact, type Submitted } from '../../design/submitted';
import { choice, choices, date, long, text } from '../fields';
import { ANSWERED, CHASING, ROLES } from '../panel-words';
import type { Around, Recording } from './forms';

const words = (sent: Submitted, ...names: string[]) =>
  Object.fromEntries(names.map((name) => [name, sent.text(name) ?? '']));
const sitting = ({ document }: ReviewView) => (document.panel ?? []).filter((m) => m.endedOn === null);
const nameOf = (m: ReturnType<typeof sitting>[number], { person }: Around): string => m.name ?? person(m.userId);
const membersOf = (view: ReviewView, around: Around) =>
  sitting(view).map((m) => ({ value: m.id, text: `${nameOf(m, around)}, ${m.seat}` }));
/** The declaration that somebody may make: their own, and for a coordinator those of people without an account. */
const declarable = (view: ReviewView) =>
  sitting(view).filter((m) => (m.userId === null ? view.may.coordinate : m.userId === view.may.as));

const plannedIn = ({ openMeetings }: ReviewView) =>
  openMeetings.map((m) => ({ value: m.id, text: `${civilDateOf(m.on)}, ${m.time}, ${m.place}` }));

/** What can be recorded of the panel, its meetings, terms of reference and the asking of agencies. */
export const PANEL: Readonly<Record<string, Recording>> = {
  appoint: {
    title: 'Appoint somebody to the panel',
    button: 'Appoint them',
    hint: 'Somebody with an account may see this review from then on. Of somebody without one, enter the name.',
    fields: ({ definition }, { people, organisations }) => [
      choice(
        'role',
        'As what?',
        panelRoles.map((value: PanelRole) => ({ value, text: ROLES[value] })),
      ),
      text('seat', 'Their seat', seatsHint(definition.panel.essential)),
      choice('userId', 'Who?', people),
      text('name', 'Their name', 'Only of somebody without an account'),
      choice('orgId', 'Which agency do they sit for?', organisations, 'Only of somebody without an account'),
    ],
    send: (sent) => ({
      what: 'panel',
      body: compact({
        ...{ role: sent.text('role') ?? '', seat: sent.text('seat') ?? '' },
        ...{ userId: sent.text('userId'), name: sent.text('name'), orgId: sent.text('orgId') },
      }),
    }),
  },
  declare: {
    title: 'Declare independence',
    button: 'Declare it',
    named: true,
    chosen: 'member',
    hint: 'Say what part you had in what is reviewed, and whether you manage anybody who had. It is kept in your name.',
    fields: (view, around) => [
      choice(
        'member',
        'Whose declaration?',
        declarable(view).map((m) => ({ value: m.id, text: `${nameOf(m, around)}, ${m.seat}` })),
      ),
      long('statement', 'The declaration'),
      choice('conflict', 'Is there a conflict of interest?', [
        { value: 'no', text: 'No' },
        { value: 'yes', text: 'Yes' },
      ]),
    ],
    send: (sent) => {
      if (!sent.text('member')) sent.wrong('member', 'required', 'Choose whose declaration it is');
      if (!sent.text('conflict')) sent.wrong('conflict', 'required', 'Choose whether there is a conflict');
      return {
        what: `panel/${sent.text('member')}/declarations`,
        body: { ...words(sent, 'statement'), conflict: sent.text('conflict') === 'yes' },
      };
    },
  },
  'end-appointment': {
    title: 'End an appointment',
    button: 'End it',
    chosen: 'member',
    fields: (view, around) => [
      choice('member', 'Whose?', membersOf(view, around)),
      date('on', 'From when do they no longer sit?'),
      long('reason', 'Why?'),
    ],
    send: (sent) => {
      if (!sent.text('member')) sent.wrong('member', 'required', 'Choose whose appointment ends');
      return {
        what: `panel/${sent.text('member')}/end`,
        body: { on: sent.date('on') ?? '', ...words(sent, 'reason') },
      };
    },
  },
  meeting: {
    title: 'Record a meeting of the panel',
    button: 'Record it',
    hint: 'Whether it was quorate is found from who was there. One that was not may discuss, and agrees nothing.',
    fields: (view, around) => [
      date('on', 'When was it?'),
      ...(view.openMeetings.length > 0
        ? [
            choice(
              'planned',
              'Which planned meeting was it?',
              plannedIn(view),
              'Leave it for one that was not planned here',
            ),
          ]
        : []),
      choices('present', 'Who was there?', membersOf(view, around)),
      choices('apologies', 'Who sent apologies?', membersOf(view, around), 'Beside those who said so before it'),
      choices(
        'agreed',
        'What did it agree?',
        view.definition.guards
          .filter((g) => view.agreeable.includes(g.code))
          .map((g) => ({ value: g.code, text: g.text })),
      ),
      long('decisions', 'What else did it decide? (optional)', 'One on each line'),
      long('minute', 'Minutes'),
    ],
    send: (sent) => ({
      what: 'meetings',
      body: {
        ...{ on: sent.date('on') ?? '', present: sent.list('present'), agreed: sent.list('agreed') },
        ...words(sent, 'minute'),
        ...compact({
          ...{ planned: sent.text('planned'), apologies: sent.list('apologies') },
          decisions: sent.lines('decisions'),
        }),
      },
    }),
  },
  'plan-meeting': {
    title: 'Plan a meeting of the panel',
    button: 'Plan it',
    hint: 'Whoever sees this review sees it, and may put it into their calendar, which does not say what it is about.',
    fields: () => [
      date('on', 'On which day?'),
      text('time', 'At what time?', 'For example 14:30'),
      text('place', 'Where?', 'Or how they meet, such as: by video'),
      long('agenda', 'What is it to talk of?', 'One on each line, in order. Name nobody'),
    ],
    send: (sent) => ({
      what: 'planned-meetings',
      body: { on: sent.date('on') ?? '', agenda: sent.lines('agenda') ?? [], ...words(sent, 'time', 'place') },
    }),
  },
  'call-off-meeting': {
    title: 'Call a meeting off',
    button: 'Call it off',
    chosen: 'meeting',
    fields: (view) => [choice('meeting', 'Which meeting?', plannedIn(view)), long('reason', 'Why?')],
    send: (sent) => {
      if (!sent.text('meeting')) sent.wrong('meeting', 'required', 'Choose the meeting');
      return { what: `planned-meetings/${sent.text('meeting')}/call-off`, body: words(sent, 'reason') };
    },
  },
  apology: {
    title: 'Send apologies for a meeting',
    button: 'Send them',
    named: true,
    chosen: 'meeting',
    fields: (view, around) => [
      choice('meeting', 'Which meeting?', plannedIn(view)),
      choice(
        'memberId',
        'Who cannot come?',
        sitting(view)
          .filter((m) => view.may.coordinate || m.userId === view.may.as)
          .map((m) => ({ value: m.id, text: `${nameOf(m, around)}, ${m.seat}` })),
      ),
      text('instead', 'Who comes in their place? (optional)'),
    ],
    send: (sent) => {
      if (!sent.text('meeting')) sent.wrong('meeting', 'required', 'Choose the meeting');
      return {
        what: `planned-meetings/${sent.text('meeting')}/apologies`,
        body: compact({ memberId: sent.text('memberId') ?? '', instead: sent.text('instead') }),
      };
    },
  },
  terms: {
    title: 'Draft the terms of reference',
    button: 'Keep them',
    hint: 'Each version stays. The last is approved by a quorate meeting.',
    fields: () => [long('text', 'Terms of reference: period, questions, whose records')],
    send: (sent) => ({ what: 'terms', body: words(sent, 'text') }),
  },
  scoping: {
    title: 'Ask agencies what they know',
    button: 'Ask them',
    hint: 'Name somebody of each agency, so that they can answer here. Otherwise record what they answer.',
    fields: (_, { organisations }) => [
      choices('agencies', 'Which agencies?', organisations),
      date('dueOn', 'By when are they to answer?'),
    ],
    send: (sent) => ({
      what: 'scoping',
      body: { agencies: sent.list('agencies'), dueOn: sent.date('dueOn') ?? '' },
    }),
  },
  chase: {
    title: 'When an agency does not answer',
    button: 'Record it',
    chosen: 'what',
    hint: 'It is reminded; when its time is over, those who lead it are asked; at last the review goes on without its answer, with the reason on record. Its answer is still taken whenever it comes.',
    fields: (view, { organisation }) => [
      choice(
        'what',
        'What was done, or is decided?',
        view.scoping.flatMap((s) =>
          s.moves.map((move) => ({ value: `${s.id}|${move}`, text: `${organisation(s.orgId)}: ${CHASING[move].ask}` })),
        ),
      ),
      text(
        'who',
        'Who was reminded or asked, or who decided it?',
        'By their post, such as: head of safeguarding, chair',
      ),
      long('text', 'How? When the review goes on without an answer: why?'),
    ],
    send: (sent) => {
      const [request, move] = (sent.text('what') ?? '').split('|');
      if (!request || !move) sent.wrong('what', 'required', 'Choose what was done');
      return { what: `scoping/${request}/moves`, body: { move: move ?? '', ...words(sent, 'who', 'text') } };
    },
  },
  complaint: {
    title: 'Add a complaint to the ledger',
    button: 'Add it',
    hint: 'Every complaint is kept. Whether it qualifies is found from its dates.',
    fields: () => [
      date('behaviourOn', 'When was the behaviour?'),
      date('complainedOn', 'When was it complained of?'),
      text('complainant', 'Who complained?', 'As the ledger tells people apart, such as: neighbour A. No names'),
      long('summary', 'What was complained of, and to whom?'),
    ],
    send: (sent) => ({
      what: 'complaints',
      body: {
        ...{ behaviourOn: sent.date('behaviourOn') ?? '', complainedOn: sent.date('complainedOn') ?? '' },
        ...words(sent, 'complainant', 'summary'),
      },
    }),
  },
  return: {
    title: 'Record what an agency knows',
    button: 'Record it',
    named: true,
    chosen: 'request',
    hint: 'Nil means that records were looked through and hold nothing. No reply is not nil.',
    fields: (view, { organisation }) => [
      choice(
        'request',
        'Which agency?',
        view.scoping
          .filter((s) => view.may.coordinate || s.orgId === view.may.for)
          .map((s) => ({ value: s.id, text: organisation(s.orgId) })),
      ),
      choice(
        'answer',
        'What does it know?',
        (Object.keys(ANSWERED) as ScopingAnswer[])
          .filter((value) => value !== 'no-reply' || view.may.coordinate)
          .map((value) => ({ value, text: ANSWERED[value] })),
      ),
      long('text', 'What is known', 'Needed when something is'),
    ],
    send: (sent) => {
      if (!sent.text('request')) sent.wrong('request', 'required', 'Choose the agency');
      return {
        what: `scoping/${sent.text('request')}/returns`,
        body: compact({ answer: sent.text('answer') ?? '', text: sent.text('text') }),
      };
    },
  },
};

const seatsHint = (essential: readonly string[]): string =>
  essential.length > 0 ? `Seats that it must have: ${essential.join(', ')}` : 'Such as: police';
