/** What can be done to an action, in words of a link. */
export const MOVES: Readonly<Record<string, string>> = {
  accept: 'Accept it',
  start: 'Start it',
  claim: 'Say that it is done',
  verify: 'Verify it',
  return: 'Give it back',
  close: 'Close it',
  'not-pursue': 'Do not pursue it',
  supersede: 'Put another in its place',
};

/** What is said after something was recorded, by what it was. */
export const RECORDED: Readonly<Record<string, string>> = {
  ask: 'The agency is asked, and sees the recommendation from now on',
  answer: 'The answer is recorded',
  repeat: 'It is linked to the earlier one',
  central: 'It is recorded',
  action: 'The action is added',
  target: 'The new date is set; the one before it stays on record',
  accept: 'The action is accepted',
  start: 'The action is in progress',
  claim: 'It is recorded as done. Somebody else must verify it',
  verify: 'The action is verified, in your name',
  return: 'The action is given back',
  close: 'The action is closed',
  'not-pursue': 'The action is not pursued',
  supersede: 'The action is superseded',
};
