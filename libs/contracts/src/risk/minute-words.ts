import type {
  ActionState,
  ConsentGiver,
  DecidedHow,
  MeetingState,
  MinutedPart,
  ResearchAnswer,
  VoteChoice,
  VoteOutcome,
} from './api';

type Words<Code extends string> = Readonly<Record<Code, string>>;

/** What minutes call what they hold, on a page and on paper alike. */
export const minuteWords: {
  readonly meeting: Words<MeetingState>;
  readonly answer: Words<ResearchAnswer>;
  readonly action: Words<ActionState>;
  readonly part: Words<MinutedPart>;
  readonly vote: Words<VoteChoice>;
  readonly voteOutcome: Words<VoteOutcome>;
  readonly decided: Words<DecidedHow>;
  readonly consented: Words<ConsentGiver>;
} = {
  meeting: {
    planned: 'Planned, open for referrals',
    'referrals-closed': 'Closed for referrals',
    'agenda-issued': 'Agenda issued, research is open',
    'in-session': 'In session',
    'minutes-draft': 'Minutes in draft',
    'minutes-issued': 'Minutes issued',
    closed: 'Closed',
    cancelled: 'Cancelled',
  },
  answer: {
    known: 'Known, with information that bears on the risk',
    nil: 'Known, nothing that bears on the risk',
    'not-known': 'Not known to this agency',
  },
  action: {
    proposed: 'Proposed',
    accepted: 'Accepted',
    'in-progress': 'In progress',
    done: 'Done',
    'not-possible': 'Not possible, circumstances changed',
    'not-done': 'Not done by the agency',
    escalated: 'Not done, escalated',
  },
  part: {
    harm: 'Possible harm',
    contributory: 'What contributes to it',
    protective: 'What protects already',
    rationale: 'Why it was so decided',
    recorded: 'What was put on record with it',
  },
  vote: { for: 'For', against: 'Against', abstain: 'Abstained' },
  voteOutcome: {
    unanimous: 'Carried by all who were there',
    majority: 'Carried by a majority of those who were there',
    rejected: 'Rejected',
    'no-majority': 'No majority: a chair decides',
    withdrawn: 'Something else was put to the vote before all had voted',
  },
  decided: {
    unanimous: 'By all members who were there',
    majority: 'By a majority of the members who were there',
    chair: 'By a chair, as there was no majority',
  },
  consented: {
    subject: 'The person, who is 18 or over',
    'parent-or-guardian': 'A parent or guardian, as the person is under 18',
  },
};
